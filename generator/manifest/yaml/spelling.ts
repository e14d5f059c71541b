// How values stand in their file, where the data does not tell: `1.50`, `0755`, `True`, `2001-01-01`, or text in quotes that it does not
// need. Kustomize keeps the text of every value until it prints, copies it as text, and keeps quotes around whatever is written between
// them. Kept beside the data, by the identity of the map or list that has the value.

import type { Scalar } from '../value.ts'
import { refold } from './refold.ts'
import { resolvePlain } from './scalar-rules.ts'

/**
 * `plain`: without quotes. `quoted`: in quotes, or as a block of text, whose value is what is printed of it. `bare`: text from
 * quotes that stands where there were none: what is written over it takes its own type. `untyped`: nobody has said what type the value is of, its text
 * decides whenever it changes. `braced`: left blank inside brackets, where go-yaml writes it as empty text.
 */
export type Style = 'plain' | 'quoted' | 'bare' | 'untyped' | 'braced'

export interface Spelling {
  readonly value: Scalar | undefined
  readonly text: string
  readonly style: Style
}

type Key = string | number

/** Shared by copies until one of them is written. */
interface Entries {
  readonly map: Map<Key, Spelling>
  shared: boolean
}

const spellings = new WeakMap<object, Entries>()

/** Notes how an entry of a map or list is written. Forgotten as soon as the entry gets another value. */
export function noteSpelling(container: object, key: Key, spelling: Spelling): void {
  const { value, text, style } = spelling
  const known = spellings.get(container)
  if (style === 'plain' && String(value) === text) {
    if (known?.map.has(key) === true) own(container, known).delete(key)
  } else if (known === undefined) spellings.set(container, { map: new Map([[key, spelling]]), shared: false })
  else own(container, known).set(key, spelling)
}

function own(container: object, entries: Entries): Map<Key, Spelling> {
  if (!entries.shared) return entries.map
  const map = new Map(entries.map)
  spellings.set(container, { map, shared: false })
  return map
}

/** How an entry is written whose value does not tell; undefined for all others. */
export function spellingOf(container: object, key: Key): Spelling | undefined {
  const spelling = spellings.get(container)?.map.get(key)
  if (spelling === undefined) return undefined
  return (container as { readonly [entry: Key]: unknown })[key] === spelling.value ? spelling : undefined
}

/** A copy of a map or list is written like the original. */
export function copySpellings(original: object, copy: object): void {
  const entries = spellings.get(original)
  if (entries === undefined) return
  entries.shared = true
  spellings.set(copy, entries)
}

/** One entry is written like another, from where its value came. */
export function copySpelling(from: object, fromKey: Key, to: object, key: Key): void {
  const spelling = spellingOf(from, fromKey)
  const known = spellings.get(to)
  if (spelling !== undefined) noteSpelling(to, key, spelling)
  else if (known?.map.has(key) === true) own(to, known).delete(key)
}

/** From here on the entries are written as their values are. */
export function forgetSpellings(container: object): void {
  spellings.delete(container)
}

/** Whether a string would be the same without quotes: of the others it is certain that they stand in quotes. */
export function needsNoQuotes(text: string): boolean {
  return !text.includes('\n') && resolvePlain(text, 'go-yaml-3') === text
}

/** Whether an entry that is a string stands in quotes, or as a block of text. */
export function isQuoted(container: object, key: Key): boolean {
  const value = (container as { readonly [entry: Key]: unknown })[key]
  if (typeof value !== 'string') return false
  const spelling = spellingOf(container, key)
  return spelling === undefined ? !needsNoQuotes(value) : spelling.style === 'quoted'
}

/** Whether an entry is a folded block, which is printed otherwise than it is written. */
export function isRefolded(container: object, key: Key): boolean {
  const spelling = spellingOf(container, key)
  return spelling?.style === 'quoted' && spelling.text !== spelling.value
}

/** An entry in quotes, or a block of text, and how its value is changed. */
export interface QuotedPlace {
  readonly container: object
  readonly key: Key
  readonly set: (value: string) => void
}

/** Writes a text between the quotes that stand there, or as the block that stands there. */
export function writeQuoted({ container, key, set }: QuotedPlace, text: string): void {
  const value = isRefolded(container, key) ? refold(text) : text
  set(value)
  if (value !== text || needsNoQuotes(text)) noteSpelling(container, key, { value, text, style: 'quoted' })
}
