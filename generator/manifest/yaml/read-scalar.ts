// Scalars of the fast reader: plain and quoted, on one line or folded over several.

import type { Scalar } from '../value.ts'
import {
  beginsPlain,
  colon,
  giveUp,
  lineFeed,
  scanPlain,
  space,
  stopColon,
  stopComment,
  tab,
  toNextLine,
  trimmedEnd,
  type Cursor,
} from './cursor.ts'
import { resolvePlain } from './scalar-rules.ts'
import { unescape } from './unescape.ts'

/** A plain scalar at the position; leaves the cursor at the next content. */
export function readPlain(at: Cursor, parent: number): Scalar {
  const start = at.position
  if (!beginsPlain(at.text, start)) giveUp()
  const reason = scanPlain(at, start)
  if (reason === stopColon) giveUp()
  return finishPlain(at, start, parent, reason)
}

/** The same, where `scanPlain` has been over the line already. */
export function finishPlain(at: Cursor, start: number, parent: number, reason: number): Scalar {
  const end = trimmedEnd(at.text, at.stop)
  at.position = at.stop
  toNextLine(at)
  if (at.indent <= parent) return plainValue(at, at.text.slice(start, end))
  if (reason === stopComment) giveUp()
  return foldPlain(at, start, end, parent)
}

/** The value of plain text. Infinity and the like are findings, which the full parser makes. */
export function plainValue(at: Cursor, text: string): Scalar {
  const value = resolvePlain(text, at.rules)
  if (value !== text) {
    at.spelled = text
    at.quoted = false
  }
  return typeof value === 'number' && !Number.isFinite(value) ? giveUp() : value
}

/** A plain scalar of several lines: line breaks are spaces, empty lines are line breaks. */
function foldPlain(at: Cursor, start: number, end: number, parent: number): string | Scalar {
  const { text } = at
  let folded = text.slice(start, end)
  let position = text.indexOf('\n', end)
  for (;;) {
    const { breaks, content } = skipBreaks(text, position)
    const indent = content - text.lastIndexOf('\n', content - 1) - 1
    if (content >= text.length || indent <= parent || startsDocument(text, content, indent)) break
    if (text.charCodeAt(content) === 0x23) break
    const reason = scanPlain(at, content)
    if (reason === stopColon) giveUp()
    folded += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(content, trimmedEnd(text, at.stop))
    position = at.stop
    if (reason === stopComment) break
  }
  at.position = position
  toNextLine(at)
  if (at.indent > parent) giveUp()
  return plainValue(at, folded)
}

/** From a line break over empty lines: how many breaks, and where content begins (the text's length at its end). */
function skipBreaks(text: string, from: number): { breaks: number; content: number } {
  let breaks = 0
  let position = from
  let content = position
  while (text.charCodeAt(position) === lineFeed) {
    breaks++
    content = position + 1
    while (text.charCodeAt(content) === space) content++
    if (text.charCodeAt(content) === tab) giveUp()
    position = content
  }
  return { breaks, content }
}

function startsDocument(text: string, position: number, indent: number): boolean {
  return indent === 0 && (text.startsWith('---', position) || text.startsWith('...', position))
}

/** A quoted scalar at the position; leaves the position behind its closing quote. Go asks no indentation of its further lines. */
export function readQuoted(at: Cursor): string {
  const double = at.text.charCodeAt(at.position) === 0x22
  const start = at.position + 1
  const end = closingQuote(at.text, start, double)
  at.position = end + 1
  let content = at.text.slice(start, end)
  if (content.includes('\n')) content = foldQuoted(at, content, double)
  if (double) return content.includes('\\') ? unescape(content) : content
  return content.includes("'") ? content.replaceAll("''", "'") : content
}

function closingQuote(text: string, start: number, double: boolean): number {
  const quote = double ? '"' : "'"
  let end = text.indexOf(quote, start)
  while (end >= 0) {
    if (double) {
      let slashes = 0
      while (text.charCodeAt(end - 1 - slashes) === 0x5c && end - slashes > start) slashes++
      if (slashes % 2 === 0) return end
      end = text.indexOf(quote, end + 1)
    } else if (text.charCodeAt(end + 1) === 0x27) end = text.indexOf(quote, end + 2)
    else return end
  }
  return giveUp()
}

/** Other spaces than these are text. */
const blankEnd = /[ \t]+$/

/** Line breaks inside quotes: spaces around them go, one break is a space, more are one less. */
function foldQuoted(at: Cursor, content: string, double: boolean): string {
  const lines = content.split('\n')
  let folded = (lines[0] as string).replace(blankEnd, '')
  let breaks = 0
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue
    if (line.includes('\t')) giveUp()
    const trimmed = line.replace(/^ +/, '')
    const last = index === lines.length - 1
    if (trimmed === '' && !last) {
      breaks++
      continue
    }
    if (/^(?:---|\.\.\.)/.test(line)) giveUp()
    if (double && folded.endsWith('\\')) giveUp()
    folded += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + (last ? trimmed : trimmed.replace(blankEnd, ''))
    breaks = 0
  }
  // The line feeds stand for themselves from here on; positions behind the quote are on the line of its end.
  at.lineStart = at.text.lastIndexOf('\n', at.position - 1) + 1
  return folded
}

/** Whether a colon that ends a key follows directly. */
export function atKeyColon(at: Cursor): boolean {
  if (at.text.charCodeAt(at.position) !== colon) return false
  const next = at.text.charCodeAt(at.position + 1)
  return next === space || next === lineFeed
}
