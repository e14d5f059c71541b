// From a declaration's place and a path of keys to the line of the key itself, by reading the platform file's text: enough
// TypeScript to follow object and array literals. What is not a literal (a spread, a variable) ends the search at the key before.

export interface EntryPosition {
  readonly line: number
  readonly column: number
}

/**
 * @param source text of the platform file
 * @param start where the declaration's call stands; both count from 1
 * @param path keys (or list indices) below the declaration's settings
 * @returns the place of the deepest key that could be found; the start itself when none was
 */
export function locateEntry(source: string, start: EntryPosition, path: readonly string[]): EntryPosition {
  let best = offsetOf(source, start)
  let at: number | undefined = firstLiteral(source, best)
  for (const key of path) {
    if (at === undefined) break
    const entry: Entry | undefined = entriesOf(source, at).find(one => one.key === key)
    if (entry === undefined) break
    best = entry.offset
    at = firstLiteral(source, entry.value, entry.end)
  }
  return positionOf(source, best)
}

interface Entry {
  readonly key: string
  readonly offset: number
  /** Where the value starts, and where it ends. */
  readonly value: number
  readonly end: number
}

const openers = '{[('
const closers = '}])'

/**
 * The object or array literal a value consists of, looking through a call's parentheses: `platform('name', { … })`.
 */
function firstLiteral(source: string, from: number, end = source.length): number | undefined {
  let at = skipBlank(source, from)
  while (at < end) {
    const character = source[at] ?? ''
    if (character === '{' || character === '[') return at
    if (closers.includes(character) || character === ';') return undefined
    at = skipBlank(source, character === '(' ? at + 1 : skipToken(source, at))
  }
  return undefined
}

/** The entries of the literal that opens at `open`: by key for an object, by index for an array. */
function entriesOf(source: string, open: number): readonly Entry[] {
  const entries: Entry[] = []
  const isList = source[open] === '['
  let at = skipBlank(source, open + 1)
  while (at < source.length && !closers.includes(source[at] ?? '')) {
    const end = endOfItem(source, at)
    const key = isList ? String(entries.length) : keyAt(source, at)
    const colon = isList ? at : skipBlank(source, at + rawKey(source, at).length)
    const value = isList ? at : source[colon] === ':' ? skipBlank(source, colon + 1) : end
    entries.push({ key, offset: at, value, end })
    at = skipBlank(source, source[end] === ',' ? end + 1 : end)
  }
  return entries
}

function rawKey(source: string, at: number): string {
  return /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\w$]+|\[[\w$.]+\])/.exec(source.slice(at, at + 256))?.[0] ?? ''
}

function keyAt(source: string, at: number): string {
  const raw = rawKey(source, at)
  const variable = /^\[([\w$]+)\.name\]$/.exec(raw)?.[1]
  return variable === undefined ? raw.replaceAll(/^['"]|['"]$/g, '') : nameOf(source, variable)
}

/** The name a component was declared under, for keys written `[api.name]`: `const api = service('api', …)`. */
function nameOf(source: string, variable: string): string {
  const declaration = new RegExp(`\\b${variable.replaceAll('$', '\\$')}\\s*=\\s*\\w+\\(\\s*['"]([^'"]*)['"]`)
  return declaration.exec(source)?.[1] ?? variable
}

/** The comma or closing bracket that ends the item starting at `at`. */
function endOfItem(source: string, at: number): number {
  let offset = at
  while (offset < source.length) {
    const character = source[offset] ?? ''
    if (character === ',' || closers.includes(character)) return offset
    offset = skipBlank(source, skipToken(source, offset))
  }
  return offset
}

/** Past one token: a string, a bracketed group with all that is in it, or a single character. */
function skipToken(source: string, at: number): number {
  const character = source[at] ?? ''
  if (`'"\``.includes(character)) return skipString(source, at)
  if (!openers.includes(character)) return at + 1
  let offset = skipBlank(source, at + 1)
  while (offset < source.length && !closers.includes(source[offset] ?? '')) {
    offset = skipBlank(source, skipToken(source, offset))
  }
  return offset + 1
}

function skipString(source: string, at: number): number {
  const quote = source[at]
  let offset = at + 1
  while (offset < source.length && source[offset] !== quote) offset += source[offset] === '\\' ? 2 : 1
  return offset + 1
}

function skipBlank(source: string, from: number): number {
  let at = from
  for (;;) {
    if (/\s/.test(source[at] ?? '')) at++
    else if (source.startsWith('//', at)) at = endOf(source, '\n', at)
    else if (source.startsWith('/*', at)) at = endOf(source, '*/', at)
    else return at
  }
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from + 2)
  return found < 0 ? source.length : found + mark.length
}

function offsetOf(source: string, { line, column }: EntryPosition): number {
  let offset = 0
  for (let current = 1; current < line; current++) {
    const next = source.indexOf('\n', offset)
    if (next < 0) return source.length
    offset = next + 1
  }
  return offset + column - 1
}

function positionOf(source: string, offset: number): EntryPosition {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
