// Equality of plain data, the way Kubernetes means it: order matters in lists, not in maps.

import { isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'

/** Deep equality; an undefined field counts as absent, and a bigint equals the number of the same value. */
export function sameData(a: YamlValue | undefined, b: YamlValue | undefined): boolean {
  if (a === b) return true
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => sameData(item, b[index]))
  if (isMap(a)) return isMap(b) && sameFields(a, b)
  // A bigint and a number are never strictly equal; `==` compares them by value.
  return isNumeric(a) && isNumeric(b) && a == b
}

function sameFields(a: YamlMap, b: YamlMap): boolean {
  const keys = fieldsOf(a)
  return keys.length === fieldsOf(b).length && keys.every(key => Object.hasOwn(b, key) && sameData(a[key], b[key]))
}

function fieldsOf(map: YamlMap): readonly string[] {
  return Object.keys(map).filter(key => map[key] !== undefined)
}

function isNumeric(value: YamlValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
