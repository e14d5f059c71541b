// Quantities. k8s.io/apiserver/pkg/cel/library/quantity.go

import { compareQuantities, isWholeQuantity, parseQuantity, type Quantity } from '../../../manifest/quantity.ts'
import type { CelFunction } from '../compilation.ts'
import { fail, isOpaque, noOverload, type CelValue, type Opaque } from '../values.ts'

const nano = 1_000_000_000n

export class QuantityValue implements Opaque {
  readonly celType = 'kubernetes.Quantity'
  readonly quantity: Quantity
  constructor(quantity: Quantity) {
    this.quantity = quantity
  }
  equals(other: Opaque): boolean {
    return other instanceof QuantityValue && compareQuantities(this.quantity, other.quantity) === 0
  }
}

function parse(text: CelValue): Quantity | undefined {
  return typeof text === 'string' && text === text.trim() ? parseQuantity(text) : undefined
}

function onQuantity(name: string, apply: (quantity: Quantity, ...rest: CelValue[]) => CelValue): CelFunction {
  return (value = null, ...rest) =>
    isOpaque(value) && value instanceof QuantityValue
      ? apply(value.quantity, ...rest)
      : noOverload(name, [value, ...rest])
}

function comparison(name: string, test: (order: number) => CelValue): CelFunction {
  return onQuantity(name, (quantity, other = null) =>
    isOpaque(other) && other instanceof QuantityValue
      ? test(compareQuantities(quantity, other.quantity))
      : noOverload(name, [other]),
  )
}

/** The other operand of add and sub: a quantity or an int. */
function amount(name: string, other: CelValue): bigint {
  if (typeof other === 'bigint') return other * nano
  return isOpaque(other) && other instanceof QuantityValue ? other.quantity.nanos : noOverload(name, [other])
}

function isInt64(quantity: Quantity): boolean {
  const whole = quantity.nanos / nano
  return isWholeQuantity(quantity) && whole >= -(2n ** 63n) && whole < 2n ** 63n
}

export const quantityFunctions: Readonly<Record<string, CelFunction>> = {
  quantity: (text = null) => {
    if (typeof text !== 'string') return noOverload('quantity', [text])
    const quantity = parse(text)
    if (quantity !== undefined) return new QuantityValue(quantity)
    const shape = /^[+-]?(\d+|\d+\.\d*|\.\d+)([KMGTPE]i|[numkMGTPE]*|[eE][+-]?\d+)$/.test(text)
    return fail(
      shape ? "unable to parse quantity's suffix" : `quantities must match the regular expression: "${text}" does not`,
    )
  },
  isQuantity: (text = null) =>
    typeof text === 'string' ? parse(text) !== undefined : noOverload('isQuantity', [text]),
  '.isInteger': onQuantity('isInteger', isInt64),
  '.asInteger': onQuantity('asInteger', quantity =>
    isInt64(quantity) ? quantity.nanos / nano : fail('cannot convert value to integer'),
  ),
  '.asApproximateFloat': onQuantity('asApproximateFloat', quantity => Number(quantity.nanos) / Number(nano)),
  sign: onQuantity('sign', ({ nanos }) => (nanos > 0n ? 1n : nanos < 0n ? -1n : 0n)),
  '.add': onQuantity(
    'add',
    ({ nanos, format }, other = null) => new QuantityValue({ nanos: nanos + amount('add', other), format }),
  ),
  '.sub': onQuantity(
    'sub',
    ({ nanos, format }, other = null) => new QuantityValue({ nanos: nanos - amount('sub', other), format }),
  ),
}

export const quantityComparisons: Readonly<Record<string, CelFunction>> = {
  isLessThan: comparison('isLessThan', order => order < 0),
  isGreaterThan: comparison('isGreaterThan', order => order > 0),
  compareTo: comparison('compareTo', order => BigInt(Math.sign(order))),
}
