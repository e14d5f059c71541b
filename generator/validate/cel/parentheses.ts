// Parentheses, which a syntax tree does not keep: whether an operand was written in a pair of its own.

import type { SyntaxNode } from './syntax-node.ts'

const tokens = /\/\/[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\s\S]/g

/** Parentheses that are opened in a text and not closed there, and those closed that it did not open. */
function openAndClosed(text: string): { readonly open: number; readonly closed: number } {
  let open = 0
  let closed = 0
  for (const [token] of text.matchAll(tokens)) {
    if (token === '(') open++
    else if (token === ')' && open > 0) open--
    else if (token === ')') closed++
  }
  return { open, closed }
}

/**
 * Whether an operand stands in parentheses.
 * @param from where the operand before it ends
 * @param source the text that was parsed
 */
export function isRightParenthesised(right: SyntaxNode, from: number, source: string): boolean {
  const { closed } = openAndClosed(source.slice(right.start, right.end))
  return openAndClosed(source.slice(from, right.start)).open > closed
}

/** Whether the operand of a sign stands in parentheses. */
export function isOperandParenthesised(sign: SyntaxNode, operand: SyntaxNode, source: string): boolean {
  return openAndClosed(source.slice(sign.start, operand.start)).open > 0
}
