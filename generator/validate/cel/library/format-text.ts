// `"%d of %s".format([1, "x"])`: %s %d %f %e %b %o %x %X, with a precision for %f and %e.
// https://pkg.go.dev/github.com/google/cel-go/ext#Strings (format)

import { formatDuration, formatTimestamp } from '../time.ts'
import { formatDouble } from './standard.ts'
import {
  Duration,
  fail,
  isCelList,
  isCelMap,
  Timestamp,
  typeName,
  TypeValue,
  Uint,
  type CelList,
  type CelValue,
} from '../values.ts'

export function formatText(text: string, values: CelList): string {
  let next = 0
  return text.replaceAll(
    /%(?:%|(\.\d+)?([a-zA-Z])|)/g,
    (clause, precision: string | undefined, verb: string | undefined) => {
      if (clause === '%%') return '%'
      if (verb === undefined) return fail('could not parse formatting clause: unexpected end of string')
      const write = verbs[verb]
      if (write === undefined)
        return fail(`could not parse formatting clause: unrecognized formatting clause "${verb}"`)
      const value = values[next]
      if (value === undefined) return fail(`index ${next} out of range`)
      next++
      return write(value, precision === undefined ? 6 : Number(precision.slice(1)))
    },
  )
}

type Write = (value: CelValue, precision: number) => string

const verbs: Readonly<Record<string, Write>> = {
  s: value => plain(value),
  d: value => integer(value, 'decimal', 10),
  b: value => (typeof value === 'boolean' ? (value ? '1' : '0') : integer(value, 'binary', 2)),
  o: value => integer(value, 'octal', 8),
  x: value => hexadecimal(value),
  X: value => hexadecimal(value).toUpperCase(),
  f: (value, precision) => real(value, 'fixed-point', double => double.toFixed(precision)),
  e: (value, precision) =>
    real(value, 'scientific', double => double.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2')),
}

/** Whether `%` with a letter is a clause. */
export function isFormatVerb(letter: string): boolean {
  return Object.hasOwn(verbs, letter)
}

function special(value: CelValue): string | undefined {
  if (value === 'NaN' || (typeof value === 'number' && Number.isNaN(value))) return 'NaN'
  if (value === 'Infinity' || value === Infinity) return 'Infinity'
  return value === '-Infinity' || value === -Infinity ? '-Infinity' : undefined
}

function real(value: CelValue, what: string, write: (double: number) => string): string {
  const word = special(value)
  if (word !== undefined) return word
  if (typeof value === 'number') return write(value)
  if (typeof value === 'bigint') return write(Number(value))
  if (value instanceof Uint) return write(Number(value.value))
  return fail(`${what} clause can only be used on doubles, was given ${typeName(value)}`)
}

function integer(value: CelValue, what: string, radix: number): string {
  if (typeof value === 'bigint') return value.toString(radix)
  if (value instanceof Uint) return value.value.toString(radix)
  const word = radix === 10 ? special(value) : undefined
  if (word !== undefined && typeof value === 'number') return word
  if (radix === 10 && typeof value === 'number') return formatDouble(value)
  return fail(`${what} clause can only be used on integers, was given ${typeName(value)}`)
}

function hexadecimal(value: CelValue): string {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (typeof value === 'bigint' || value instanceof Uint) return integer(value, 'hexadecimal', 16)
  return fail(`only integers, byte buffers, and strings can be formatted as hex, was given ${typeName(value)}`)
}

function plain(value: CelValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return special(value) ?? formatDouble(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return structured(value)
}

function structured(value: CelValue): string {
  if (value instanceof Uint) return String(value.value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (value instanceof Timestamp) return formatTimestamp(value)
  if (value instanceof Duration) return formatDuration(value)
  if (value instanceof TypeValue) return value.name
  if (value !== null && isCelList(value)) return `[${value.map(plain).join(', ')}]`
  if (isCelMap(value)) {
    const entries = value.keys().map(key => `${plain(key)}: ${plain(value.entryOf(key)?.value ?? null)}`)
    return `{${entries.sort((a, b) => (a < b ? -1 : 1)).join(', ')}}`
  }
  return fail(
    `string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ${typeName(value)}`,
  )
}
