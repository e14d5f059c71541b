// What is wrong with literals although their types fit: durations, times and patterns that cannot be read, and lists and maps
// of several types. Follows cel-go's cel/validator.go, whose validators Kubernetes turns on (pkg/cel/environment/base.go).

import { formatType, sameType, type CelType, unwrapOptional } from './cel-type.ts'
import { conversionFault } from './constant-conversions.ts'
import { isFormatVerb } from './library/format-text.ts'
import { matchesPattern } from './library/regex.ts'
import { optionalEntry } from './parse-expression.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { isBefore } from './releases.ts'
import { descendantsOf } from './syntax-children.ts'
import { parseDuration, parseTimestamp } from './time.ts'
import { CelError } from './values.ts'

export interface LiteralContext {
  /** The type of a node that was checked. */
  readonly typeOf: (node: SyntaxNode) => CelType
  /**
   * Nodes somewhere in a call of format(), which may mix types; parents are asked before their children, and add to it. Undefined
   * where every literal may.
   */
  readonly exempt: Set<SyntaxNode> | undefined
  /** The newest release whose libraries there are; all where absent. */
  readonly release: string | undefined
}

/** What is wrong with a literal, or a call with one. */
export function literalFault(node: SyntaxNode, context: LiteralContext): string | undefined {
  switch (node.op) {
    case 'call':
      return argumentFault(node.args[0], node.args[1]) ?? conversionFault(node)
    case 'rcall':
      return node.args[0] === 'format' ? formatCallFault(node, context) : argumentFault(node.args[0], node.args[2])
    case 'list':
      return mixedFault(node, [node.args], context)
    case 'map':
      return mixedFault(node, [node.args.map(([key]) => key), node.args.map(([, value]) => value)], context)
    default:
      return undefined
  }
}

type Method = Extract<SyntaxNode, { op: 'rcall' }>

/** The server of 1.30 (cel-go 0.17) lets only the list itself mix types, and does not count the clauses. */
function formatCallFault(node: Method, { exempt, release }: LiteralContext): string | undefined {
  const isEarly = isBefore(release, '1.30')
  if (exempt !== undefined && !exempt.has(node)) {
    for (const part of isEarly ? nestedLiterals(node.args[2]) : descendantsOf(node)) exempt.add(part)
  }
  return isEarly ? undefined : formatFault(node.args[1], node.args[2])
}

function nestedLiterals(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  return nodes.flatMap(node => {
    if (node.op === 'list') return [node, ...nestedLiterals(node.args)]
    return node.op === 'map' ? [node, ...nestedLiterals(node.args.flat())] : []
  })
}

/** A format and a list written out have to have as many clauses as values (cel-go's ext/formatting.go, stringFormatValidator). */
function formatFault(target: SyntaxNode, [list]: readonly SyntaxNode[]): string | undefined {
  if (target.op !== 'value' || typeof target.args !== 'string' || list?.op !== 'list') return undefined
  const clauses = [...target.args.matchAll(/%(?:%|(?:\.\d+)?([a-zA-Z])?)/g)].filter(([clause]) => clause !== '%%')
  const unknown = clauses.find(([, verb]) => verb === undefined || !isFormatVerb(verb))
  if (unknown !== undefined) return `could not parse formatting clause "${unknown[0]}"`
  const [wanted, given] = [clauses.length, list.args.length]
  if (given > wanted) return `too many arguments supplied to string.format (expected ${wanted}, got ${given})`
  return given < wanted ? `index ${given} out of range` : undefined
}

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  duration: parseDuration,
  timestamp: parseTimestamp,
  matches: pattern => matchesPattern('', pattern),
  find: pattern => matchesPattern('', pattern),
  findAll: pattern => matchesPattern('', pattern),
}

function argumentFault(name: string, [argument, ...rest]: readonly SyntaxNode[]): string | undefined {
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  // Of matches(text, pattern), too, the server reads the first.
  const readsFirst = name === 'matches' || name === 'findAll'
  if (reader === undefined || (rest.length > 0 && !readsFirst) || argument?.op !== 'value') return undefined
  if (name === 'duration' && typeof argument.args === 'bigint') return 'invalid duration argument'
  if (typeof argument.args !== 'string') return undefined
  return isReadable(argument.args, reader) ? undefined : `invalid ${name} argument`
}

function isReadable(text: string, reader: (text: string) => unknown): boolean {
  try {
    return reader(text) !== undefined
  } catch (error) {
    if (error instanceof CelError) return false
    throw error
  }
}

function mixedFault(
  node: SyntaxNode,
  groups: readonly (readonly SyntaxNode[])[],
  { typeOf, exempt }: LiteralContext,
): string | undefined {
  if (exempt === undefined || exempt.has(node)) return undefined
  for (const group of groups) {
    const [first, ...rest] = group.map(item => entryTypeOf(item, typeOf))
    const other = rest.find(type => first !== undefined && !sameType(first, type))
    if (first !== undefined && other !== undefined)
      return `expected type '${formatType(first)}' but found '${formatType(other)}'`
  }
  return undefined
}

function entryTypeOf(item: SyntaxNode, typeOf: (node: SyntaxNode) => CelType): CelType {
  const inner = item.op === 'call' && item.args[0] === optionalEntry ? item.args[1][0] : undefined
  return inner === undefined ? typeOf(item) : unwrapOptional(typeOf(inner)).type
}
