// Unquoted words that mean different things to different readers: `on`, `0755`, `1:30`. For findings such as "a boolean where a string
// is wanted, because `on` was not quoted". Reads the text with the full parser, so only files that have findings should come here.

import { isScalar, visit, type Document, type Node, type Pair } from 'yaml'
import { child } from './pointer.ts'
import { cutDocuments } from './yaml/cut-documents.ts'
import { parseDocuments } from './yaml/find-structure.ts'
import { lineFinder } from './yaml/marks.ts'
import { readingsOf, type Readings } from './yaml/readings.ts'
import { normalize } from './yaml/text-problems.ts'

export interface AmbiguousScalar {
  /** Counts from 1. */
  readonly document: number
  readonly pointer: string
  readonly on: 'key' | 'value'
  readonly text: string
  readonly line: number
  readonly column: number
  /** What each reader makes of it. */
  readonly readings: Readings
}

/** All plain scalars of a text that kustomize, kubectl, YAML 1.1 and YAML 1.2 do not all read the same way, in document order. */
export function ambiguousPlainScalars(raw: string): readonly AmbiguousScalar[] {
  const text = normalize(raw)
  const positionOf = lineFinder(text)
  return cutDocuments(text).flatMap(({ start, end }, index) => {
    const [document] = parseDocuments(text.slice(start, end))
    if (document === undefined || document.errors.length > 0) return []
    return ambiguousIn(document).map(({ offset, ...found }) => ({
      document: index + 1,
      ...found,
      ...positionOf(start + offset),
    }))
  })
}

type Found = Omit<AmbiguousScalar, 'document' | 'line' | 'column'> & { readonly offset: number }

function ambiguousIn(document: Document.Parsed): readonly Found[] {
  const found: Found[] = []
  visit(document, {
    Scalar: (key, node, path) => {
      if (node.type !== 'PLAIN' || node.tag !== undefined || !node.source || !node.range) return
      const readings = readingsOf(node.source)
      if (readings === undefined) return
      const on = key === 'key' ? 'key' : 'value'
      const pointer = pointerOf([...path, node] as readonly unknown[])
      found.push({ pointer, on, text: node.source, readings, offset: node.range[0] })
    },
  })
  return found
}

/** The pointer of the last node of a path from the document down; a key has its entry's. */
function pointerOf(path: readonly unknown[]): string {
  let pointer = ''
  for (const [depth, node] of path.entries()) {
    const next = path[depth + 1]
    if (isPairNode(node)) pointer = child(pointer, keyText(node))
    else if (isListNode(node) && next !== undefined) pointer = child(pointer, String(node.items.indexOf(next as Node)))
  }
  return pointer
}

function isPairNode(node: unknown): node is Pair {
  return typeof node === 'object' && node !== null && 'key' in node
}

function isListNode(node: unknown): node is { readonly items: readonly unknown[] } {
  if (typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) return false
  return !node.items.some(isPairNode)
}

function keyText({ key }: Pair): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : ''
}
