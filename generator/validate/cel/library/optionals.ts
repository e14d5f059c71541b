// Optional values. https://pkg.go.dev/github.com/google/cel-go/cel#OptionalTypes

import type { CelFunction } from '../compilation.ts'
import { Duration, fail, isCelList, isCelMap, noOverload, Optional, Timestamp, Uint, type CelValue } from '../values.ts'

function onOptional(name: string, apply: (optional: Optional, other: CelValue) => CelValue): CelFunction {
  return (optional = null, other = null) =>
    optional instanceof Optional ? apply(optional, other) : noOverload(name, [optional])
}

/** Null, false, zero, and whatever is empty. */
// oxlint-disable-next-line complexity -- one line per type of value
function isZero(value: CelValue): boolean {
  if (value === null || value === false || value === 0n || value === 0 || value === '') return true
  if (value instanceof Uint) return value.value === 0n
  if (value instanceof Duration || value instanceof Timestamp) return value.nanos === 0n
  if (value instanceof Uint8Array || (typeof value === 'object' && isCelList(value))) return value.length === 0
  return isCelMap(value) && value.size === 0
}

/** What is there in a list of optionals. */
function unwrap(list: CelValue = null): CelValue {
  if (!isCelList(list)) return noOverload('unwrap', [list])
  const present = list.map(item => (item instanceof Optional ? item.value : noOverload('unwrap', [item])))
  return present.filter(value => value !== undefined)
}

export const optionalFunctions: Readonly<Record<string, CelFunction>> = {
  'optional.of': (value = null) => new Optional(value),
  'optional.none': () => new Optional(undefined),
  'optional.ofNonZeroValue': (value = null) => new Optional(isZero(value) ? undefined : value),
  'optional.unwrap': unwrap,
  '.unwrapOpt': unwrap,
  '.hasValue': onOptional('hasValue', ({ value }) => value !== undefined),
  '.value': onOptional('value', ({ value }) => (value === undefined ? fail('optional.none() dereference') : value)),
  '.or': onOptional('or', (optional, other) => (optional.value === undefined ? other : optional)),
  '.orValue': onOptional('orValue', ({ value }, other) => (value === undefined ? other : value)),
}
