// Which entry of a list is which entry of the same list before a change: lists told apart by keys say so, others do not.
// Follows k8s.io/apiserver/pkg/cel/common/equality.go (CorrelatedObject).

import { isList, isMap, type YamlValue } from '../../manifest/value.ts'
import type { SchemaNode } from './schema-node.ts'

/** The entry as it was; undefined where there was none, or where nothing tells entries apart. */
export function correlatedEntry(list: SchemaNode, entry: YamlValue, old: YamlValue | undefined): YamlValue | undefined {
  const names = list.keys?.names
  if (names === undefined || !isList(old) || !isMap(entry)) return undefined
  return old.find(other => isMap(other) && names.every(name => sameYaml(other[name] ?? null, entry[name] ?? null)))
}

/** Whether two values are the same data, whatever the order of their keys. */
export function sameYaml(a: YamlValue, b: YamlValue): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => sameYaml(item, b[index] ?? null))
  if (!isMap(a)) return a === b
  if (!isMap(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every(key => {
    const [left, right] = [a[key], b[key]]
    return left === undefined || right === undefined ? left === right : sameYaml(left, right)
  })
}
