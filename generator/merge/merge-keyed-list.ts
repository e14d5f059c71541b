// Lists merged by element: which elements of two lists are the same one, and in what order the result stands.
// Follows kyaml/yaml/walk/associative_sequence.go step by step, its oddities included (an element without any merge key empties what
// was gathered so far; an incomplete second key matches any): kustomize's output depends on them.

import { isList, isMap, type YamlValue } from '../manifest/value.ts'
import { MergeRefusal } from './merge-refusal.ts'
import { scalarText, type MutableList, type MutableMap, type MutableValue } from './mutable.ts'

/** Merges two matching elements; undefined or null removes the element. */
export type MergeElements = (
  destination: MutableValue | undefined,
  origin: MutableValue | undefined,
) => MutableValue | undefined

/**
 * Merges a list of a patch into a list of an object.
 * @param destination the object's list, or the patch's own where the object has none
 * @param keys the merge keys; none for a list of plain values, merged as a set
 */
export function mergeKeyedList(
  destination: MutableList,
  origin: MutableList | undefined,
  keys: readonly string[],
  mergeElements: MergeElements,
): MutableList {
  if (keys.length > 1) refuseOthers(destination)
  const identities =
    keys.length === 0 ? plainIdentities(destination, origin) : keyedIdentities(destination, origin, keys)
  const names = keys.length === 0 ? [''] : keys
  const usable = usableKeys(identities, names)
  const merged: MutableList = []
  for (const values of identities) {
    const wanted = usableValues(usable, names, values)
    const element = mergeElements(findElement(destination, usable, wanted), findElement(origin, usable, wanted))
    if (element === undefined || element === null || isEmptyMap(element)) {
      usable.forEach(() => setElement(destination, undefined, usable, wanted))
      continue
    }
    completeKeys(element, usable, wanted)
    setElement(merged, element, usable, wanted)
  }
  if (identities.length === 0) return destination
  return appendRest(merged, destination, usable)
}

/** Where several keys tell elements apart, an object's list holds maps, or nulls, which vanish. */
function refuseOthers(list: MutableList): void {
  const other = list.find(element => element !== null && !isMap(element))
  if (other === undefined) return
  throw new MergeRefusal(`expected a map in the list, found ${isList(other) ? 'a list' : `"${plainText(other)}"`}`)
}

/** The elements' keys, patch first, each combination once. */
function keyedIdentities(
  destination: MutableList,
  origin: MutableList | undefined,
  keys: readonly string[],
): (readonly string[])[] {
  const found = unique([...(origin ?? []), ...destination].map(element => keys.map(key => keyText(element, key))))
  return keys.length > 1 ? joinIncomplete(found) : found
}

function plainIdentities(destination: MutableList, origin: MutableList | undefined): (readonly string[])[] {
  return unique([...(origin ?? []), ...destination].map(element => [scalarText(element)]))
}

function unique(identities: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(identities.map(values => [JSON.stringify(values), values])).values()]
}

/** Combinations that differ only where one of them says nothing become one: port 80 is port 80/TCP. */
function joinIncomplete(identities: (readonly string[])[]): (readonly string[])[] {
  for (let i = 0; i < identities.length; i++) {
    // As it is at first: what it becomes in this round counts in the next.
    const values = identities[i] ?? []
    for (let j = 0; j < identities.length; j++) {
      const joined = join(values, identities[j] ?? [])
      if (joined === undefined) continue
      identities[i] = joined
      identities[j] = joined
    }
  }
  return identities
}

function join(a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  if (a.length !== b.length || !a.some((value, index) => value === b[index])) return undefined
  if (a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '')) return undefined
  return a.map((value, index) => (value === '' ? (b[index] ?? '') : value))
}

/** The keys that any element has a value for; all of them where none has. */
function usableKeys(identities: readonly (readonly string[])[], keys: readonly string[]): readonly string[] {
  const some = keys.filter((_, index) => identities.some(values => (values[index] ?? '') !== ''))
  return some.length === 0 ? keys : some
}

function usableValues(
  usable: readonly string[],
  keys: readonly string[],
  values: readonly string[],
): readonly string[] {
  return usable.length === keys.length ? values : values.filter((_, index) => usable.includes(keys[index] ?? ''))
}

function findElement(
  list: MutableList | undefined,
  keys: readonly string[],
  values: readonly string[],
): MutableValue | undefined {
  const filled = keys.flatMap((key, index) =>
    (values[index] ?? '') === '' ? [] : [[key, values[index] ?? ''] as const],
  )
  const pairs = filled.length > 0 ? filled : keys.map((key, index) => [key, values[index] ?? ''] as const)
  if (pairs[0]?.[0] === '') return list?.find(element => plainText(element) === pairs[0]?.[1])
  return list?.find(element => isMap(element) && pairs.every(([key, value]) => hasField(element, key, value)))
}

function hasField(element: MutableMap, key: string, value: string): boolean {
  return Object.hasOwn(element, key) && plainText(element[key]) === value
}

/** Every element carries its keys, even where it got one from its namesake. */
function completeKeys(element: MutableValue, keys: readonly string[], values: readonly string[]): void {
  if (!isMap(element)) return
  for (const [index, key] of keys.entries()) {
    const value = values[index] ?? ''
    if (value !== '' && !Object.hasOwn(element, key))
      (element as MutableMap)[key] = /^\d+$/.test(value) ? Number(value) : value
  }
}

/** The object's own elements after the merged ones; those that were merged keep the place they got. */
function appendRest(merged: MutableList, rest: MutableList, keys: readonly string[]): MutableList {
  for (const element of rest) {
    if (keys[0] === '') {
      setElement(merged, element, [''], [plainText(element)])
      continue
    }
    const values: string[] = []
    for (const key of keys) {
      if (isMap(element) && Object.hasOwn(element, key)) values.push(plainText(element[key]))
      else merged.push(element)
    }
    if (keys.length > 1) setElement(merged, undefined, keys, values)
    setElement(merged, element, keys, values)
  }
  return merged
}

/** Replaces the elements that have these key values, or removes them (`element` undefined), or appends where none has. */
export function setElement(
  list: MutableList,
  element: MutableValue | undefined,
  keys: readonly string[],
  values: readonly string[],
): void {
  const kept: MutableList = []
  let found = false
  for (const existing of list) {
    if (isEmptyElement(existing)) continue
    if (isPassedOver(existing, keys, values)) kept.push(existing)
    else if (!hasKeys(existing, keys, values)) kept.push(...(values.length > 0 ? [existing] : []))
    else {
      found = true
      kept.push(...(element === undefined ? [] : [element]))
    }
  }
  if (!found && element !== undefined && element !== null) kept.push(element)
  list.splice(0, list.length, ...kept)
}

function isEmptyElement(value: MutableValue | undefined): boolean {
  return value === undefined || value === null || isEmptyMap(value)
}

/** Plain values are left alone where a map is looked for. */
function isPassedOver(element: MutableValue, keys: readonly string[], values: readonly string[]): boolean {
  return !isMap(element) && (keys[0] ?? '') !== '' && (values[0] ?? '') !== ''
}

function hasKeys(element: MutableValue, keys: readonly string[], values: readonly string[]): boolean {
  let last = false
  for (const [index, key] of keys.entries()) {
    if (index < values.length) last = matches(element, key, values[index] ?? '')
    if (!last) return false
  }
  return true
}

function matches(element: MutableValue, key: string, value: string): boolean {
  if (key === '') {
    if (isMap(element) || isList(element))
      throw new MergeRefusal('expected a plain value in the list, found a map or list')
    return plainText(element) === value
  }
  if (!isMap(element)) throw new MergeRefusal(`expected a map in the list, found "${plainText(element)}"`)
  return Object.hasOwn(element, key) && (value === '' || plainText(element[key]) === value)
}

function keyText(element: MutableValue, key: string): string {
  return isMap(element) ? scalarText(element[key]) : ''
}

function plainText(value: YamlValue | undefined): string {
  return value === null ? 'null' : scalarText(value)
}

function isEmptyMap(value: MutableValue): boolean {
  return isMap(value) && Object.keys(value).length === 0
}
