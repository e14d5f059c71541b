// Patterns that gobwas/glob v0.2.3, the library Argo CD matches with, compiles to something else than they say: alternatives
// with a wildcard in a longer pattern are taken for texts of one length (match/any_of.go, Len) or are never found at all
// (match/btree.go, Index), and an empty alternative can crash it. `team-{a*,b}` matches "team-a" and not "team-abc".

import { parseGlob, type GlobNode } from './glob.ts'

/** Whether the library may answer otherwise than the pattern reads. Patterns that do not compile are not meant. */
export function isMisreadGlob(pattern: string): boolean {
  return pattern.includes('{') && misreads(parseGlob(pattern, '') ?? [])
}

function misreads(nodes: readonly GlobNode[]): boolean {
  return nodes.some(node => node.kind === 'either' && misreadsAlternatives(node.patterns, nodes.length === 1))
}

/** Alternatives that are the whole pattern are tried one by one, and each is a pattern of its own. */
function misreadsAlternatives(patterns: readonly (readonly GlobNode[])[], whole: boolean): boolean {
  const reduced = withoutCommonEnds(patterns)
  if (!whole || reduced.stripped) return isMisplaced(reduced.patterns)
  return patterns.every(({ length }) => length === 0) || patterns.some(misreads)
}

/** Whether alternatives inside a longer pattern are read as one length that they do not have, or never found. */
function isMisplaced(patterns: readonly (readonly GlobNode[])[]): boolean {
  const lengths = patterns.map(lengthOf)
  const claimed = claimedLength(lengths)
  return (claimed !== undefined && lengths.includes(undefined)) || patterns.some(nodes => !isFindable(nodes))
}

/** The length in characters of what a pattern matches, as the library has it; undefined where it varies. */
function lengthOf(nodes: readonly GlobNode[]): number | undefined {
  let sum = 0
  for (const node of nodes) {
    const length = lengthOfNode(node)
    if (length === undefined) return undefined
    sum += length
  }
  return sum
}

function lengthOfNode(node: GlobNode): number | undefined {
  if (node.kind === 'text') return Array.from(node.text).length
  if (node.kind === 'run') return undefined
  return node.kind === 'either' ? claimedLength(node.patterns.map(lengthOf)) : 1
}

/** A length that varies is forgotten when a fixed one follows. */
function claimedLength(lengths: readonly (number | undefined)[]): number | undefined {
  const fixed = lengths.slice(lengths.findIndex(length => length !== undefined))
  return fixed.every(length => length === fixed[0]) ? fixed[0] : undefined
}

/** Searched for inside a text: what has a fixed length, and a text before or after one wildcard. */
function isFindable(nodes: readonly GlobNode[]): boolean {
  const [first, second, third] = nodes
  if (first === undefined) return false
  if (lengthOf(nodes) !== undefined) return true
  if (second === undefined) return first.kind === 'run'
  return third === undefined && [first.kind, second.kind].sort().join() === 'run,text'
}

/** What all alternatives begin or end with is moved out of them first (compiler/compiler.go, minimizeTreeAnyOf). */
function withoutCommonEnds(patterns: readonly (readonly GlobNode[])[]): {
  readonly patterns: readonly (readonly GlobNode[])[]
  readonly stripped: boolean
} {
  const shortest = Math.min(...patterns.map(({ length }) => length))
  if (patterns.length < 2 || shortest === 0) return { patterns, stripped: false }
  const same = (at: (length: number) => number): boolean =>
    new Set(patterns.map(nodes => JSON.stringify(nodes[at(nodes.length)]))).size === 1
  let start = 0
  while (start < shortest && same(() => start)) start += 1
  let end = 0
  while (start + end < shortest && same(length => length - 1 - end)) end += 1
  return { patterns: patterns.map(nodes => nodes.slice(start, nodes.length - end)), stripped: start + end > 0 }
}
