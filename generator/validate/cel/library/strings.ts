// The strings library, version 2, as Kubernetes has it: positions count code points.
// https://pkg.go.dev/github.com/google/cel-go/ext#Strings

import type { CelFunction } from '../compilation.ts'
import { formatText } from './format-text.ts'
import { fail, isCelList, noOverload, type CelValue } from '../values.ts'

/** Calls `apply` when the receiver is a string and the other arguments have these types, the last ones optional. */
function onText(
  name: string,
  types: readonly ('string' | 'bigint')[],
  optional: number,
  apply: (text: string, ...rest: never[]) => CelValue,
): CelFunction {
  return (text, ...rest) => {
    const fits = rest.length >= types.length - optional && rest.length <= types.length
    if (typeof text !== 'string' || !fits || rest.some((value, index) => typeof value !== types[index])) {
      return noOverload(name, [text ?? null, ...rest])
    }
    return apply(text, ...(rest as never[]))
  }
}

/** An empty part is found where the search starts; a start behind the end finds nothing (ext/strings.go, since cel-go 0.22). */
function indexOf(text: string, part: string, from = 0n): CelValue {
  if (part === '') return from
  if (from < 0n) return fail(`index out of range: ${from}`)
  const points = Array.from(text)
  const wanted = Array.from(part)
  for (let at = Number(from); at + wanted.length <= points.length; at++) {
    if (wanted.every((point, offset) => points[at + offset] === point)) return BigInt(at)
  }
  return -1n
}

function lastIndexOf(text: string, part: string, start?: bigint): CelValue {
  const points = Array.from(text)
  if (part === '') return start ?? BigInt(points.length)
  if (start === undefined && Buffer.byteLength(text) < Buffer.byteLength(part)) return -1n
  const from = start ?? BigInt(points.length - 1)
  if (from < 0n) return fail(`index out of range: ${from}`)
  if (from >= BigInt(points.length)) return -1n
  const wanted = Array.from(part)
  for (let at = Math.min(points.length - wanted.length, Number(from)); at >= 0; at--) {
    if (wanted.every((point, offset) => points[at + offset] === point)) return BigInt(at)
  }
  return -1n
}

function charAt(text: string, at: bigint): CelValue {
  const points = Array.from(text)
  if (at < 0n || at > BigInt(points.length)) return fail(`index out of range: ${at}`)
  return points[Number(at)] ?? ''
}

function substring(text: string, start: bigint, end?: bigint): CelValue {
  const points = Array.from(text)
  const stop = end ?? BigInt(points.length)
  if (start < 0n || start > BigInt(points.length)) return fail(`index out of range: ${start}`)
  if (stop < 0n || stop > BigInt(points.length)) return fail(`index out of range: ${stop}`)
  if (start > stop) return fail(`invalid substring range. start: ${start}, end: ${stop}`)
  return points.slice(Number(start), Number(stop)).join('')
}

function replace(text: string, from: string, to: string, limit = -1n): CelValue {
  let left = limit < 0n ? Infinity : Number(limit)
  if (from === '') {
    const points = Array.from(text)
    return [...points, ''].map(point => (left-- > 0 ? to + point : point)).join('')
  }
  return text.split(from).reduce((joined, part) => joined + (left-- > 0 ? to : from) + part)
}

function split(text: string, separator: string, limit = -1n): CelValue {
  if (limit === 0n) return []
  const parts = separator === '' ? Array.from(text) : text.split(separator)
  if (limit < 0n || BigInt(parts.length) <= limit) return parts
  const kept = Number(limit) - 1
  return [...parts.slice(0, kept), parts.slice(kept).join(separator)]
}

/** White space as Unicode defines it (JavaScript's trim also takes U+FEFF, and leaves U+0085). */
const outerSpace =
  /^[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/gu

function mapAscii(text: string, letters: RegExp, convert: (letter: string) => string): string {
  return text.replaceAll(letters, convert)
}

function join(list: CelValue = null, separator: CelValue = ''): CelValue {
  if (!isCelList(list) || typeof separator !== 'string' || list.some(item => typeof item !== 'string')) {
    return noOverload('join', [list, separator])
  }
  return (list as readonly string[]).join(separator)
}

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

function quote(text: CelValue = null): CelValue {
  if (typeof text !== 'string') return noOverload('strings.quote', [text])
  const body = Array.from(Buffer.from(text, 'utf8').toString('utf8'), point => escapes[point] ?? point)
  return `"${body.join('')}"`
}

export const stringFunctions: Readonly<Record<string, CelFunction>> = {
  '.charAt': onText('charAt', ['bigint'], 0, charAt as never),
  '.indexOf': onText('indexOf', ['string', 'bigint'], 1, indexOf as never),
  '.lastIndexOf': onText('lastIndexOf', ['string', 'bigint'], 1, lastIndexOf as never),
  '.lowerAscii': onText('lowerAscii', [], 0, text => mapAscii(text, /[A-Z]/g, letter => letter.toLowerCase())),
  '.upperAscii': onText('upperAscii', [], 0, text => mapAscii(text, /[a-z]/g, letter => letter.toUpperCase())),
  '.replace': onText('replace', ['string', 'string', 'bigint'], 1, replace as never),
  '.split': onText('split', ['string', 'bigint'], 1, split as never),
  '.substring': onText('substring', ['bigint', 'bigint'], 1, substring as never),
  '.trim': onText('trim', [], 0, text => text.replaceAll(outerSpace, '')),
  '.join': join,
  '.format': (text = null, values = null) =>
    typeof text === 'string' && isCelList(values) ? formatText(text, values) : noOverload('format', [text, values]),
  'strings.quote': quote,
}
