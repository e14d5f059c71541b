// What calls of the list and set libraries cost. Follows cel-go's ext/lists.go (version 3) and ext/sets.go.

import { sizeOf, writtenInt, type CallCost, type PricedCall } from './argument.ts'
import { add, fixed, multiply, scale, unbounded, wrapped, type Estimate } from './estimate.ts'

type Price = (call: PricedCall) => CallCost | undefined

/** A call that makes a list of a size. */
function newList(factor: number, size: Estimate): CallCost {
  return { cost: add(scale(size, factor), fixed(1), fixed(10)), size }
}

function compareSets(factor: number): Price {
  return call => {
    const [left, right] = call.args
    if (left === undefined || right === undefined) return undefined
    return { cost: add(scale(multiply(sizeOf(left, call), sizeOf(right, call)), factor), fixed(1)) }
  }
}

/** A number that is written; less than nothing counts as nothing. */
function writtenCount(argument: PricedCall['args'][number] | undefined, otherwise: bigint): bigint {
  const value = argument === undefined ? undefined : writtenInt(argument)
  if (value === undefined) return otherwise
  return value < 0n ? 0n : value
}

/** By the size of the receiver. */
function ofTarget(price: (size: Estimate, call: PricedCall) => CallCost): Price {
  return call => (call.target === undefined ? undefined : price(sizeOf(call.target, call), call))
}

const squared = (factor: number) => (size: Estimate) => newList(factor, multiply(size, size))

/** Sorting compares everything with everything. */
function sortFactor({ signature }: PricedCall): number {
  return /^list\((?:string|bytes)\)/.test(signature) ? 2.1 : 2
}

const prices: Readonly<Record<string, Price>> = {
  'sets.contains': compareSets(1),
  'sets.intersects': compareSets(1),
  'sets.equivalent': compareSets(2),
  'lists.range': call => newList(1, fixed(writtenCount(call.args[0], unbounded))),
  slice: ofTarget((size, { args }) => {
    const [start, end] = args
    return newList(1, fixed(wrapped(writtenCount(end, size.max) - writtenCount(start, 0n))))
  }),
  reverse: ofTarget(size => newList(1, size)),
  flatten: ofTarget((size, { args }) =>
    newList(args.length === 0 ? 1 : Number(writtenCount(args[0], unbounded)), size),
  ),
  distinct: ofTarget(squared(2)),
  sort: ofTarget((size, call) => squared(sortFactor(call))(size)),
  '@sortByAssociatedKeys': call => {
    const [keys] = call.args
    return keys === undefined ? undefined : squared(sortFactor(call))(sizeOf(keys, call))
  },
}

/** Undefined for functions of other libraries. */
export function listCost(call: PricedCall): CallCost | undefined {
  return Object.hasOwn(prices, call.name) ? prices[call.name]?.(call) : undefined
}
