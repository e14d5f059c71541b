// How values stand in their file, where the data does not tell: `1.50`, `0755`, `True`, `2001-01-01`. Kustomize keeps the text of
// every value until it prints, and copies it as text. Kept beside the data, by the identity of the map or list that has the value.

import type { Scalar } from '../value.ts'

interface Spelling {
  readonly value: Scalar | undefined
  readonly text: string
  /** Nobody has said what type the value is of: its text decides, whenever it changes. */
  readonly untyped: boolean
}

type Key = string | number

const spellings = new WeakMap<object, Map<Key, Spelling>>()

/**
 * Notes how an entry of a map or list is written. Forgotten as soon as the entry gets another value.
 * @param untyped the entry has no type of its own: what is written into it later may become a number or a truth value
 */
export function noteSpelling(
  container: object,
  key: Key,
  value: Scalar | undefined,
  text: string,
  untyped = false,
): void {
  const entries = spellings.get(container)
  if (!untyped && (typeof value === 'object' || String(value) === text)) entries?.delete(key)
  else if (entries === undefined) spellings.set(container, new Map([[key, { value, text, untyped }]]))
  else entries.set(key, { value, text, untyped })
}

/** The text of an entry that is written unlike its value, or has no type; undefined for all others. */
export function spellingOf(container: object, key: Key): Spelling | undefined {
  const spelling = spellings.get(container)?.get(key)
  if (spelling === undefined) return undefined
  return (container as { readonly [entry: Key]: unknown })[key] === spelling.value ? spelling : undefined
}

/** A copy of a map or list is written like the original. */
export function copySpellings(original: object, copy: object): void {
  const entries = spellings.get(original)
  if (entries !== undefined) spellings.set(copy, new Map(entries))
}

/** One entry is written like another, from where its value came. */
export function copySpelling(from: object, fromKey: Key, to: object, key: Key): void {
  const spelling = spellings.get(from)?.get(fromKey)
  if (spelling === undefined) spellings.get(to)?.delete(key)
  else noteSpelling(to, key, spelling.value, spelling.text, spelling.untyped)
}

/** From here on the entries are written as their values are. */
export function forgetSpellings(container: object): void {
  spellings.delete(container)
}
