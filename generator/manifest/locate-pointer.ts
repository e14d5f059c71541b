// JSON pointer to line and column, computed only for the files that have findings.

import { isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml'
import { pointerTokens } from './pointer.ts'

/** Both count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Where a pointer stands in a text. A path that is not there gives its nearest existing ancestor.
 * @param document counts from 1
 * @param on the mapping key or the value; the value where absent
 */
export function locatePointer(
  text: string,
  document: number,
  pointer: string,
  on: 'key' | 'value' = 'value',
): Position {
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: lines, keepSourceTokens: false })
  const root = Array.isArray(parsed) ? (parsed[document - 1] as Document.Parsed | undefined) : undefined
  const offset = offsetOf(root?.contents ?? null, pointerTokens(pointer), on)
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function offsetOf(root: Node | null, tokens: readonly string[], on: 'key' | 'value'): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const [depth, token] of tokens.entries()) {
    const last = depth === tokens.length - 1
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === token)
      if (pair === undefined || !isPair(pair)) return offset
      const keyOffset = (pair.key as Node).range?.[0] ?? offset
      offset = last && on === 'key' ? keyOffset : ((pair.value as Node | null)?.range?.[0] ?? keyOffset)
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(token)]
      if (item === undefined) return offset
      offset = (item as Node).range?.[0] ?? offset
      node = item
    } else return offset
  }
  return offset
}
