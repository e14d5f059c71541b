// Where the fast reader stands in a text, and how it gets from line to line. It reads the part of YAML that manifests are written in;
// at anything else it gives up, by throwing `unsure`, and the file is read again by the full parser.

import type { ScalarRules } from './scalar-rules.ts'
import type { Marks } from './marks.ts'

/** Thrown by the fast reader at whatever it is not certain of. */
export const unsure: unique symbol = Symbol('not certain')

export interface Cursor {
  /** Ends with a line break. */
  readonly text: string
  readonly rules: ScalarRules
  /** Whether the last line break was added by the reader. */
  readonly openEnd: boolean
  /** Present where positions are wanted. */
  readonly marks: Marks | undefined
  position: number
  lineStart: number
  /** Column of the content at `position`; -1 at the end of a document. */
  indent: number
  /** Where `scanPlain` or `scanEntry` stopped. */
  stop: number
  /** A hash of what `scanEntry` has seen. */
  code: number
  /** The keys of all maps that are open, innermost last. */
  readonly keys: string[]
  depth: number
  /** The text of the value just read, where the value is not simply that text without quotes. */
  spelled: string | undefined
  /** Whether that text is in quotes, or a block. */
  quoted: boolean
}

export const maxDepth = 200

export const lineFeed = 0x0a
export const space = 0x20
export const tab = 0x09
export const hash = 0x23
export const colon = 0x3a
export const dash = 0x2d

export function giveUp(): never {
  // oxlint-disable-next-line no-throw-literal -- a signal, not an error: it needs no stack
  throw unsure
}

/**
 * From behind a value to the next line with content: sets `position`, `lineStart` and `indent`.
 * The rest of the current line must be empty or a comment.
 */
export function toNextLine(at: Cursor): void {
  const { text } = at
  let position = at.position
  let code = text.charCodeAt(position)
  if (code !== lineFeed) {
    while (code === space) code = text.charCodeAt(++position)
    if (code === hash && (position === at.lineStart || text.charCodeAt(position - 1) === space)) {
      position = text.indexOf('\n', position)
    } else if (code !== lineFeed) giveUp()
  }
  toContent(at, position + 1)
}

/** Skips empty lines and comment lines from a line's beginning. */
export function toContent(at: Cursor, from: number): void {
  const { text } = at
  const { length } = text
  let lineStart = from
  while (lineStart < length) {
    let position = lineStart
    let code = text.charCodeAt(position)
    while (code === space) code = text.charCodeAt(++position)
    if (code === hash) position = text.indexOf('\n', position)
    else if (code !== lineFeed) return settle(at, lineStart, position, code)
    lineStart = position + 1
  }
  at.position = length
  at.lineStart = length
  at.indent = -1
}

function settle(at: Cursor, lineStart: number, position: number, code: number): void {
  if (code === tab) giveUp()
  at.position = position
  at.lineStart = lineStart
  at.indent = position - lineStart
  if (at.indent > 0) return
  if (code === dash && at.text.startsWith('---', position)) {
    // kustomize takes every line that begins so for a separator, and refuses those that are none.
    if (at.text.charCodeAt(position + 3) > space) giveUp()
    at.indent = -1
  } else if (code === 0x2e && at.text.startsWith('...', position)) giveUp()
}

/** Whether a list item begins at the position. */
export function atDash(at: Cursor): boolean {
  if (at.text.charCodeAt(at.position) !== dash) return false
  const next = at.text.charCodeAt(at.position + 1)
  if (next === tab) giveUp()
  return next === space || next === lineFeed
}

export const stopLine = 0
export const stopColon = 1
export const stopComment = 2

/** Scans plain text: to the colon of a key, to a comment, or to the end of the line; `stop` says where. */
export function scanPlain(at: Cursor, from: number): number {
  const { text } = at
  for (let position = from; ; position++) {
    const code = text.charCodeAt(position)
    if (code > colon) continue
    if (code === lineFeed) {
      at.stop = position
      return stopLine
    }
    if (code === colon) {
      const next = text.charCodeAt(position + 1)
      if (next === space || next === lineFeed) {
        at.stop = position
        return stopColon
      }
      if (next === tab) giveUp()
    } else if (code === hash) {
      if (text.charCodeAt(position - 1) !== space) continue
      at.stop = position
      return stopComment
    } else if (code === tab) giveUp()
  }
}

/** `scanPlain` for what may be a key: leaves a hash of it in `code`. */
export function scanEntry(at: Cursor, from: number): number {
  const { text } = at
  let sum = 0
  for (let position = from; ; position++) {
    const code = text.charCodeAt(position)
    if (code > colon) {
      sum = (Math.imul(sum, 31) + code) | 0
      continue
    }
    if (code === colon) {
      const next = text.charCodeAt(position + 1)
      if (next === space || next === lineFeed) {
        at.stop = position
        at.code = sum
        return stopColon
      }
      if (next === tab) giveUp()
    } else if (code === lineFeed || code === hash || code === tab) {
      const reason = scanPlain(at, position)
      if (reason !== stopColon) return reason
      // A hash inside a word: the key goes on behind it.
      at.code = sum
      return stopColon
    }
    sum = (Math.imul(sum, 31) + code) | 0
  }
}

/** The end of plain text without the spaces before `end`. */
export function trimmedEnd(text: string, end: number): number {
  let last = end
  while (text.charCodeAt(last - 1) === space) last--
  return last
}

/** Whether a plain scalar or key may begin with this character (dashes, colons and question marks: see `beginsPlain`). */
const plainStart: readonly boolean[] = Array.from(
  { length: 128 },
  (_, code) => code > space && !',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code)),
)

/** Whether plain text begins at a position. */
export function beginsPlain(text: string, position: number): boolean {
  const code = text.charCodeAt(position)
  if (code === dash || code === colon || code === 0x3f) return text.charCodeAt(position + 1) > space
  return code > 0x7f || plainStart[code] === true
}
