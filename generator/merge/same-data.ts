// Equality of plain data, the way Kubernetes means it: order matters in lists, not in maps.

import { isList, isMap, type YamlValue } from '../manifest/value.ts'

/** Deep equality; an undefined field counts as absent. */
export function sameData(a: YamlValue | undefined, b: YamlValue | undefined): boolean {
  if (a === b) return true
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => sameData(item, b[index]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every(key => sameData(a[key], b[key]))
}
