// The standard definitions of the language: sizes, conversions, string tests, the parts of times.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions

import { checkInt, checkUint } from '../arithmetic.ts'
import type { CelFunction } from '../compilation.ts'
import {
  civilIn,
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  checkTimestamp,
  type Civil,
} from '../time.ts'
import { matchesPattern } from './regex.ts'
import {
  Duration,
  fail,
  isCelList,
  isCelMap,
  noOverload,
  Timestamp,
  typeName,
  TypeValue,
  Uint,
  type CelValue,
} from '../values.ts'

const second = 1_000_000_000n

function size(value: CelValue): CelValue {
  if (typeof value === 'string') return BigInt(codePoints(value))
  if (value instanceof Uint8Array) return BigInt(value.length)
  if (isCelList(value)) return BigInt(value.length)
  if (isCelMap(value)) return BigInt(value.size)
  return noOverload('size', [value])
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The double's whole part, within the open range of the type. */
function whole(value: number, least: number, most: number): bigint {
  if (!(value > least && value < most)) return fail('integer overflow')
  return BigInt(Math.trunc(value))
}

function toInt(value: CelValue): CelValue {
  if (typeof value === 'bigint') return value
  if (value instanceof Uint) return checkInt(value.value)
  if (typeof value === 'number') return whole(value, -(2 ** 63), 2 ** 63)
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) return checkInt(BigInt(value.replace('+', '')))
  if (value instanceof Timestamp) return floorSeconds(value.nanos)
  if (value instanceof Duration) return value.nanos
  return typeof value === 'string' ? fail(`cannot convert string to int`) : noOverload('int', [value])
}

function floorSeconds(nanos: bigint): bigint {
  return nanos >= 0n ? nanos / second : -((-nanos + second - 1n) / second)
}

function toUint(value: CelValue): CelValue {
  if (value instanceof Uint) return value
  if (typeof value === 'bigint') return checkUint(value)
  if (typeof value === 'number') return checkUint(whole(value, -1, 2 ** 64))
  if (typeof value === 'string' && /^\+?\d+$/.test(value)) return checkUint(BigInt(value.replace('+', '')))
  return typeof value === 'string' ? fail(`cannot convert string to uint`) : noOverload('uint', [value])
}

const doubleText = /^[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i

function toDouble(value: CelValue): CelValue {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint) return Number(value.value)
  if (typeof value !== 'string') return noOverload('double', [value])
  if (!doubleText.test(value)) return fail('cannot convert string to double')
  if (/nan/i.test(value)) return Number.NaN
  return /inf/i.test(value) ? (value.startsWith('-') ? -Infinity : Infinity) : Number(value)
}

function toText(value: CelValue): CelValue {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return formatDouble(value)
  if (value instanceof Uint) return String(value.value)
  if (value instanceof Timestamp) return formatTimestamp(value)
  if (value instanceof Duration) return formatDuration(value)
  if (value instanceof Uint8Array) return decodeUtf8(value)
  return noOverload('string', [value])
}

/** As Go's strconv prints the shortest form: `1e+06`, `+Inf`. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)))
  if (exponent >= -4 && exponent < 21) return Object.is(value, -0) ? '-0' : String(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fail('invalid UTF-8 in bytes, cannot convert to string')
  }
}

function toBytes(value: CelValue): CelValue {
  if (value instanceof Uint8Array) return value
  return typeof value === 'string' ? new TextEncoder().encode(value) : noOverload('bytes', [value])
}

const trueWords = new Set(['1', 't', 'true', 'TRUE', 'True'])
const falseWords = new Set(['0', 'f', 'false', 'FALSE', 'False'])

function toBool(value: CelValue): CelValue {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return noOverload('bool', [value])
  if (trueWords.has(value)) return true
  return falseWords.has(value) ? false : fail(`cannot convert string to bool`)
}

function toTimestamp(value: CelValue): CelValue {
  if (value instanceof Timestamp) return value
  if (typeof value === 'bigint') return checkTimestamp(value * second)
  if (typeof value === 'string') return parseTimestamp(value) ?? fail(`invalid timestamp "${value}"`)
  return noOverload('timestamp', [value])
}

function toDuration(value: CelValue): CelValue {
  if (value instanceof Duration) return value
  if (typeof value === 'bigint') return new Duration(value)
  if (typeof value === 'string') return parseDuration(value) ?? fail(`invalid duration "${value}"`)
  return noOverload('duration', [value])
}

function textTest(name: string, test: (text: string, other: string) => boolean): CelFunction {
  return (text = null, other = null) =>
    typeof text === 'string' && typeof other === 'string' ? test(text, other) : noOverload(name, [text, other])
}

/** A part of a timestamp, or of a duration as a whole number of units. */
function timePart(name: string, part: (civil: Civil) => number, nanosPerUnit?: bigint): CelFunction {
  return (value = null, zone) => {
    if (value instanceof Timestamp && (zone === undefined || typeof zone === 'string'))
      return BigInt(part(civilIn(value, zone)))
    if (value instanceof Duration && nanosPerUnit !== undefined && zone === undefined) return value.nanos / nanosPerUnit
    return noOverload(name, [value])
  }
}

/** Of a duration all of it in milliseconds: so cel-go has it, which Kubernetes runs, though not the language's definition. */
function milliseconds(value: CelValue = null, zone?: CelValue): CelValue {
  if (value instanceof Duration && zone === undefined) return value.nanos / 1_000_000n
  return timePart('getMilliseconds', ({ fraction }) => Number(fraction / 1_000_000n))(
    value,
    ...(zone === undefined ? [] : [zone]),
  )
}

export const standardFunctions: Readonly<Record<string, CelFunction>> = {
  size: (value = null) => size(value),
  '.size': (value = null) => size(value),
  type: (value = null) => new TypeValue(typeName(value)),
  dyn: (value = null) => value,
  int: (value = null) => toInt(value),
  uint: (value = null) => toUint(value),
  double: (value = null) => toDouble(value),
  string: (value = null) => toText(value),
  bytes: (value = null) => toBytes(value),
  bool: (value = null) => toBool(value),
  timestamp: (value = null) => toTimestamp(value),
  duration: (value = null) => toDuration(value),
  matches: textTest('matches', matchesPattern),
  '.matches': textTest('matches', matchesPattern),
  '.contains': textTest('contains', (text, other) => text.includes(other)),
  '.startsWith': textTest('startsWith', (text, other) => text.startsWith(other)),
  '.endsWith': textTest('endsWith', (text, other) => text.endsWith(other)),
  '.getFullYear': timePart('getFullYear', ({ year }) => year),
  '.getMonth': timePart('getMonth', ({ month }) => month - 1),
  '.getDate': timePart('getDate', ({ date }) => date),
  '.getDayOfMonth': timePart('getDayOfMonth', ({ date }) => date - 1),
  '.getDayOfWeek': timePart('getDayOfWeek', ({ weekday }) => weekday),
  '.getDayOfYear': timePart('getDayOfYear', ({ yearDay }) => yearDay),
  '.getHours': timePart('getHours', ({ hour }) => hour, 3600n * second),
  '.getMinutes': timePart('getMinutes', ({ minute }) => minute, 60n * second),
  '.getSeconds': timePart('getSeconds', ({ seconds }) => seconds, second),
  '.getMilliseconds': milliseconds,
}

export const standardTypes: readonly string[] = [
  'bool',
  'bytes',
  'double',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'int',
  'list',
  'map',
  'null_type',
  'optional_type',
  'string',
  'type',
  'uint',
]
