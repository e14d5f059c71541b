// Operators on numbers, strings, lists and times. Whatever leaves its type's range is an error, never a wrapped number.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#overflow

import { joinLists } from './equality.ts'
import { checkDuration, checkTimestamp } from './time.ts'
import { Duration, fail, isCelList, noOverload, Timestamp, Uint, type CelValue } from './values.ts'

const minInt = -(2n ** 63n)
const maxInt = 2n ** 63n - 1n
const maxUint = 2n ** 64n - 1n

export function checkInt(value: bigint): bigint {
  return value < minInt || value > maxInt ? fail('integer overflow') : value
}

export function checkUint(value: bigint): Uint {
  return value < 0n || value > maxUint ? fail('unsigned integer overflow') : new Uint(value)
}

type Binary<T> = (a: T, b: T) => T

interface NumberOperator {
  readonly int?: Binary<bigint>
  readonly double?: Binary<number>
}

const operators: Readonly<Record<string, NumberOperator>> = {
  '+': { int: (a, b) => a + b, double: (a, b) => a + b },
  '-': { int: (a, b) => a - b, double: (a, b) => a - b },
  '*': { int: (a, b) => a * b, double: (a, b) => a * b },
  '/': { int: (a, b) => (b === 0n ? fail('division by zero') : a / b), double: (a, b) => a / b },
  '%': { int: (a, b) => (b === 0n ? fail('modulus by zero') : a % b) },
}

/** `a op b` for + - * / %. */
// oxlint-disable-next-line complexity -- one line per type of value
export function arithmetic(operator: string, a: CelValue, b: CelValue): CelValue {
  const { int, double } = operators[operator] ?? {}
  if (typeof a === 'bigint' && typeof b === 'bigint' && int !== undefined) return checkInt(int(a, b))
  if (a instanceof Uint && b instanceof Uint && int !== undefined) return checkUint(int(a.value, b.value))
  if (typeof a === 'number' && typeof b === 'number' && double !== undefined) return double(a, b)
  const other = operator === '+' ? add(a, b) : operator === '-' ? subtract(a, b) : undefined
  return other ?? noOverload(`_${operator}_`, [a, b])
}

// oxlint-disable-next-line complexity -- one line per type of value
function add(a: CelValue, b: CelValue): CelValue | undefined {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (isCelList(a) && isCelList(b)) return joinLists(a, b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return new Uint8Array([...a, ...b])
  if (a instanceof Duration && b instanceof Duration) return checkDuration(a.nanos + b.nanos)
  if (a instanceof Timestamp && b instanceof Duration) return checkTimestamp(a.nanos + b.nanos)
  if (a instanceof Duration && b instanceof Timestamp) return checkTimestamp(a.nanos + b.nanos)
  return undefined
}

function subtract(a: CelValue, b: CelValue): CelValue | undefined {
  if (a instanceof Duration && b instanceof Duration) return checkDuration(a.nanos - b.nanos)
  if (a instanceof Timestamp && b instanceof Timestamp) return checkDuration(a.nanos - b.nanos)
  if (a instanceof Timestamp && b instanceof Duration) return checkTimestamp(a.nanos - b.nanos)
  return undefined
}

/** `-a` */
export function negate(a: CelValue): CelValue {
  if (typeof a === 'bigint') return checkInt(-a)
  if (typeof a === 'number') return -a
  return noOverload('-_', [a])
}
