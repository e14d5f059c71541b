// Strategic merge patch, applied the way kustomize applies it (kyaml's yaml/merge2 and yaml/walk, kustomize 5.8): maps are merged key
// by key, lists with merge keys element by element with the patch's elements first, every other list and scalar is replaced;
// null removes, `$patch: delete|replace|merge` direct. `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` mean nothing
// to kustomize: they stay in the output.

import { isList, isMap } from '../manifest/value.ts'
import { copySpelling, isQuoted, isRefolded, noteSpelling, spellingOf, writeQuoted } from '../manifest/yaml/spelling.ts'
import { mergeKeyedList } from './merge-keyed-list.ts'
import type { FieldSchema, MergeSchema, SchemaLookup } from './merge-keys.ts'
import { takeListDirective, takeMapDirective } from './merge-directive.ts'
import { MergeRefusal } from './merge-refusal.ts'
import { cloneMap, textAt, type MutableList, type MutableMap, type MutableValue } from './mutable.ts'
import type { YamlMap } from '../manifest/value.ts'

export type StrategicMergeOutcome =
  /** The object, merged in place; undefined when the patch deletes it. */
  { readonly value: MutableMap | undefined } | { readonly message: string }

/** Puts a plain value in the place of another. */
export type ReplaceScalar = (map: MutableMap, key: string, value: MutableValue) => void

const replaceScalar: ReplaceScalar = (map, key, value) => {
  map[key] = value
}

/**
 * Applies a patch to an object, in place.
 * @param lookup finds the merge keys of a kind; kinds without any have all their lists replaced
 * @param replace called for every plain value of the object that the patch replaces
 */
export function applyStrategicMerge(
  object: MutableMap,
  patch: YamlMap,
  lookup: SchemaLookup,
  replace: ReplaceScalar = replaceScalar,
): StrategicMergeOutcome {
  try {
    const merged = new Merge(lookup, replace).walk(object, cloneMap(patch), undefined)
    return { value: isMap(merged) ? merged : undefined }
  } catch (error) {
    if (error instanceof MergeRefusal) return { message: error.message }
    throw error
  }
}

/**
 * One merge. In `walk`, a destination of `undefined` is missing or blank, of null is a written null; an origin of `undefined` is
 * missing, of null asks for removal; a result of `undefined` removes the field, of null keeps a written null.
 */
class Merge {
  readonly #lookup: SchemaLookup
  readonly #replace: ReplaceScalar

  constructor(lookup: SchemaLookup, replace: ReplaceScalar) {
    this.#lookup = lookup
    this.#replace = replace
  }

  walk(
    destination: MutableValue | undefined,
    origin: MutableValue | undefined,
    field: FieldSchema | undefined,
  ): MutableValue | undefined {
    const first = destination ?? origin
    if (isList(first)) return this.#walkList(listOrNull(destination), listOrNull(origin), field)
    if (first === null || first === undefined || isMap(first)) {
      return this.#walkMap(mapOrNull(destination), mapOrNull(origin), field?.value)
    }
    refuseContainer(origin)
    return origin === undefined ? destination : (origin ?? undefined)
  }

  #walkMap(
    destination: MutableMap | null | undefined,
    origin: MutableMap | null | undefined,
    known: MergeSchema | undefined,
  ): MutableValue | undefined {
    const target = visitMap(destination, origin)
    if (target === undefined || target === null) return target
    // kyaml takes a field without a name for the map itself (kyaml/yaml/fns.go: FieldSetter).
    if (Object.hasOwn(target, '')) throw new MergeRefusal('a key is empty, which a patch cannot pass by')
    const schema = known ?? this.#schemaOf(destination) ?? this.#schemaOf(origin)
    for (const key of fieldNames(target, origin)) {
      const value = this.walk(target[key], blankIsNull(origin, key), schema?.field(key))
      if (isMap(origin) && origin !== target && Object.hasOwn(origin, key)) this.#overwrite(target, key, value, origin)
      else this.#assign(target, key, isUntypedNumber(target, key) ? textAt(target, key) : value)
    }
    return target
  }

  /** Quotes stay around what is written between them; otherwise the value is written as it is in the patch. */
  #overwrite(target: MutableMap, key: string, value: MutableValue | undefined, origin: MutableMap): void {
    if (isQuoted(target, key) && isScalar(value)) {
      const set = (text: string): void => this.#assign(target, key, text)
      writeQuoted({ container: target, key, set }, textAt(origin, key))
    } else if (isQuoted(origin, key) && Object.hasOwn(target, key) && !isMap(target[key]) && !isList(target[key])) {
      const text = isRefolded(origin, key) ? textAt(origin, key) : value
      this.#assign(target, key, text)
      noteSpelling(target, key, { value: text as string, text: text as string, style: 'bare' })
    } else {
      this.#assign(target, key, value)
      copySpelling(origin, key, target, key)
    }
  }

  #assign(target: MutableMap, key: string, value: MutableValue | undefined): void {
    if (value === undefined) delete target[key]
    else if (typeof value === 'object' || !Object.hasOwn(target, key)) target[key] = value
    else if (target[key] !== value) this.#replace(target, key, value)
  }

  #walkList(
    destination: MutableList | null | undefined,
    origin: MutableList | null | undefined,
    field: FieldSchema | undefined,
  ): MutableValue | undefined {
    if (field?.mergeKeys === undefined) return origin === undefined ? (destination ?? undefined) : (origin ?? undefined)
    const target = visitKeyedList(destination, origin)
    if (target === undefined) return undefined
    const elements = field.value === undefined ? {} : { value: field.value }
    return mergeKeyedList(target, origin ?? undefined, field.mergeKeys, (a, b) => this.walk(a, b, elements))
  }

  #schemaOf(map: MutableMap | null | undefined): MergeSchema | undefined {
    const { apiVersion, kind } = map ?? {}
    return typeof apiVersion === 'string' && typeof kind === 'string' ? this.#lookup(apiVersion, kind) : undefined
  }
}

/** What has no type of its own and would be read as something else than text becomes text in whatever a patch passes by. */
function isUntypedNumber(map: MutableMap, key: string): boolean {
  const value = map[key]
  if (typeof value === 'string' || (value !== null && !isScalar(value))) return false
  const spelling = spellingOf(map, key)
  return spelling?.style === 'untyped' && spelling.text !== ''
}

function isScalar(value: MutableValue | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== 'object'
}

function visitMap(
  destination: MutableMap | null | undefined,
  origin: MutableMap | null | undefined,
): MutableMap | null | undefined {
  if (destination === undefined || destination === null) {
    if (origin === undefined) return destination
    if (origin === null) return undefined
    return takeMapDirective(origin, 'lenient') === 'delete' ? undefined : origin
  }
  if (origin === null) return undefined
  const directive = origin === undefined ? 'merge' : takeMapDirective(origin, 'strict')
  if (directive === 'delete') return undefined
  return directive === 'replace' ? (origin ?? undefined) : destination
}

function visitKeyedList(
  destination: MutableList | null | undefined,
  origin: MutableList | null | undefined,
): MutableList | undefined {
  if (destination === undefined || destination === null) return origin ?? undefined
  if (origin === null) return undefined
  const directive = origin === undefined ? 'merge' : takeListDirective(origin)
  if (directive === 'delete') return undefined
  return directive === 'replace' ? (origin ?? undefined) : destination
}

function fieldNames(target: MutableMap, origin: MutableMap | null | undefined): readonly string[] {
  if (origin === undefined || origin === null || origin === target) return Object.keys(target)
  return [...new Set([...Object.keys(target), ...Object.keys(origin)])]
}

function blankIsNull(origin: MutableMap | null | undefined, key: string): MutableValue | undefined {
  if (origin === undefined || origin === null || !Object.hasOwn(origin, key)) return undefined
  return origin[key] ?? null
}

function mapOrNull(value: MutableValue | undefined): MutableMap | null | undefined {
  if (value === undefined || value === null || isMap(value)) return value
  throw new MergeRefusal(`expected a map, found ${isList(value) ? 'a list' : `"${String(value)}"`}`)
}

function listOrNull(value: MutableValue | undefined): MutableList | null | undefined {
  if (value === undefined || value === null || Array.isArray(value)) return value
  throw new MergeRefusal(`expected a list, found ${isMap(value) ? 'a map' : `"${String(value)}"`}`)
}

function refuseContainer(value: MutableValue | undefined): void {
  if (isMap(value)) throw new MergeRefusal('expected a plain value, found a map')
  if (isList(value)) throw new MergeRefusal('expected a plain value, found a list')
}
