// The fast reader: block maps and lists, scalars, flow collections, comments and several documents. It never guesses: at
// anchors, tags, merge keys, tabs, odd indentation, keys that are no strings and every error it gives up on the whole text.

import type { YamlValue } from '../value.ts'
import {
  atDash,
  beginsPlain,
  giveUp,
  hash,
  lineFeed,
  maxDepth,
  scanEntry,
  space,
  stopColon,
  tab,
  toContent,
  toNextLine,
  unsure,
  type Cursor,
} from './cursor.ts'
import { plainKey } from './key-table.ts'
import { mark, type Marks } from './marks.ts'
import { readBlockScalar } from './read-block-scalar.ts'
import { readFlow } from './read-flow.ts'
import { atKeyColon, finishPlain, readPlain, readQuoted } from './read-scalar.ts'
import type { ScalarRules } from './scalar-rules.ts'
import { spelledOut, takeSpelling } from './take-spelling.ts'
import { createMap } from './yaml-map.ts'

/** A document, empty ones included; `offset` is where its content begins. */
export interface ReadDocument {
  readonly value: YamlValue
  readonly offset: number
}

/** All documents of a text, or undefined where the full parser must read it. */
export function readFast(text: string, rules: ScalarRules, marks?: Marks): readonly ReadDocument[] | undefined {
  const openEnd = !text.endsWith('\n')
  const at: Cursor = {
    text: openEnd ? `${text}\n` : text,
    rules,
    openEnd,
    marks,
    position: 0,
    lineStart: 0,
    indent: 0,
    stop: 0,
    code: 0,
    keys: [],
    depth: 0,
    spelled: undefined,
    quoted: false,
  }
  try {
    return readDocuments(at)
  } catch (error) {
    if (error === unsure) return undefined
    throw error
  }
}

function readDocuments(at: Cursor): readonly ReadDocument[] {
  const documents: ReadDocument[] = []
  toContent(at, 0)
  if (at.indent < 0 && at.position < at.text.length) skipMarker(at)
  for (;;) {
    const offset = at.position
    const value = at.indent < 0 ? null : readNode(at, -1)
    at.spelled = undefined
    if (at.indent >= 0) giveUp()
    documents.push({ value, offset })
    if (at.position >= at.text.length) return documents
    skipMarker(at)
  }
}

/** Over a `---`, which may have only a comment behind it. */
function skipMarker(at: Cursor): void {
  at.position += 3
  toNextLine(at)
}

/** A value that begins on a line of its own, or behind a dash; leaves the cursor at the next content. */
function readNode(at: Cursor, parent: number): YamlValue {
  const code = at.text.charCodeAt(at.position)
  if (atDash(at)) return readList(at, at.indent)
  if (code === 0x5b || code === 0x7b) return readFlowLine(at)
  if (code === 0x22 || code === 0x27) return readQuotedNode(at)
  if (code === 0x7c || code === 0x3e) return spelledOut(at, readBlockScalar(at, parent))
  const start = at.position
  if (!beginsPlain(at.text, start)) giveUp()
  const reason = scanEntry(at, start)
  if (reason !== stopColon) return finishPlain(at, start, parent, reason)
  return readMap(at, at.indent, plainKey(at, start, at.stop, at.code))
}

function readQuotedNode(at: Cursor): YamlValue {
  const { lineStart, position } = at
  const text = readQuoted(at)
  if (at.lineStart !== lineStart || !atKeyColon(at)) return endOfLine(at, spelledOut(at, text))
  if (text === '<<' || at.position - position > 1000) giveUp()
  at.stop = at.position
  at.position = position
  return readMap(at, at.indent, text)
}

/** A value that must have its line to itself, and the way to the next. */
function endOfLine(at: Cursor, value: YamlValue): YamlValue {
  if (at.text.charCodeAt(at.position) > space) giveUp()
  toNextLine(at)
  return value
}

function readFlowLine(at: Cursor): YamlValue {
  return endOfLine(at, readFlow(at))
}

/** A map whose first key has been read: `position` is at the key, `stop` at its colon. */
function readMap(at: Cursor, indent: number, firstKey: string): YamlValue {
  if (++at.depth > maxDepth) giveUp()
  const map = createMap()
  const { keys } = at
  const base = keys.length
  let key = firstKey
  for (;;) {
    refuseTwice(map, keys, base, key)
    const start = at.position
    at.position = at.stop + 1
    map[key] = at.marks === undefined ? readValue(at, indent) : readMarked(at, indent, map, key, start, at.marks)
    if (at.spelled !== undefined) takeSpelling(at, map, key, map[key])
    if (at.indent !== indent) break
    key = nextKey(at)
  }
  if (at.indent > indent) giveUp()
  while (keys.length > base) keys.pop()
  at.depth--
  return map
}

/** Keys that were there before are for the full parser to report. Small maps are searched in the list, faster than in the map. */
function refuseTwice(map: object, keys: string[], base: number, key: string): void {
  const { length } = keys
  if (length - base > 12) {
    if (key in map) giveUp()
  } else {
    for (let index = base; index < length; index++) if (keys[index] === key) giveUp()
  }
  keys.push(key)
}

function readMarked(at: Cursor, indent: number, map: object, key: string, start: number, marks: Marks): YamlValue {
  const { text } = at
  let position = at.position
  while (text.charCodeAt(position) === space) position++
  const sameLine = text.charCodeAt(position) !== lineFeed && text.charCodeAt(position) !== hash
  if (!sameLine) {
    toNextLine(at)
    position = at.indent > indent || (at.indent === indent && atDash(at)) ? at.position : start
    mark(marks, map, key, [start, position])
    return readBelow(at, indent)
  }
  mark(marks, map, key, [start, position])
  return readValue(at, indent)
}

/** The next key of a map: leaves `position` at the key and `stop` at its colon. */
function nextKey(at: Cursor): string {
  const start = at.position
  const code = at.text.charCodeAt(start)
  if (code === 0x22 || code === 0x27) {
    const key = readQuoted(at)
    if (key === '<<' || at.position - start > 1000 || at.text.slice(start, at.position).includes('\n')) giveUp()
    if (!atKeyColon(at)) giveUp()
    at.stop = at.position
    at.position = start
    return key
  }
  if (atDash(at) || !beginsPlain(at.text, start)) giveUp()
  if (scanEntry(at, start) !== stopColon) giveUp()
  return plainKey(at, start, at.stop, at.code)
}

/** What stands behind a colon. */
function readValue(at: Cursor, indent: number): YamlValue {
  const { text } = at
  let { position } = at
  let code = text.charCodeAt(position)
  while (code === space) code = text.charCodeAt(++position)
  at.position = position
  switch (code) {
    case lineFeed:
    case hash:
      toNextLine(at)
      return readBelow(at, indent)
    case 0x22:
    case 0x27:
      return endOfLine(at, spelledOut(at, readQuoted(at)))
    case 0x5b:
    case 0x7b:
      return readFlowLine(at)
    case 0x7c:
    case 0x3e:
      return spelledOut(at, readBlockScalar(at, indent))
    default:
      return readPlain(at, indent)
  }
}

/** The value of a key on the lines below it: deeper, or a list at the key's own indentation; otherwise nothing. */
function readBelow(at: Cursor, indent: number): YamlValue {
  if (at.indent > indent) return readNode(at, indent)
  return at.indent === indent && atDash(at) ? readList(at, indent) : null
}

function readList(at: Cursor, indent: number): YamlValue {
  if (++at.depth > maxDepth) giveUp()
  const list: YamlValue[] = []
  do {
    const start = at.position
    const value = readItem(at, indent, list, start)
    if (at.spelled !== undefined) takeSpelling(at, list, list.length, value)
    list.push(value)
  } while (at.indent === indent && atDash(at))
  if (at.indent > indent) giveUp()
  at.depth--
  return list
}

function readItem(at: Cursor, indent: number, list: readonly YamlValue[], start: number): YamlValue {
  const { text } = at
  let position = start + 1
  let code = text.charCodeAt(position)
  while (code === space) code = text.charCodeAt(++position)
  if (code === tab) giveUp()
  at.position = position
  const below = code === lineFeed || code === hash
  if (below) toNextLine(at)
  else at.indent = position - at.lineStart
  const empty = at.indent <= indent
  if (at.marks !== undefined) markItem(at.marks, list, empty ? start + 1 : at.position)
  return empty ? null : readNode(at, indent)
}

/** An item has no key to point at: both places are its value's. */
function markItem(marks: Marks, list: readonly YamlValue[], position: number): void {
  mark(marks, list, list.length, [position, position])
}
