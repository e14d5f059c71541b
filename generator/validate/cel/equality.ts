// Equality and order, across types where the language has them so: 1 == 1u == 1.0.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality

import { keysOf, withKeys } from './list-semantics.ts'
import {
  Duration,
  isCelList,
  isCelMap,
  isNumeric,
  isOpaque,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type CelList,
  type CelMap,
  type CelValue,
  type Numeric,
} from './values.ts'

/** Values of types that cannot be equal are unequal, not an error. */
// oxlint-disable-next-line complexity -- one line per type of value
export function equals(a: CelValue, b: CelValue): boolean {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b) === 0
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (isCelList(a)) return isCelList(b) && a.length === b.length && listsEqual(a, b)
  if (isCelMap(a)) return isCelMap(b) && mapsEqual(a, b)
  if (isOpaque(a)) return isOpaque(b) && a.celType === b.celType && a.equals(b)
  return instancesEqual(a, b)
}

function listsEqual(a: CelList, b: CelList): boolean {
  const keyOf = keysOf(a)
  if (keyOf === undefined) return a.every((item, index) => equals(item, b[index] ?? null))
  return b.every(item => {
    const key = keyOf(item)
    const own = a.find(other => equals(keyOf(other), key))
    return own !== undefined && equals(own, item)
  })
}

/** `a + b`; where keys tell the entries of `a` apart, those of `b` take the place of equal keys or follow. */
export function joinLists(a: CelList, b: CelList): CelList {
  const keyOf = keysOf(a)
  if (keyOf === undefined) return [...a, ...b]
  const joined = [...a]
  for (const item of b) {
    const key = keyOf(item)
    const at = joined.findIndex(other => equals(keyOf(other), key))
    if (at < 0) joined.push(item)
    else joined[at] = item
  }
  return withKeys(joined, keyOf)
}

function mapsEqual(a: CelMap, b: CelMap): boolean {
  return (
    a.size === b.size &&
    a.keys().every(key => {
      const left = a.entryOf(key)
      const right = b.entryOf(key)
      return left !== undefined && right !== undefined && equals(left.value, right.value)
    })
  )
}

function instancesEqual(a: CelValue, b: CelValue): boolean {
  if (a instanceof Optional && b instanceof Optional) {
    if (a.value === undefined || b.value === undefined) return a.value === b.value
    return equals(a.value, b.value)
  }
  if (a instanceof TypeValue && b instanceof TypeValue) return a.name === b.name
  return compare(a, b) === 0
}

/** Negative, zero or positive; undefined where the types have no common order (or a NaN is involved). */
// oxlint-disable-next-line complexity -- one line per type of value
export function compare(a: CelValue, b: CelValue): number | undefined {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b)
  if (a instanceof Duration && b instanceof Duration) return compareBig(a.nanos, b.nanos)
  if (a instanceof Timestamp && b instanceof Timestamp) return compareBig(a.nanos, b.nanos)
  return undefined
}

function compareNumbers(a: Numeric, b: Numeric): number | undefined {
  const left = a instanceof Uint ? a.value : a
  const right = b instanceof Uint ? b.value : b
  if (Number.isNaN(left) || Number.isNaN(right)) return undefined
  // An integer beside a double is compared as a double, with that type's loss (cel-go, common/types/compare.go).
  if (typeof left !== typeof right) return sign(Number(left), Number(right))
  return sign(left, right)
}

function sign(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code point, as UTF-8 bytes compare; JavaScript's own order is by UTF-16 unit. */
function compareStrings(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
