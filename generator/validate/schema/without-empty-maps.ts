// Built-in objects as the API server has them once they are read: a map of names and values that is empty is not there (omitempty), while
// an object with named fields stays (`emptyDir: {}`). Only the schema tells the two apart.

import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { SchemaNode } from './schema-node.ts'

/** The value without empty maps; the same value where there is none. */
export function withoutEmptyMaps(node: SchemaNode, value: YamlValue): YamlValue {
  if (isMap(value)) return withoutThem(node, value)
  const { items } = node
  if (!isList(value) || items === undefined) return value
  const entries = value.map(entry => withoutEmptyMaps(items, entry))
  return entries.some((entry, index) => entry !== value[index]) ? entries : value
}

function withoutThem(node: SchemaNode, map: YamlMap): YamlMap {
  const properties = node.shape?.().properties
  const kept = Object.entries(map).flatMap(([name, value]): readonly (readonly [string, YamlValue])[] => {
    const field = properties?.get(name) ?? node.values
    if (value === undefined || (properties?.has(name) === true && isEmptyMap(field, value))) return []
    return [[name, field === undefined ? value : withoutEmptyMaps(field, value)]]
  })
  const isSame = kept.length === Object.keys(map).length && kept.every(([name, value]) => value === map[name])
  return isSame ? map : Object.fromEntries(kept)
}

function isEmptyMap(node: SchemaNode | undefined, value: YamlValue): boolean {
  return node?.values !== undefined && isMap(value) && Object.keys(value).length === 0
}
