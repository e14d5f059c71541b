// What the server does to a custom resource before it validates it: nulls that are not allowed are dropped, defaults filled in.
// Follows apiextensions-apiserver/pkg/apiserver/schema/defaulting.

import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { SchemaNode } from './schema-node.ts'

/** The value with its defaults; the same value where there is nothing to fill in. Never changes what it is given. */
export function applyDefaults(node: SchemaNode, value: YamlValue, depth = 0): YamlValue {
  if (depth > deepest) return value
  if (isMap(value)) return defaultedMap(node, value, depth)
  if (!isList(value) || node.items === undefined) return value
  const { items } = node
  const entries = value.map(entry => applyDefaults(items, entry, depth + 1))
  return entries.some((entry, index) => entry !== value[index]) ? entries : value
}

/** The check refuses what is deeper. */
const deepest = 1000

function defaultedMap(node: SchemaNode, map: YamlMap, depth: number): YamlMap {
  const filled = { ...map, ...missingDefaults(node, map) } as Record<string, YamlValue>
  let changed = Object.keys(filled).some(key => filled[key] !== map[key])
  for (const [key, value] of Object.entries(filled)) {
    const field = node.shape?.().properties.get(key) ?? node.values
    const defaulted = field === undefined ? value : applyDefaults(field, value, depth + 1)
    if (defaulted === value) continue
    filled[key] = defaulted
    changed = true
  }
  return changed ? filled : map
}

/** The defaults of fields that are absent; a null that is not allowed counts as absent. */
function missingDefaults({ shape }: SchemaNode, map: YamlMap): Record<string, YamlValue> {
  const missing: Record<string, YamlValue> = {}
  for (const [name, { defaultValue, nullable }] of shape?.().properties ?? []) {
    const value = map[name]
    const absent = value === undefined || (value === null && nullable !== true)
    if (absent && defaultValue !== undefined) missing[name] = defaultValue
  }
  return missing
}
