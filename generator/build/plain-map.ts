// Maps of text as data.

import { kindOfPlain } from '../manifest/yaml/scalar-rules.ts'
import { needsNoQuotes, noteSpelling } from '../manifest/yaml/spelling.ts'
import { newMap, type MutableMap } from '../merge/mutable.ts'

export function mapFrom(entries: Iterable<readonly [string, string]>): MutableMap {
  const map = newMap()
  for (const [key, value] of entries) map[key] = value
  return map
}

/**
 * The same, with text in quotes that YAML 1.1 would take for something else (`yes`, `0o7`): whatever is written over it is text, too.
 * Follows kyaml/yaml/datamap.go (makeConfigMapValueRNode) and kyaml/yaml/compatibility.go (IsYaml1_1NonString).
 */
export function quotedMapFrom(entries: Iterable<readonly [string, string]>): MutableMap {
  const map = newMap()
  for (const [key, value] of entries) {
    map[key] = value
    if (needsNoQuotes(value) && kindOfPlain(value, 'yaml-1.1') !== 'string')
      noteSpelling(map, key, { value, text: value, style: 'quoted' })
  }
  return map
}
