// What parsed data does not tell: whether a null was written or left blank. A strategic merge drops blank values and keeps written nulls.

import { parseWithPositions, type YamlDocument } from '../manifest/parse-yaml.ts'
import { isList, isMap, type YamlValue } from '../manifest/value.ts'
import { noteSpelling, spellingOf } from '../manifest/yaml/spelling.ts'
import type { MutableMap } from '../merge/mutable.ts'

/** The documents, as they should be built from; read a second time where the data alone does not tell enough. */
export function withSourceText(
  documents: readonly YamlDocument[],
  text: string,
  file: string,
): readonly YamlDocument[] {
  const nulls = new Set<string>()
  for (const { value } of documents) collectNulls(value, nulls)
  const blank = [...nulls].some(key => mayBeBlank(text, key))
  if (!blank) return documents
  const { value } = parseWithPositions(text, file)
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const writtenAt: WrittenAt = (container, key) => {
    const at = value.positionOf(container, key)
    const start = value.positionOf(container, key, 'key')
    if (at === undefined) return undefined
    if (isMap(container) && at.line === start?.line && at.column === start.column) return ''
    return lines[at.line - 1]?.slice(at.column - 1)
  }
  for (const document of value.documents) {
    markBlanks(document.value, writtenAt)
  }
  return value.documents
}

/** The rest of the line from where a value begins; '' for a value left blank. */
type WrittenAt = (container: object, key: string | number) => string | undefined

/** The keys that have a null somewhere. */
function collectNulls(value: YamlValue | undefined, keys: Set<string>): void {
  if (isList(value)) {
    for (const item of value) if (typeof item === 'object' && item !== null) collectNulls(item, keys)
  } else if (isMap(value)) {
    for (const key in value) {
      const item = value[key]
      if (item === null) keys.add(key)
      else if (typeof item === 'object') collectNulls(item, keys)
    }
  }
}

/** Whether the key stands anywhere without `null` or `~` behind it: most nulls are written out (`creationTimestamp: null`). */
function mayBeBlank(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    if (!/^["']?\s*:\s+(?:null|Null|NULL|~)\s*(?:[#,}\]\n]|$)/.test(text.slice(at + key.length, at + key.length + 40)))
      return true
  }
  return false
}

function markBlanks(value: YamlValue, writtenAt: WrittenAt): void {
  if (isList(value)) {
    for (const item of value) markBlanks(item, writtenAt)
  } else if (isMap(value)) {
    const map = value as MutableMap
    for (const key of Object.keys(map)) {
      const item = map[key]
      if (item === null && writtenAt(map, key) === '') leaveBlank(map, key)
      else if (typeof item === 'object' && item !== null) markBlanks(item, writtenAt)
    }
  }
}

function leaveBlank(map: MutableMap, key: string): void {
  const spelling = spellingOf(map, key)
  map[key] = undefined
  if (spelling?.style === 'braced') noteSpelling(map, key, { ...spelling, value: undefined })
}
