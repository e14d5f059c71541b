// What operators and standard functions cost, by the signature that fits. Follows cel-go's checker/cost.go (functionCost).

import type { Argument, CallCost } from './argument.ts'
import { add, fixed, multiply, scale, union, wrapped, type Estimate } from './estimate.ts'

const traversal = 0.1
const perPattern = 0.25

type SizeOf = (argument: Argument) => Estimate

interface Operands {
  readonly target: Argument | undefined
  readonly args: readonly Argument[]
  /** As cel-go asks for it. */
  readonly sizeOf: SizeOf
}

type Price = (operands: Operands) => CallCost

const sizes = ({ args, sizeOf }: Operands): readonly Estimate[] => args.map(sizeOf)

function sizeAt(operands: Operands, index: number): Estimate {
  return sizes(operands)[index] ?? fixed(0)
}

const targetSize = ({ target, sizeOf }: Operands): Estimate => (target === undefined ? fixed(0) : sizeOf(target))

/** Equal as long as they are equal: the shorter one decides. */
const compared: Price = operands => {
  const [left, right] = [sizeAt(operands, 0), sizeAt(operands, 1)]
  const max = left.max < right.max ? left.max : right.max
  return { cost: scale({ min: max > 0n ? 1n : 0n, max }, traversal) }
}

const concatenated: Price = operands => {
  const size = add(...sizes(operands))
  return { cost: scale(size, traversal), size }
}

const prices: Readonly<Record<string, Price>> = {
  'string.format(list(dyn))': operands => ({ cost: scale(targetSize(operands), traversal) }),
  'bytes(string)': operands => {
    const { min, max } = sizeAt(operands, 0)
    return { cost: scale({ min, max }, traversal), size: { min, max: wrapped(max * 4n) } }
  },
  'string(bytes)': operands => {
    const { min, max } = sizeAt(operands, 0)
    return { cost: scale({ min, max }, traversal), size: { min: min / 4n, max } }
  },
  'strings::quote(string)': operands => {
    const { min, max } = sizeAt(operands, 0)
    return { cost: scale({ min, max }, traversal), size: { min: wrapped(min + 2n), max: wrapped(max * 2n + 2n) } }
  },
  'string.startsWith(string)': operands => ({ cost: scale(sizeAt(operands, 0), traversal) }),
  'string.endsWith(string)': operands => ({ cost: scale(sizeAt(operands, 0), traversal) }),
  '_in_(A, list(A))': operands => ({ cost: scale(sizeAt(operands, 1), 1) }),
  'string.matches(string)': operands => {
    const text = scale(add(targetSize(operands), fixed(1)), traversal)
    return { cost: multiply(text, scale(sizeAt(operands, 0), perPattern)) }
  },
  'string.contains(string)': operands => ({
    cost: multiply(scale(targetSize(operands), traversal), scale(sizeAt(operands, 0), traversal)),
  }),
  '_?_:_(bool, A, A)': operands => ({ cost: fixed(0), size: union(sizeAt(operands, 1), sizeAt(operands, 2)) }),
  '_+_(string, string)': concatenated,
  '_+_(bytes, bytes)': concatenated,
  '_+_(list(A), list(A))': operands => ({ cost: fixed(1), size: add(...sizes(operands)) }),
  ...Object.fromEntries(
    ['<', '<=', '>', '>='].flatMap(operator =>
      ['string', 'bytes'].map(type => [`_${operator}_(${type}, ${type})`, compared] as const),
    ),
  ),
  '_==_(A, A)': compared,
  '_!=_(A, A)': compared,
}

/** The price of the call itself; what its arguments cost comes on top. Most calls cost one. */
export function celCost(signature: string, operands: Operands): CallCost {
  return (Object.hasOwn(prices, signature) ? prices[signature]?.(operands) : undefined) ?? { cost: fixed(1) }
}
