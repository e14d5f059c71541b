// Flow collections of the fast reader: `[a, "b"]` and `{a: 1}`, JSON too, with scalars that no reader could doubt. Inside brackets the
// indentation of lines means nothing to go-yaml.

import type { YamlValue } from '../value.ts'
import { colon, dash, giveUp, hash, lineFeed, maxDepth, space, type Cursor } from './cursor.ts'
import { mark } from './marks.ts'
import { plainValue, readQuoted } from './read-scalar.ts'
import { maySurprise, resolvePlain } from './scalar-rules.ts'
import { spelledOut, takeSpelling } from './take-spelling.ts'
import { createMap } from './yaml-map.ts'

const comma = 0x2c
const dot = 0x2e

/** A flow collection at the position; leaves the position behind its closing bracket. */
export function readFlow(at: Cursor): YamlValue {
  if (++at.depth > maxDepth) giveUp()
  const value = at.text.charCodeAt(at.position) === 0x5b ? readFlowList(at) : readFlowMap(at)
  at.depth--
  return value
}

function readFlowList(at: Cursor): YamlValue {
  const list: YamlValue[] = []
  at.position++
  for (;;) {
    const code = skipSpaces(at)
    if (code === 0x5d) break
    const start = at.position
    const value = readFlowValue(at)
    if (skipSpaces(at) === colon) giveUp()
    if (at.marks !== undefined) mark(at.marks, list, list.length, [start, start])
    if (at.spelled !== undefined) takeSpelling(at, list, list.length, value)
    list.push(value)
    if (!endsEntry(at, 0x5d)) break
  }
  at.position++
  return list
}

function readFlowMap(at: Cursor): YamlValue {
  const map = createMap()
  at.position++
  for (;;) {
    if (skipSpaces(at) === 0x7d) break
    const keyStart = at.position
    const key = readFlowKey(at)
    if (key in map) giveUp()
    skipKeyColon(at, keyStart)
    skipSpaces(at)
    const start = at.position
    map[key] = readFlowValue(at)
    if (at.spelled !== undefined) takeSpelling(at, map, key, map[key])
    if (at.marks !== undefined) mark(at.marks, map, key, [keyStart, start])
    if (!endsEntry(at, 0x7d)) break
  }
  at.position++
  return map
}

/** Behind a quoted key the value may follow the colon directly, as in JSON. */
function skipKeyColon(at: Cursor, keyStart: number): void {
  if (at.text.charCodeAt(at.position) !== colon) giveUp()
  const quote = at.text.charCodeAt(keyStart)
  const quoted = quote === 0x22 || quote === 0x27
  if (!quoted && at.text.charCodeAt(at.position + 1) > space) giveUp()
  at.position++
}

/** Behind an entry: true after a comma, false at the closing bracket. */
function endsEntry(at: Cursor, close: number): boolean {
  const code = skipSpaces(at)
  if (code === close) return false
  if (code !== comma) giveUp()
  at.position++
  return true
}

function readFlowValue(at: Cursor): YamlValue {
  const code = at.text.charCodeAt(at.position)
  if (code === 0x5b || code === 0x7b) return readFlow(at)
  if (code === 0x22 || code === 0x27) return spelledOut(at, readQuoted(at))
  const text = readFlowPlain(at)
  // On its way through kustomize plain text with a colon is quoted inside brackets: a time of day stays the text it is.
  return text.includes(':') ? text : plainValue(at, text)
}

function readFlowKey(at: Cursor): string {
  const code = at.text.charCodeAt(at.position)
  const key = code === 0x22 || code === 0x27 ? readQuotedKey(at) : readFlowPlain(at)
  if (key === '<<' || key.length > 1000) giveUp()
  if (code !== 0x22 && code !== 0x27 && maySurprise(key) && resolvePlain(key, at.rules) !== key) giveUp()
  return key
}

function readQuotedKey(at: Cursor): string {
  const start = at.position
  const value = readQuoted(at)
  const lineEnd = at.text.indexOf('\n', start)
  return lineEnd < at.position ? giveUp() : value
}

/** Words of letters, digits and a few signs; a colon, dash or equals sign only between them. */
const plainSyntax = /[A-Za-z0-9_./$~*+](?:[A-Za-z0-9_./$~*+=@-]|:(?=[A-Za-z0-9_/.-])| (?=[A-Za-z0-9_./$(-]))*/y
const firstSyntax = /[A-Za-z0-9_./$~+]/

function readFlowPlain(at: Cursor): string {
  plainSyntax.lastIndex = at.position
  const match = plainSyntax.exec(at.text)
  if (match === null || !firstSyntax.test(match[0])) return giveUp()
  at.position += match[0].length
  return match[0]
}

/** Over spaces, line breaks and comments; returns the next character. */
function skipSpaces(at: Cursor): number {
  const { text } = at
  let code = text.charCodeAt(at.position)
  for (;;) {
    while (code === space) code = text.charCodeAt(++at.position)
    if (code === hash && text.charCodeAt(at.position - 1) <= space) {
      at.position = text.indexOf('\n', at.position)
    } else if (code !== lineFeed) return code
    at.lineStart = at.position + 1
    code = text.charCodeAt(++at.position)
    // A document cannot begin inside brackets; what begins like one is for the full parser, and so is the end of the text.
    if (code === dash || code === dot || Number.isNaN(code)) giveUp()
  }
}
