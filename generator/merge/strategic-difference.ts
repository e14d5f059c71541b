// The smallest strategic merge patch from one object to another: the other direction of applying one.
//
// The difference is a list of single changes, each knowing its way through the object, so that a caller can sort them into
// files before assembling patches. Some differences cannot be said this way (a null to keep, a list order that merging
// cannot give): then there is none, and the caller writes a JSON patch. Whoever uses a patch applies it and compares.

import { isList, isMap, type Scalar, type YamlList, type YamlMap, type YamlValue } from '../manifest/value.ts'
import type { FieldSchema, MergeSchema } from './merge-keys.ts'
import { sameData } from './same-data.ts'

/** The key values of an element of a keyed list. */
export type ElementKeys = Readonly<Record<string, Scalar>>

/**
 * A field of a map, or the element of a keyed list that has these key values. Merging puts the elements a patch names first,
 * in the patch's order, so a patch names (by their keys alone) the elements that must come before it, too.
 */
export type Step = string | { readonly element: ElementKeys; readonly before: readonly ElementKeys[] }

export interface Change {
  readonly path: readonly Step[]
  /** The new value; null removes a field, `{ $patch: 'delete' }` removes the list element the path ends in. */
  readonly value: YamlValue
}

/** Keys that carry orders to the merge, not data: an object that has them cannot be written as a patch. */
const directive = /^\$(patch|retainKeys|setElementOrder|deleteFromPrimitiveList)/

/** Signals "no such patch" up the recursion; never leaves this module. */
class NoPatch extends Error {}

/**
 * @param schema the merge keys of the object's kind; absent for custom resources, whose lists are replaced whole
 * @returns the changes; an empty list when nothing differs; undefined when no strategic merge patch leads there
 */
export function strategicChanges(
  from: YamlMap,
  to: YamlMap,
  schema: MergeSchema | undefined,
): readonly Change[] | undefined {
  try {
    return mapChanges(from, to, schema, [])
  } catch (error) {
    if (error instanceof NoPatch) return undefined
    throw error
  }
}

/** The patch body that says all of `changes`. */
export function assemblePatch(changes: readonly Change[]): YamlMap {
  const patch: MutableMap = {}
  for (const change of changes) place(patch, change.path, change.value)
  return patch as YamlMap
}

interface MutableMap {
  [key: string]: unknown
}

function place(patch: MutableMap, path: readonly Step[], value: YamlValue): void {
  let map = patch
  let list: MutableMap[] = []
  path.forEach((step, index) => {
    const last = index === path.length - 1
    if (typeof step !== 'string') map = elementOf(list, step, last ? (value as MutableMap) : {})
    else if (last) map[step] = value
    else if (typeof path[index + 1] === 'string') map = (map[step] ??= {}) as MutableMap
    else list = (map[step] ??= []) as MutableMap[]
  })
}

function elementOf(list: MutableMap[], step: Exclude<Step, string>, body: MutableMap): MutableMap {
  for (const keys of step.before) findOrPush(list, keys)
  return Object.assign(findOrPush(list, step.element), body)
}

function findOrPush(list: MutableMap[], keys: ElementKeys): MutableMap {
  const existing = list.find(item => Object.entries(keys).every(([key, value]) => item[key] === value))
  if (existing !== undefined) return existing
  const element = { ...keys }
  list.push(element)
  return element
}

function mapChanges(
  from: YamlMap,
  to: YamlMap,
  schema: MergeSchema | undefined,
  path: readonly Step[],
): readonly Change[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(key => {
    if (directive.test(key)) throw new NoPatch()
    const before = from[key]
    const after = to[key]
    if (sameData(before, after)) return []
    if (after === undefined) return [{ path: [...path, key], value: null }]
    return fieldChanges(before, after, schema?.field(key), [...path, key])
  })
}

function fieldChanges(
  before: YamlValue | undefined,
  after: YamlValue,
  field: FieldSchema | undefined,
  path: readonly Step[],
): readonly Change[] {
  if (isMap(before) && isMap(after)) return mapChanges(before, after, field?.value, path)
  if (isList(before) && isList(after) && field?.mergeKeys !== undefined) {
    return listChanges(before, after, field.mergeKeys, field.value, path)
  }
  requirePlain(after)
  return [{ path, value: after }]
}

function listChanges(
  before: YamlList,
  after: YamlList,
  mergeKeys: readonly string[],
  schema: MergeSchema | undefined,
  path: readonly Step[],
): readonly Change[] {
  const old = byKey(before, mergeKeys)
  const wanted = byKey(after, mergeKeys)
  const order = [...wanted.values()].map(({ keys }) => keys)
  const moved = isReordered([...old.keys()], [...wanted.keys()])
  const changed = [...wanted].flatMap(([identity, { keys, element }], index): readonly Change[] => {
    const existing = old.get(identity)
    const at = [...path, { element: keys, before: moved ? order : order.slice(0, index) }]
    if (existing !== undefined) return mapChanges(existing.element, element, schema, at)
    requirePlain(element)
    return [{ path: at, value: element }]
  })
  const removed = [...old]
    .filter(([identity]) => !wanted.has(identity))
    .map(([, { keys }]) => ({ path: [...path, { element: keys, before: [] }], value: { $patch: 'delete' } }))
  if (moved && changed.length === 0) throw new NoPatch()
  return [...changed, ...removed]
}

/** Whether the elements both lists have come in another order. */
function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const common = before.filter(identity => after.includes(identity))
  return after.filter(identity => before.includes(identity)).some((identity, index) => identity !== common[index])
}

/** A value that merging into nothing leaves as it is has no nulls (they delete) and no directives. */
function requirePlain(value: YamlValue | undefined): void {
  if (value === null) throw new NoPatch()
  if (isList(value)) value.forEach(requirePlain)
  else if (isMap(value)) {
    if (Object.keys(value).some(key => directive.test(key))) throw new NoPatch()
    Object.values(value).forEach(requirePlain)
  }
}

interface Keyed {
  readonly keys: ElementKeys
  readonly element: YamlMap
}

function byKey(list: YamlList, mergeKeys: readonly string[]): ReadonlyMap<string, Keyed> {
  if (mergeKeys.length === 0) throw new NoPatch()
  const map = new Map<string, Keyed>()
  for (const element of list) {
    if (!isMap(element)) throw new NoPatch()
    const keys = Object.fromEntries(mergeKeys.map(key => [key, keyValue(element[key])]))
    const identity = JSON.stringify(keys)
    if (map.has(identity)) throw new NoPatch()
    map.set(identity, { keys, element })
  }
  return map
}

function keyValue(value: YamlValue | undefined): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  throw new NoPatch()
}
