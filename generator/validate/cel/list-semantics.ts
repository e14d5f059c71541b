// Lists of a schema that are sets, or maps by the keys of their entries: order does not count when they are compared, and `+`
// merges. Kept beside the lists, so that every function sees plain lists.
// Follows k8s.io/apiserver/pkg/cel/common/values.go (unstructuredSetList, unstructuredMapList).

import type { CelList, CelValue } from './values.ts'

/** What tells the entries of a list apart. */
export type KeyOf = (entry: CelValue) => CelValue

const keys = new WeakMap<CelList, KeyOf>()

/** Marks a list as told apart by keys, and gives it back. */
export function withKeys(list: CelList, keyOf: KeyOf): CelList {
  keys.set(list, keyOf)
  return list
}

/** How the entries of a list are told apart; undefined for lists whose order counts. */
export function keysOf(list: CelList): KeyOf | undefined {
  return keys.get(list)
}
