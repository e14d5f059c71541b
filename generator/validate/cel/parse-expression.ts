// Expression text to syntax tree, by @marcbachmann/cel-js: its grammar is right, and its tree keeps positions. Types, values
// and functions are our own, because Kubernetes' language is larger and stricter than what that library evaluates.

import { Environment } from '@marcbachmann/cel-js'

import { markObjects } from './object-literals.ts'
import { asCelReads } from './operator-order.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { endOfOperand, nextToken } from './tokens.ts'

let grammar: Environment | undefined

/** Made at first use: most runs meet no expression. */
function grammarOf(): Environment {
  grammar ??= new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true })
  return grammar
}

/** Longest expression Kubernetes accepts, in bytes (apiextensions.k8s.io and admissionregistration.k8s.io agree). */
export const longestExpression = 16 * 1024

/** The tree and the text its positions count in, or the first syntax error. */
export function parseExpression(
  text: string,
): { readonly tree: SyntaxNode; readonly source: string } | { readonly error: string } {
  if (text.length > longestExpression) return { error: `the expression is longer than ${longestExpression} characters` }
  try {
    const source = plainGrammar(text)
    return { tree: asCelReads(grammarOf().parse(source).ast as unknown as SyntaxNode, source), source }
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error) }
  }
}

/** Function names that stand for the `?` of optional entries, which the grammar does not know. */
export const optionalEntry = '_optionalEntry_'

/** What the grammar does not know, in words it does: objects, optional entries, raw and non-ASCII bytes, numbers that start with a dot. */
function plainGrammar(text: string): string {
  const known = /\b(?:Object|JSONPatch)\b/.test(text) ? markObjects(text) : text
  const plain = /[bB]|\.\d/.test(known) ? rewriteLiterals(known) : known
  return /[[{,]\s*\?/.test(plain) ? markOptionalEntries(plain) : plain
}

function rewriteLiterals(text: string): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const token = nextToken(text, at)
    at += token.length
    const after = text.slice(at)
    if (token === '.' && /^\d/.test(after) && !/[\w)\]}"'`]\s*$/.test(out)) out += '0.'
    else if (/^(?:b|br|rb)$/i.test(token) && /^["']/.test(after)) {
      const literal = nextToken(text, at)
      at += literal.length
      out += bytesLiteral(literal, token.length === 2)
    } else out += token
  }
  return out
}

/** A bytes literal with everything but ASCII escaped byte by byte, and nothing raw. */
function bytesLiteral(literal: string, raw: boolean): string {
  const quotes = /^("{3}|'{3}|"|')/.exec(literal)?.[0] ?? ''
  const body = literal.slice(quotes.length, -quotes.length)
  const escaped = raw ? escapeBytes(body, /[^ !#-&(-[\]-~]/gu) : escapeBytes(body, /[^\x20-\x7e\n\r\t]/gu)
  return `b${raw ? '"' : quotes}${escaped}${raw ? '"' : quotes}`
}

function escapeBytes(text: string, what: RegExp): string {
  return text.replaceAll(what, character =>
    [...Buffer.from(character, 'utf8')].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  )
}

/**
 * Rewrites `[?x]` and `{?k: v}` to `[_optionalEntry_(x)]` and `{_optionalEntry_(k): v}`; strings are left alone, and so is `a[?i]`
 * and the `?` of a conditional.
 */
function markOptionalEntries(text: string): string {
  let out = ''
  let at = 0
  let previous = ''
  while (at < text.length) {
    const token = nextToken(text, at)
    if (token === '?' && isEntryStart(previous, out)) {
      const end = endOfOperand(text, at + 1)
      out += `${optionalEntry}(${markOptionalEntries(text.slice(at + 1, end))})`
      at = end
      previous = ')'
      continue
    }
    out += token
    at += token.length
    if (token.trim() !== '') previous = token
  }
  return out
}

/** After `{` or `,`, or after a `[` that opens a list rather than an index. */
function isEntryStart(previous: string, out: string): boolean {
  if (previous === '{' || previous === ',') return true
  return previous === '[' && (!/[\w)\]}"']\s*\[\s*$/.test(out) || /\bin\s*\[\s*$/.test(out))
}
