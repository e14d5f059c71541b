// Conversions of what is written out: the server makes them when it reads an expression, and refuses what cannot be converted.
// Follows cel-go's interpreter/decorators.go (maybeOptimizeConstUnary).

import { standardFunctions } from './library/standard.ts'
import { literalValue } from './literal.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { CelError, type CelValue } from './values.ts'

const conversions: ReadonlySet<string> = new Set(
  'bool bytes double duration dyn int string timestamp type uint'.split(' '),
)

/** Why a conversion cannot be made; undefined for everything else. */
export function conversionFault(node: SyntaxNode): string | undefined {
  if (node.op !== 'call' || !conversions.has(node.args[0])) return undefined
  try {
    constantOf(node)
    return undefined
  } catch (error) {
    if (error instanceof CelError) return error.message
    throw error
  }
}

/** The value of a literal, or of a conversion of one. @throws CelError */
function constantOf(node: SyntaxNode): CelValue | undefined {
  if (node.op === 'value') return literalValue(node.args)
  if (node.op === '-_' && node.args.op === 'value' && typeof node.args.args === 'bigint')
    return literalValue(-node.args.args)
  if (node.op !== 'call' || !conversions.has(node.args[0]) || node.args[1].length !== 1) return undefined
  const [argument] = node.args[1]
  const value = argument === undefined ? undefined : constantOf(argument)
  return value === undefined ? undefined : standardFunctions[node.args[0]]?.(value)
}
