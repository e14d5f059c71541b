// What is wrong with literals although their types fit: durations, times and patterns that cannot be read, and lists and maps
// of several types. Follows cel-go's cel/validator.go, whose validators Kubernetes turns on (pkg/cel/environment/base.go).

import { formatType, sameType, type CelType, unwrapOptional } from './cel-type.ts'
import { isFormatVerb } from './library/format-text.ts'
import { matchesPattern } from './library/regex.ts'
import { optionalEntry, type SyntaxNode } from './parse-expression.ts'
import { parseDuration, parseTimestamp } from './time.ts'
import { CelError } from './values.ts'

/**
 * @param typeOf the type of a node that was checked
 * @param exempt undefined where every literal may mix types; otherwise nodes inside `format([…])`, which may mix types; parents are asked before their children, and add to it
 */
export function literalFault(
  node: SyntaxNode,
  typeOf: (node: SyntaxNode) => CelType,
  exempt: Set<SyntaxNode> | undefined,
): string | undefined {
  switch (node.op) {
    case 'call':
      return argumentFault(node.args[0], node.args[1])
    case 'rcall':
      if (node.args[0] === 'format') {
        for (const part of node.args[2]) exempt?.add(part)
        return formatFault(node.args[1], node.args[2])
      }
      return argumentFault(node.args[0], node.args[2])
    case 'list':
      return mixedFault([node.args], [...node.args], node, { typeOf, exempt })
    case 'map': {
      const parts = [node.args.map(([key]) => key), node.args.map(([, value]) => value)]
      return mixedFault(parts, parts.flat(), node, { typeOf, exempt })
    }
    default:
      return undefined
  }
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
}

function argumentFault(name: string, [argument, ...rest]: readonly SyntaxNode[]): string | undefined {
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (reader === undefined || rest.length > 0 || argument?.op !== 'value') return undefined
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

interface Mixed {
  readonly typeOf: (node: SyntaxNode) => CelType
  readonly exempt: Set<SyntaxNode> | undefined
}

function mixedFault(
  groups: readonly (readonly SyntaxNode[])[],
  children: readonly SyntaxNode[],
  node: SyntaxNode,
  { typeOf, exempt }: Mixed,
): string | undefined {
  if (exempt === undefined) return undefined
  if (exempt.has(node)) {
    for (const child of children) exempt.add(child)
    return undefined
  }
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
