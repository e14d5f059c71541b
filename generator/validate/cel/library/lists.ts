// Lists: Kubernetes' own functions (k8s.io/apiserver/pkg/cel/library/lists.go) and cel-go's lists library version 3.

import { arithmetic } from '../arithmetic.ts'
import type { CelFunction } from '../compilation.ts'
import { compare, equals } from '../equality.ts'
import { Duration, fail, isCelList, noOverload, Optional, Uint, type CelList, type CelValue } from '../values.ts'

function onList(name: string, apply: (list: CelList, ...rest: CelValue[]) => CelValue): CelFunction {
  return (list = null, ...rest) => (isCelList(list) ? apply(list, ...rest) : noOverload(name, [list, ...rest]))
}

function order(a: CelValue, b: CelValue): number {
  return compare(a, b) ?? noOverload('compare', [a, b])
}

function isSorted(list: CelList): CelValue {
  return list.every((item, index) => index === 0 || order(list[index - 1] ?? null, item) <= 0)
}

function sum(list: CelList): CelValue {
  const [first, ...rest] = list
  if (first === undefined) return 0n
  const ok =
    typeof first === 'bigint' || typeof first === 'number' || first instanceof Uint || first instanceof Duration
  if (!ok) return noOverload('sum', [list])
  return rest.reduce<CelValue>((total, item) => arithmetic('+', total, item), first)
}

/** The least (direction 1) or greatest (-1) element. */
function extreme(name: string, direction: 1 | -1): CelFunction {
  return onList(name, list => {
    const [first, ...rest] = list
    if (first === undefined) return fail(`${name} called on empty list`)
    return rest.reduce((best, item) => (order(item, best) * direction < 0 ? item : best), first)
  })
}

function flatten(list: CelList, depth = 1n): CelList {
  if (depth < 0n) return fail('level must be non-negative')
  return list.flatMap(item => (isCelList(item) && depth > 0n ? flatten(item, depth - 1n) : [item]))
}

function slice(list: CelList, start: CelValue = null, end: CelValue = null): CelValue {
  if (typeof start !== 'bigint' || typeof end !== 'bigint') return noOverload('slice', [list, start, end])
  if (start < 0n || end < 0n) return fail('cannot slice: negative indexes not supported')
  if (start > end) return fail('cannot slice: start index must be less than or equal to end index')
  if (end > BigInt(list.length)) return fail('cannot slice: list is shorter')
  return list.slice(Number(start), Number(end))
}

const longestRange = 1_000_000n

function range(count: CelValue = null): CelValue {
  if (typeof count !== 'bigint') return noOverload('lists.range', [count])
  if (count > longestRange) return fail('lists.range: too long')
  return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index))
}

const textIndex = {
  first: (list: CelList, value: CelValue) => list.findIndex(item => equals(item, value)),
  last: (list: CelList, value: CelValue) => list.findLastIndex(item => equals(item, value)),
}

export const listFunctions: Readonly<Record<string, CelFunction>> = {
  '.isSorted': onList('isSorted', isSorted),
  '.sum': onList('sum', sum),
  '.min': extreme('min', 1),
  '.max': extreme('max', -1),
  '.slice': onList('slice', slice),
  '.flatten': onList('flatten', (list, depth = 1n) =>
    typeof depth === 'bigint' ? flatten(list, depth) : noOverload('flatten', [list, depth]),
  ),
  'lists.range': range,
  '.distinct': onList('distinct', list =>
    list.filter((item, index) => !list.slice(0, index).some(other => equals(item, other))),
  ),
  '.sort': onList('sort', list => [...list].sort(order)),
  '.reverse': (value = null) =>
    isCelList(value)
      ? [...value].reverse()
      : typeof value === 'string'
        ? Array.from(value).reverse().join('')
        : noOverload('reverse', [value]),
  '.first': onList('first', list => new Optional(list[0])),
  '.last': onList('last', list => new Optional(list.at(-1))),
}

/** `indexOf` and `lastIndexOf` of lists stand beside those of strings. */
export function withListIndex(name: 'indexOf' | 'lastIndexOf', onText: CelFunction): CelFunction {
  const find = name === 'indexOf' ? textIndex.first : textIndex.last
  return (receiver = null, ...rest) =>
    isCelList(receiver) && rest.length === 1 ? BigInt(find(receiver, rest[0] ?? null)) : onText(receiver, ...rest)
}
