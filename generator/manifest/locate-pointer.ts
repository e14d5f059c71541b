// JSON pointer to line and column, computed only for the files that have findings. Reads the text as `parseYaml` does, so both agree
// on what is where.

import { pointerTokens } from './pointer.ts'
import { isMap, type YamlValue } from './value.ts'
import type { Marks, Position } from './yaml/marks.ts'
import { readDocuments, type ReadText } from './yaml/read-documents.ts'

export type { Position } from './yaml/marks.ts'

export interface PointerRequest {
  /** Counts from 1. */
  readonly document: number
  readonly pointer: string
  /** The mapping key or the value; the value where absent. */
  readonly on?: 'key' | 'value'
}

/**
 * Where a pointer stands in a text. A path that is not there gives its nearest existing ancestor: the key of the map that lacks
 * the entry, or the document's first value.
 * @param document counts from 1
 * @param on the mapping key or the value; the value where absent
 */
export function locatePointer(
  text: string,
  document: number,
  pointer: string,
  on: 'key' | 'value' = 'value',
): Position {
  return locatePointers(text, [{ document, pointer, on }])[0] ?? { line: 1, column: 1 }
}

/** The same for many pointers of one text, which is read once; the answers are in the order of the requests. */
export function locatePointers(text: string, requests: readonly PointerRequest[]): readonly Position[] {
  const marks: Marks = new WeakMap()
  const read = readDocuments(text, '', 'go-yaml-3', marks)
  return requests.map(request => read.positionOf(offsetOf(request, read, marks)))
}

function offsetOf({ document, pointer, on = 'value' }: PointerRequest, read: ReadText, marks: Marks): number {
  const root = read.documents[document - 1]
  if (root === undefined) return 0
  const tokens = pointerTokens(pointer)
  let { offset } = root
  let keyOffset = offset
  let container: YamlValue | undefined = root.value
  for (const [depth, token] of tokens.entries()) {
    const key = Array.isArray(container) ? Number(token) : token
    const mark = typeof container === 'object' && container !== null ? marks.get(container)?.get(key) : undefined
    // Something is missing in this container: point at the key that holds it.
    if (mark === undefined) return isMap(container) ? keyOffset : offset
    keyOffset = mark[0]
    offset = on === 'key' && depth === tokens.length - 1 ? mark[0] : mark[1]
    container = (container as Readonly<Record<string | number, YamlValue>>)[key]
  }
  return offset
}
