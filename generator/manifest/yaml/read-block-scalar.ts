// Literal (`|`) and folded (`>`) block scalars of the fast reader.

import { beforeComments } from './before-comments.ts'
import { refold } from './refold.ts'
import { giveUp, lineFeed, space, tab, toContent, type Cursor } from './cursor.ts'

interface Header {
  readonly folded: boolean
  readonly chomp: 'clip' | 'strip' | 'keep'
  /** Columns of indentation beyond the parent's, where the header says so. */
  readonly indentation: number | undefined
  /** Where the lines begin. */
  readonly start: number
}

const headerSyntax = /([|>])([-+]?)([1-9]?)([-+]?) *(?: #[^\n]*)?\n/y

function readHeader(at: Cursor): Header {
  headerSyntax.lastIndex = at.position
  const match = headerSyntax.exec(at.text)
  if (match === null) return giveUp()
  const [all, style, before, indentation, after] = match
  if (before !== '' && after !== '') giveUp()
  const chomp = before === '' ? after : before
  return {
    folded: style === '>',
    chomp: chomp === '-' ? 'strip' : chomp === '+' ? 'keep' : 'clip',
    indentation: indentation === '' ? undefined : Number(indentation),
    start: at.position + all.length,
  }
}

/** A block scalar at the position; leaves the cursor at the next content. */
export function readBlockScalar(at: Cursor, parent: number): string {
  if (parent < 0) giveUp()
  const header = readHeader(at)
  const indent = header.indentation === undefined ? detectIndent(at.text, header.start) : parent + header.indentation
  if (indent <= parent) giveUp()
  const { lines, end } = collectLines(at.text, header.start, indent)
  // A tab before the first text is refused with its place by the full parser.
  if ((lines.find(line => line !== '') ?? '\t').startsWith('\t')) giveUp()
  toContent(at, end)
  // A line between the parent's indentation and the block's is an error, unless it is a comment: not for this reader.
  if (at.indent > parent) giveUp()
  const atEnd = end >= at.text.length && at.openEnd
  const text = finish(header.folded ? fold(lines) : lines.join('\n'), header.chomp, atEnd)
  return at.rules === 'go-yaml-3' ? asPrinted(at, text, header.folded, end) : text
}

/** What kustomize prints of a block; where that differs from its text, the text is noted, too. */
function asPrinted(at: Cursor, text: string, folded: boolean, end: number): string {
  const read = at.indent < 0 ? beforeComments(text, at.text, end, at.position) : text
  const printed = folded ? refold(read) : read
  if (printed === read) return printed
  at.spelled = read
  at.quoted = true
  return printed
}

/** The indentation of the first line with text; lines before it may not be longer. */
function detectIndent(text: string, start: number): number {
  let longest = 0
  for (let lineStart = start; lineStart < text.length;) {
    let position = lineStart
    while (text.charCodeAt(position) === space) position++
    const indent = position - lineStart
    const code = text.charCodeAt(position)
    if (code === tab) giveUp()
    if (code !== lineFeed) return indent < longest ? giveUp() : indent
    longest = Math.max(longest, indent)
    lineStart = position + 1
  }
  return giveUp()
}

/** The lines of the block without their indentation, and where the block ends. */
function collectLines(text: string, start: number, indent: number): { lines: string[]; end: number } {
  const lines: string[] = []
  let lineStart = start
  while (lineStart < text.length) {
    const lineEnd = text.indexOf('\n', lineStart)
    let position = lineStart
    while (position < lineEnd && position - lineStart < indent && text.charCodeAt(position) === space) position++
    if (position === lineEnd) lines.push('')
    else if (position - lineStart === indent) lines.push(text.slice(position, lineEnd))
    else {
      if (text.charCodeAt(position) === tab) giveUp()
      break
    }
    lineStart = lineEnd + 1
  }
  return { lines, end: lineStart }
}

/** What becomes of the line breaks at the end. */
function finish(content: string, chomp: Header['chomp'], openEnd: boolean): string {
  let end = content.length
  while (content.charCodeAt(end - 1) === lineFeed) end--
  if (chomp === 'strip') return content.slice(0, end)
  // Without a line break at the end of the file there is none to keep.
  if (openEnd && end === content.length) return content
  if (openEnd) return giveUp()
  return chomp === 'keep' ? `${content}\n` : `${content.slice(0, end)}\n`
}

/** Joins lines with spaces; lines that begin with a space or tab keep their breaks, which is left to the full parser where others do not. */
function fold(lines: readonly string[]): string {
  if (lines.every(line => line === '' || line.startsWith(' '))) return lines.join('\n')
  let folded = ''
  let breaks = 0
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      breaks++
      continue
    }
    if (line.startsWith(' ') || line.startsWith('\t')) giveUp()
    if (index > breaks || folded !== '') folded += breaks === 0 ? ' ' : '\n'.repeat(breaks)
    else folded += '\n'.repeat(breaks)
    folded += line
    breaks = 0
  }
  return folded + '\n'.repeat(breaks)
}
