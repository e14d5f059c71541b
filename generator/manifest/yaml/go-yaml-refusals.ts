// What the `yaml` package lets pass and go-yaml refuses: tabs before a key, an item or the text of a block, a key whose colon stands
// on another line, anchors with other names than go-yaml's, escapes of what is no character, and the escape `\/`. Without these a file would be called
// good that kustomize cannot read.

import { isAlias, isScalar, visit, type Document, type Node, type Pair, type Scalar } from 'yaml'
import type { ScalarRules } from './scalar-rules.ts'
import type { Problem } from './syntax-problem.ts'
import { leavesBlock } from './analyze-string.ts'
import { unwritable } from './unescape.ts'

/** Problems of a document whose structure was found without any. */
export function goYamlRefusals(
  chunk: string,
  document: Document.Parsed,
  base: number,
  rules: ScalarRules,
): readonly Problem[] {
  const tabs = chunk.includes('\t') ? tabProblems(chunk, document, base) : []
  const anchors = chunk.includes('&') ? anchorProblems(document, base) : []
  const escapes = chunk.includes('\\') ? escapeProblems(chunk, document, base, rules) : []
  return [...tabs, ...keyProblems(chunk, document, base), ...anchors, ...escapes].slice(0, 10)
}

/** Halves of characters, which go-yaml refuses (JSON writes "😀" as two of them), and control characters, which kustomize cannot write. */
function escapeProblems(
  chunk: string,
  document: Document.Parsed,
  base: number,
  rules: ScalarRules,
): readonly Problem[] {
  const problems: Problem[] = []
  // kubectl reads JSON as JSON, which has this escape.
  const refusesSlash = rules === 'go-yaml-3' || !/^\s*[[{]/.test(chunk)
  visit(document, {
    Scalar: (_, { type, range }) => {
      const quoted = type === 'QUOTE_DOUBLE' && range ? chunk.slice(range[0], range[1]) : ''
      const escape = badEscape(quoted, refusesSlash)
      if (escape === undefined) return
      problems.push({
        code: 'yaml/control-character',
        offset: base + (range?.[0] ?? 0),
        message: `the escape "${escape}" stands for no character that kustomize takes`,
        help: 'Write the character itself, or remove the escape.',
      })
    },
  })
  return problems
}

const escapeSequence = /\\(?:x(..)|u(.{4})|U(.{8})|(N)|[^])/g

function badEscape(quoted: string, refusesSlash: boolean): string | undefined {
  for (const [escape, two, four, eight, newLine] of quoted.matchAll(escapeSequence)) {
    if (escape === '\\/' && refusesSlash) return escape
    const code = newLine === undefined ? Number.parseInt(two ?? four ?? eight ?? '20', 16) : 0x85
    if ((code >= 0xd800 && code <= 0xdfff) || unwritable.test(String.fromCodePoint(code))) return escape
  }
  return undefined
}

/**
 * go-yaml (scannerc.go: yaml_parser_scan_anchor) ends a name at the first other character and refuses it, or, at a colon, takes
 * `&name:` for an empty key, which nobody means.
 */
function anchorProblems(document: Document.Parsed, base: number): readonly Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Node: (_, node) => {
      const { anchor, range } = node as Node & { anchor?: string }
      if (anchor === undefined || /^[\w-]+$/.test(anchor)) return
      problems.push({
        code: 'yaml/syntax',
        offset: base + (range?.[0] ?? 0),
        message: `"&${anchor}": the name of an anchor holds letters, digits, "-" and "_" alone`,
        help: 'Rename the anchor and its aliases; no colon follows it.',
      })
    },
  })
  return problems
}

/** A tab among the spaces, dashes and marks that a line begins with. */
const leadingTab = /^[ ]*(?:[-?:][ ]+)*[-?:]?\t/gm

function tabProblems(chunk: string, document: Document.Parsed, base: number): readonly Problem[] {
  const shelters = sheltersOf(document)
  const problems = tabsInBlocks(chunk, document, base)
  for (const match of chunk.matchAll(leadingTab)) {
    const offset = match.index + match[0].length - 1
    if (shelters.some(([start, end]) => start < offset && offset < end)) continue
    problems.push({
      code: 'yaml/tab',
      offset: base + offset,
      message: 'a tab stands where only spaces can indent',
      help: 'Replace the tab with spaces.',
    })
  }
  return problems
}

/**
 * go-yaml (scannerc.go: yaml_parser_scan_block_scalar_breaks) finds a block's indentation, unless told, where its text begins, which no
 * tab may do. Where it is told, kustomize prints a text that begins so as a block that it cannot read again.
 */
function tabsInBlocks(chunk: string, document: Document.Parsed, base: number): Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Scalar: (_, { type, value, range }: Scalar) => {
      if (type?.startsWith('BLOCK') !== true || !range || !/^\n*\t/.test(String(value))) return
      const indented = /^[|>][-+]?\d/.test(chunk.slice(range[0], range[0] + 3))
      if (indented && (leavesBlock(String(value)) || String(value).startsWith('\n'))) return
      problems.push({
        code: 'yaml/tab',
        offset: base + chunk.indexOf('\t', range[0]),
        message: 'the text of a block ("|" or ">") begins with a tab',
        help: 'Let the first line begin with something else, or write the text in double quotes.',
      })
    },
  })
  return problems
}

/** Where a line may begin with a tab: inside block scalars, quotes and brackets. */
function sheltersOf(document: Document.Parsed): readonly (readonly [start: number, end: number])[] {
  const ranges: [number, number][] = []
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (range && type !== 'PLAIN') ranges.push([range[0], type?.startsWith('BLOCK') === true ? range[2] : range[1]])
    },
    Collection: (_, node) => {
      const { flow, range } = node as { flow?: boolean; range?: readonly [number, number, number] | null }
      if (flow === true && range) ranges.push([range[0], range[1]])
    },
  })
  return ranges
}

function keyProblems(chunk: string, document: Document.Parsed, base: number): readonly Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Map: (_, map) => {
      if (map.flow === true) return
      for (const pair of map.items) {
        const end = endOfLooseKey(chunk, pair)
        if (end === undefined) continue
        problems.push({
          code: 'yaml/syntax',
          offset: base + end,
          message: 'a key must stand on one line, with its ":"',
          help: 'Put the ":" directly behind the key.',
        })
      }
    },
  })
  return problems
}

const colonBehind = /[ \t]*:/y

/** Where a key ends that has no colon on its line (and no `?` before it, which would allow that). */
function endOfLooseKey(chunk: string, pair: Pair): number | undefined {
  const { key } = pair
  if (!(isScalar(key) || isAlias(key)) || !key.range) return undefined
  const [start, end] = key.range as readonly [number, number, number]
  colonBehind.lastIndex = end
  if (colonBehind.test(chunk)) return undefined
  const before = chunk.slice(chunk.lastIndexOf('\n', start - 1) + 1, start)
  return before.includes('?') || start === end ? undefined : end
}
