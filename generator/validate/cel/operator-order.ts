// Where the library's grammar and CEL's differ: CEL compares and tests for equality on one level, from left to right, takes no bare
// conditional in the middle of another, and no two different signs after each other.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax, and cel-go's parser/gen/CEL.g4

import { isOperandParenthesised, isRightParenthesised } from './parentheses.ts'
import type { BinaryOperator, SyntaxNode } from './syntax-node.ts'
import { withChildren } from './syntax-children.ts'

type Relation = Extract<SyntaxNode, { readonly op: BinaryOperator }>

const relations: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in'])

function isRelation(node: SyntaxNode): node is Relation {
  return relations.has(node.op)
}

/**
 * The tree as CEL reads the text.
 * @param source the text that was parsed
 * @throws Error for what CEL does not take
 */
export function asCelReads(node: SyntaxNode, source: string): SyntaxNode {
  const read = withChildren(node, child => asCelReads(child, source))
  if (isRelation(read)) return fromTheLeft(read, source)
  if (read.op === '?:') refuseBareConditional(read, source)
  if (read.op === '!_' || read.op === '-_') refuseMixedSigns(read, source)
  return read
}

/** `a == b < c` is `(a == b) < c`. */
function fromTheLeft(node: Relation, source: string): SyntaxNode {
  const [left, right] = node.args
  if (!isRelation(right) || isRightParenthesised(right, left.end, source)) return node
  const [middle, last] = right.args
  const first = fromTheLeft({ ...node, args: [left, middle], end: middle.end }, source)
  return { ...right, args: [first, last], start: left.start }
}

function refuseBareConditional({ args: [condition, then] }: Extract<SyntaxNode, { op: '?:' }>, source: string): void {
  if (then.op === '?:' && !isRightParenthesised(then, condition.end, source))
    throw new Error("a conditional between '?' and ':' needs parentheses")
}

function refuseMixedSigns(node: Extract<SyntaxNode, { op: '!_' | '-_' }>, source: string): void {
  const operand = node.args
  const isSigned = (operand.op === '!_' || operand.op === '-_') && operand.op !== node.op
  if (!isSigned || isOperandParenthesised(node, operand, source)) return
  if (operand.op === '-_' && operand.args.op === 'value') return
  throw new Error("'!' and '-' after each other need parentheses")
}
