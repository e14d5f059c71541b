// What a part of an expression costs once, whatever its values are; what depends on values is counted while they are there.
// Follows cel-go's interpreter/runtimecost.go (Observe), and never says less.

import type { SyntaxNode } from './syntax-node.ts'

const newList = 10
const newMap = 30

/** The parts of macros that run once for each element are not in it. */
// oxlint-disable-next-line complexity -- one case per kind of node
export function fixedEffort(node: SyntaxNode): number {
  switch (node.op) {
    case 'value':
      return 0
    case 'id':
      return 1
    case '.':
    case '.?':
      return 2 + fixedEffort(node.args[0])
    case '[]':
    case '[?]':
      return 2 + sum(node.args)
    case 'call':
      return 1 + sum(node.args[1])
    case 'rcall':
      return methodEffort(node)
    case 'list':
      return newList + sum(node.args)
    case 'map':
      return newMap + sum(node.args.flat())
    case '?:': {
      const [condition, then, otherwise] = node.args
      return 1 + fixedEffort(condition) + Math.max(fixedEffort(then), fixedEffort(otherwise))
    }
    case '!_':
    case '-_':
      return 1 + fixedEffort(node.args)
    default:
      return 1 + sum(node.args)
  }
}

function sum(nodes: readonly SyntaxNode[]): number {
  return nodes.reduce((total, node) => total + fixedEffort(node), 0)
}

const macros: ReadonlySet<string> = new Set(
  'all exists exists_one existsOne map filter sortBy transformList transformMap transformMapEntry optMap optFlatMap'.split(
    ' ',
  ),
)

function methodEffort(node: Extract<SyntaxNode, { op: 'rcall' }>): number {
  const [name, target, parameters] = node.args
  if (!macros.has(name) || parameters.length < 2) return 1 + fixedEffort(target) + sum(parameters)
  if (name === 'optMap' || name === 'optFlatMap') return 2 * fixedEffort(target) + sum(parameters) + newList + 4
  // The range, a list or map to begin with, and the result.
  return fixedEffort(target) + newMap + 3
}

/** What the macro itself does for each element: asks whether to go on, and adds to what it has. */
const ownSteps: Readonly<Record<string, number>> = { all: 3, exists: 4, exists_one: 3, existsOne: 3, transformMap: 4 }

/** What one element of a macro costs. @param bodies what is evaluated for it */
export function stepEffort(name: string, bodies: readonly SyntaxNode[]): number {
  return (ownSteps[name] ?? newList + 4) + sum(bodies)
}
