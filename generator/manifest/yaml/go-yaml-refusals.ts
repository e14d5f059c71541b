// What the `yaml` package lets pass and go-yaml refuses: tabs before a key or an item, and a key whose colon stands on another line.
// Without these a file would be called good that kustomize cannot read.

import { isAlias, isScalar, visit, type Document, type Pair } from 'yaml'
import type { Problem } from './syntax-problem.ts'

/** Problems of a document whose structure was found without any. */
export function goYamlRefusals(chunk: string, document: Document.Parsed, base: number): readonly Problem[] {
  const tabs = chunk.includes('\t') ? tabProblems(chunk, document, base) : []
  return [...tabs, ...keyProblems(chunk, document, base)].slice(0, 10)
}

/** A tab among the spaces, dashes and marks that a line begins with. */
const leadingTab = /^[ ]*(?:[-?:][ ]+)*[-?:]?\t/gm

function tabProblems(chunk: string, document: Document.Parsed, base: number): readonly Problem[] {
  const shelters = sheltersOf(document)
  const problems: Problem[] = []
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
