// Maps of text as data.

import { newMap, type MutableMap } from '../merge/mutable.ts'

export function mapFrom(entries: Iterable<readonly [string, string]>): MutableMap {
  const map = newMap()
  for (const [key, value] of entries) map[key] = value
  return map
}
