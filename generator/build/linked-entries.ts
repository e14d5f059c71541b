// Labels that are one thing in several places.
//
// A label that a transformer adds to several maps of an object (its labels, its selector, its pod template) is a single YAML node in
// kustomize, and stays one through all later layers: whoever overwrites one of the entries overwrites them all. That a label of
// `labels:` without `includeSelectors` can thus change a selector is a bug upstream, and part of what kustomize prints.

import { isList, isMap } from '../manifest/value.ts'
import type { MutableMap, MutableValue } from '../merge/mutable.ts'

interface Link {
  readonly key: string
  readonly maps: readonly MutableMap[]
  value: MutableValue | undefined
}

export class LinkedEntries {
  #links: readonly Link[] = []

  /** The entries of this key in these maps were made as one. */
  link(key: string, maps: readonly MutableMap[], value: MutableValue): void {
    if (maps.length > 1) this.#links = [...this.#links, { key, maps, value }]
  }

  /** Overwrites an entry, and those that are one with it. */
  overwrite(map: MutableMap, key: string, value: MutableValue): void {
    const link = this.#links.find(
      candidate => candidate.key === key && candidate.value === map[key] && candidate.maps.includes(map),
    )
    map[key] = value
    if (link === undefined) return
    for (const other of link.maps) {
      if (Object.hasOwn(other, key) && other[key] === link.value) other[key] = value
    }
    link.value = value
  }

  forget(): void {
    this.#links = []
  }

  /** The same links over a deep copy of the object. */
  over(original: MutableMap, copy: MutableMap): LinkedEntries {
    const linked = new LinkedEntries()
    if (this.#links.length === 0) return linked
    const copies = new Map<MutableMap, MutableMap>()
    pair(original, copy, copies)
    linked.#links = this.#links.map(({ key, maps, value }) => ({
      key,
      value,
      maps: maps.map(map => copies.get(map)).filter(copied => copied !== undefined),
    }))
    return linked
  }
}

function pair(original: MutableValue, copy: MutableValue, copies: Map<MutableMap, MutableMap>): void {
  if (isList(original) && isList(copy)) {
    for (const [index, item] of original.entries())
      pair(item as MutableValue, (copy[index] ?? null) as MutableValue, copies)
  } else if (isMap(original) && isMap(copy)) {
    copies.set(original as MutableMap, copy as MutableMap)
    for (const key of Object.keys(original)) {
      const value = original[key]
      if (typeof value === 'object' && value !== null)
        pair(value as MutableValue, (copy[key] ?? null) as MutableValue, copies)
    }
  }
}
