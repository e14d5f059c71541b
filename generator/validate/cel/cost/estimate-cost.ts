// What evaluating an expression can cost, from the least to the most, by the sizes its schema allows: the number that decides
// whether an API server takes a rule. Follows cel-go's checker/cost.go; must not be cleverer, for the server compares this number.

import type { Argument, CallCost, PricedCall } from './argument.ts'
import { celCost } from './cel-costs.ts'
import { CostWalk, unionEntries, type EntrySize, type Local, type Surroundings } from './cost-walk.ts'
import type { CallNode, CoreNode, FoldNode } from './core-syntax.ts'
import { add, fixed, multiply, plus, unbounded, union, unknownSize, type Estimate } from './estimate.ts'
import { extendPath } from './field-path.ts'
import { kubernetesCost } from './kubernetes-costs.ts'
import { listCost } from './list-costs.ts'

/** The estimated cost of an expression. */
export function estimateCost(node: CoreNode, surroundings: Surroundings): Estimate {
  return cost(node, new CostWalk(surroundings))
}

const newListCost = fixed(10)
const newMapCost = fixed(30)

function cost(node: CoreNode, walk: CostWalk): Estimate {
  switch (node.kind) {
    case 'literal':
      return fixed(0)
    case 'name':
      walk.nameSeen(node)
      return fixed(1)
    case 'select':
      return select(node, walk)
    case 'presence':
      return cost(node.operand, walk)
    case 'call':
      return call(node, walk)
    case 'list':
      return list(node, walk)
    case 'map':
      return map(node, walk)
    case 'fold':
      return isBinding(node) && !walk.isEarly ? bind(node, walk) : fold(node, walk)
  }
}

function select(node: CoreNode & { readonly kind: 'select' }, walk: CostWalk): Estimate {
  const { operand, field } = node
  const before = cost(operand, walk)
  const isHolder = operand.type.name === 'map' || operand.type.fieldOf !== undefined
  walk.setPath(node, extendPath(walk.pathOf(operand), field))
  return isHolder ? add(before, fixed(1)) : before
}

function list(node: CoreNode & { readonly kind: 'list' }, walk: CostWalk): Estimate {
  const costs = node.items.map(item => cost(item, walk))
  if (!walk.isEarly) walk.setEntry(node, { of: 'list', key: fixed(1), value: unionOf(node.items, walk) })
  return add(...costs, newListCost)
}

function map(node: CoreNode & { readonly kind: 'map' }, walk: CostWalk): Estimate {
  const costs = node.entries.flatMap(([key, value]) => [cost(key, walk), cost(value, walk)])
  if (!walk.isEarly) {
    const key = unionOf(
      node.entries.map(([one]) => one),
      walk,
    )
    const value = unionOf(
      node.entries.map(([, one]) => one),
      walk,
    )
    walk.setEntry(node, { of: 'map', key, value })
  }
  return add(...costs, newMapCost)
}

function unionOf(nodes: readonly CoreNode[], walk: CostWalk): Estimate {
  const start: Estimate = { min: nodes.length === 0 ? 0n : unbounded, max: 0n }
  return nodes.reduce((size, node) => union(size, walk.knownSize(node) ?? unknownSize), start)
}

/** A value under a name: the list it runs over is empty, and it never starts. */
function isBinding({ range, condition }: FoldNode): boolean {
  return range.kind === 'list' && range.items.length === 0 && condition.kind === 'literal' && condition.value === false
}

function bind(node: FoldNode, walk: CostWalk): Estimate {
  const { range, first, accumulator, result } = node
  const before = add(cost(range, walk), cost(first, walk))
  walk.push(accumulator, named(first, walk))
  const after = cost(result, walk)
  walk.pop(accumulator)
  walk.setSize(node, walk.knownSize(result))
  walk.setEntry(node, walk.entryOf(result))
  return add(before, after)
}

function named(node: CoreNode, walk: CostWalk): Local {
  return { path: walk.pathOf(node), entry: walk.entryOf(node), size: walk.knownSize(node) }
}

function fold(node: FoldNode, walk: CostWalk): Estimate {
  const { range, first, condition, step, result, variables, accumulator } = node
  const before = add(cost(range, walk), cost(first, walk))
  if (!walk.isEarly) walk.push(accumulator, named(first, walk))
  const locals = walk.isEarly ? [{ range }] : iterated(range, variables.length, walk)
  for (const [index, local] of locals.entries()) walk.push(variables[index] ?? '', local)
  const each = add(cost(condition, walk), cost(step, walk))
  for (const index of locals.keys()) walk.pop(variables[index] ?? '')
  const after = cost(result, walk)
  if (!walk.isEarly) walk.pop(accumulator)
  const count = walk.isEarly ? walk.sizeOf(walk.argument(range)) : (walk.knownSize(range) ?? unknownSize)
  setFoldSize(node, count, walk)
  return add(before, after, multiply(count, each))
}

function setFoldSize(node: FoldNode, count: Estimate, walk: CostWalk): void {
  const { first, step } = node
  if (walk.isEarly || first.kind === 'list' || first.kind === 'map') walk.setSize(node, count)
  else if (first.kind === 'literal') walk.setSize(node, walk.knownSize(first))
  if (!walk.isEarly && (first.kind === 'list' || first.kind === 'map')) walk.setEntry(node, walk.entryOf(step))
}

/** What the variables of a fold stand for: an element of a list or a key of a map, or index and element, key and value. */
function iterated(range: CoreNode, count: number, walk: CostWalk): readonly Local[] {
  const entry = walk.entryOf(range)
  const isList = (entry?.of ?? range.type.name) === 'list'
  const local = (step: string, size: Estimate | undefined): Local => ({
    path: extendPath(walk.pathOf(range), step),
    size,
  })
  if (count === 2) {
    return [local(isList ? '@indices' : '@keys', entry?.key), local(isList ? '@items' : '@values', entry?.value)]
  }
  return [isList ? local('@items', entry?.value) : local('@keys', entry?.key)]
}

function call(node: CallNode, walk: CostWalk): Estimate {
  const [content] = node.args
  if (node.name === 'dyn' && content !== undefined && !walk.isEarly) return unchecked(node, content, walk)
  // Arguments are described as they are met: what comes later may change the path of what came before.
  const met = node.args.map(argument => ({ cost: cost(argument, walk), argument: walk.argument(argument) }))
  const operands: Operands = { args: met.map(({ argument }) => argument), costs: met.map(one => one.cost) }
  if (node.target === undefined) return anyOf(node, operands, walk)
  const before = cost(node.target, walk)
  return add(before, anyOf(node, { ...operands, target: walk.argument(node.target) }, walk))
}

/** `dyn(x)` is x without a type. */
function unchecked(node: CallNode, content: CoreNode, walk: CostWalk): Estimate {
  const inside = cost(content, walk)
  walk.setSize(node, walk.knownSize(content))
  walk.setEntry(node, walk.entryOf(content))
  return add(inside, fixed(1))
}

interface Operands {
  readonly target?: Argument
  readonly args: readonly Argument[]
  readonly costs: readonly Estimate[]
}

/** The range of all signatures that fit. */
function anyOf(node: CallNode, operands: Operands, walk: CostWalk): Estimate {
  let total: Estimate = { min: unbounded, max: 0n }
  let size: Estimate | undefined
  for (const signature of node.signatures) {
    const price = priceOf(node, signature, operands, walk)
    total = union(total, price.cost)
    if (price.size !== undefined) size = size === undefined ? price.size : union(size, price.size)
    const [holder] = node.args
    const step = steps[signature]
    if (step !== undefined && holder !== undefined) {
      if (!walk.isEarly) size = walk.entryOf(holder)?.value
      walk.setPath(node, extendPath(walk.pathOf(holder), step))
    }
    if (!walk.isEarly) size ??= walk.knownSize(node)
  }
  walk.setSize(node, size)
  return total
}

const steps: Readonly<Record<string, string>> = { '_[_](list(A), int)': '@items', '_[_](map(A, B), A)': '@values' }

function priceOf(node: CallNode, signature: string, operands: Operands, walk: CostWalk): CallCost {
  const { costs, target, args } = operands
  if (signature === '_&&_(bool, bool)' || signature === '_||_(bool, bool)') return { cost: shortCircuit(costs) }
  const asked: PricedCall = {
    ...walk.surroundings,
    name: node.name,
    signature,
    args,
    ...(target === undefined ? {} : { target }),
  }
  const own = listCost(asked) ?? kubernetesCost(asked) ?? celCost(signature, { target, args, sizeOf: walk.sizeOf })
  if (!walk.isEarly) walk.setEntry(node, resultEntry(signature, node, walk))
  return { ...own, cost: add(own.cost, argumentCost(signature, costs)) }
}

/** The left side may decide alone. */
function shortCircuit([left = fixed(0), right = fixed(0)]: readonly Estimate[]): Estimate {
  return { min: left.min, max: plus(left.max, right.max) }
}

/** Only one side of a conditional is evaluated. */
function argumentCost(signature: string, costs: readonly Estimate[]): Estimate {
  const [condition, then, otherwise] = costs
  if (signature !== '_?_:_(bool, A, A)' || condition === undefined || then === undefined || otherwise === undefined)
    return add(...costs)
  return add(condition, union(then, otherwise))
}

const concatenations: ReadonlySet<string> = new Set([
  '_+_(string, string)',
  '_+_(bytes, bytes)',
  '_+_(list(A), list(A))',
])

function resultEntry(signature: string, { args }: CallNode, walk: CostWalk): EntrySize | undefined {
  const sides = signature === '_?_:_(bool, A, A)' ? args.slice(1) : concatenations.has(signature) ? args : []
  const [left, right] = sides
  return left === undefined || right === undefined ? undefined : unionEntries(walk.entryOf(left), walk.entryOf(right))
}
