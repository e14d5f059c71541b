// The two glob dialects Argo CD matches with, told apart because they disagree: gobwas/glob v0.2.3 (sources, destinations,
// sync windows) and Go's filepath.Match (kinds, groups, names). Matching walks sets of positions, so its cost is bounded by
// pattern length times text length whatever the pattern.

/** One piece of a pattern. Adjacent characters are one text. */
export type GlobNode =
  | { readonly kind: 'text'; readonly text: string }
  /** Any run of characters, or any one, except the separators. */
  | { readonly kind: 'run' | 'one'; readonly not: string }
  | {
      readonly kind: 'class'
      readonly negated: boolean
      readonly ranges: readonly (readonly [low: string, high: string])[]
    }
  | { readonly kind: 'either'; readonly patterns: readonly (readonly GlobNode[])[] }

type Parsed = readonly GlobNode[] | undefined

/**
 * gobwas/glob: `*` stops at separators, `**` does not, `?`, `[a-z]`, `[!abc]`, `{a,b}`, `\` escapes. A pattern that does
 * not compile matches nothing (util/glob/glob.go).
 */
export function matchesGlob(pattern: string, text: string, separators = ''): boolean {
  if (isPlain(pattern)) return pattern === text
  const nodes = parseGlob(pattern, separators)
  return matches(nodes, text) || (text === '' && nodes?.length === 1 && nodes.every(matchesNothing))
}

/** gobwas lets a pattern that is `?` or a negated class and no more match the empty text (match/single.go, list.go, range.go). */
function matchesNothing(node: GlobNode): boolean {
  return node.kind === 'one' || (node.kind === 'class' && node.negated)
}

/** Whether gobwas/glob compiles the pattern. */
export function isGlob(pattern: string): boolean {
  return parseGlob(pattern, '') !== undefined
}

/** Go's filepath.Match: `*` and `?` stop at `/`, `[^a-z]`, `\` escapes; no alternatives. A bad pattern matches nothing. */
export function matchesFilePath(pattern: string, text: string): boolean {
  return isPlain(pattern) ? pattern === text : matches(parseFilePath(pattern), text)
}

/** Most patterns are plain names. */
function isPlain(pattern: string): boolean {
  return !/[*?[\]{}\\]/.test(pattern)
}

function matches(nodes: Parsed, text: string): boolean {
  if (nodes === undefined) return false
  const characters = Array.from(text)
  return advance(nodes, new Set([0]), characters).has(characters.length)
}

function advance(nodes: readonly GlobNode[], from: ReadonlySet<number>, text: readonly string[]): ReadonlySet<number> {
  let positions = from
  for (const node of nodes) positions = step(node, positions, text)
  return positions
}

function step(node: GlobNode, from: ReadonlySet<number>, text: readonly string[]): ReadonlySet<number> {
  const next = new Set<number>()
  if (node.kind === 'either') {
    for (const pattern of node.patterns) for (const position of advance(pattern, from, text)) next.add(position)
    return next
  }
  for (const position of from) {
    if (node.kind === 'run') addRun(next, position, node.not, text)
    else if (node.kind === 'text') {
      const letters = Array.from(node.text)
      if (letters.every((letter, index) => text[position + index] === letter)) next.add(position + letters.length)
    } else if (isOne(node, text[position])) next.add(position + 1)
  }
  return next
}

function addRun(next: Set<number>, from: number, not: string, text: readonly string[]): void {
  let position = from
  // A position already reached has had its own run added, so the rest of this one is there too.
  while (!next.has(position)) {
    next.add(position)
    const character = text[position]
    if (character === undefined || not.includes(character)) return
    position += 1
  }
}

function isOne(node: Extract<GlobNode, { kind: 'run' | 'one' | 'class' }>, character: string | undefined): boolean {
  if (character === undefined) return false
  if (node.kind !== 'class') return !node.not.includes(character)
  return node.ranges.some(([low, high]) => low <= character && character <= high) !== node.negated
}

/** The pieces of a gobwas/glob pattern; undefined where it does not compile. */
export function parseGlob(pattern: string, separators: string): Parsed {
  const reader = { characters: Array.from(pattern), at: 0 }
  return readGlob(reader, separators, 0)
}

interface Reader {
  readonly characters: readonly string[]
  at: number
}

/** Nested alternatives deeper than this are taken for an attack on the stack, and match nothing. */
const deepest = 50

function readGlob(reader: Reader, separators: string, depth: number): Parsed {
  if (depth > deepest) return undefined
  const nodes: GlobNode[] = []
  for (;;) {
    const character = reader.characters[reader.at]
    if (character === undefined || (depth > 0 && (character === ',' || character === '}'))) return nodes
    reader.at += 1
    const node = readNode(reader, character, separators, depth)
    if (node === undefined) return undefined
    const last = nodes[nodes.length - 1]
    if (node.kind === 'text' && last?.kind === 'text')
      nodes[nodes.length - 1] = { kind: 'text', text: last.text + node.text }
    else nodes.push(node)
  }
}

function readNode(reader: Reader, character: string, separators: string, depth: number): GlobNode | undefined {
  if (character === '*') {
    if (reader.characters[reader.at] !== '*') return { kind: 'run', not: separators }
    reader.at += 1
    return { kind: 'run', not: '' }
  }
  if (character === '?') return { kind: 'one', not: separators }
  if (character === '[') return readClass(reader)
  if (character === '{') return readEither(reader, separators, depth)
  if (character !== '\\') return { kind: 'text', text: character }
  const escaped = reader.characters[reader.at]
  reader.at += 1
  return { kind: 'text', text: escaped ?? '' }
}

function readEither(reader: Reader, separators: string, depth: number): GlobNode | undefined {
  const patterns: (readonly GlobNode[])[] = []
  for (;;) {
    const nodes = readGlob(reader, separators, depth + 1)
    if (nodes === undefined) return undefined
    patterns.push(nodes)
    const end = reader.characters[reader.at]
    reader.at += 1
    if (end !== ',') return { kind: 'either', patterns }
  }
}

/** gobwas knows either one range or one list of characters in brackets, not both. */
function readClass(reader: Reader): GlobNode | undefined {
  const { characters } = reader
  const negated = characters[reader.at] === '!'
  if (negated) reader.at += 1
  const [first, dash, last, end] = characters.slice(reader.at, reader.at + 4)
  if (first !== undefined && dash === '-') {
    reader.at += 4
    return last !== undefined && end === ']' && first <= last
      ? { kind: 'class', negated, ranges: [[first, last]] }
      : undefined
  }
  const letters: string[] = []
  while (characters[reader.at] !== ']') {
    if (characters[reader.at] === '\\') reader.at += 1
    const letter = characters[reader.at]
    if (letter === undefined) return undefined
    letters.push(letter)
    reader.at += 1
  }
  reader.at += 1
  return letters.length === 0 ? undefined : { kind: 'class', negated, ranges: letters.map(letter => [letter, letter]) }
}

function parseFilePath(pattern: string): Parsed {
  const reader = { characters: Array.from(pattern), at: 0 }
  const nodes: GlobNode[] = []
  while (reader.at < reader.characters.length) {
    const character = reader.characters[reader.at] ?? ''
    reader.at += 1
    const node = readFilePathNode(reader, character)
    if (node === undefined) return undefined
    nodes.push(node)
  }
  return nodes
}

function readFilePathNode(reader: Reader, character: string): GlobNode | undefined {
  if (character === '*') return { kind: 'run', not: '/' }
  if (character === '?') return { kind: 'one', not: '/' }
  if (character === '[') return readFilePathClass(reader)
  if (character !== '\\') return { kind: 'text', text: character }
  const escaped = reader.characters[reader.at]
  reader.at += 1
  return escaped === undefined ? undefined : { kind: 'text', text: escaped }
}

function readFilePathClass(reader: Reader): GlobNode | undefined {
  const { characters } = reader
  const negated = characters[reader.at] === '^'
  if (negated) reader.at += 1
  const ranges: (readonly [string, string])[] = []
  while (characters[reader.at] !== ']' || ranges.length === 0) {
    const low = readClassLetter(reader)
    if (low === undefined) return undefined
    const ranged = characters[reader.at] === '-'
    if (ranged) reader.at += 1
    const high = ranged ? readClassLetter(reader) : low
    if (high === undefined) return undefined
    ranges.push([low, high])
  }
  reader.at += 1
  return { kind: 'class', negated, ranges }
}

function readClassLetter(reader: Reader): string | undefined {
  const character = reader.characters[reader.at]
  if (character === undefined || character === '-' || character === ']') return undefined
  reader.at += 1
  if (character !== '\\') return character
  const escaped = reader.characters[reader.at]
  reader.at += 1
  return escaped
}
