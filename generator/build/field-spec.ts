// Field specs: a kind and a path, and the walk that visits every place of an object that the path leads to.
// Follows api/filters/fieldspec/fieldspec.go and api/types/fieldspec.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { isMap } from '../manifest/value.ts'
import { noteSpelling } from '../manifest/yaml/spelling.ts'
import { newMap, type MutableList, type MutableMap, type MutableValue } from '../merge/mutable.ts'
import { gvkIsSelected, type Gvk } from './gvk.ts'
import { refuse } from './build-fault.ts'

export interface FieldSpec extends Gvk {
  /** Keys joined by `/` (`\/` inside a key); lists are walked through, `[]` marks one that must be a list. */
  readonly path: string
  readonly create: boolean
  /** `path`, split. */
  readonly tokens: readonly string[]
  /** Which token says an element of a list (`0`, `-`, `[name=x]`, `*`), where one does: -1 where none does. */
  readonly elementAt: number
  /** The entry of a `configurations` file it was read from: where a path at fault is corrected. */
  readonly readFrom?: SourceLocation | undefined
}

type FieldSpecParts = Gvk & Pick<FieldSpec, 'path' | 'create' | 'readFrom'>

export function fieldSpec(spec: FieldSpecParts): FieldSpec {
  return new LazyFieldSpec(spec)
}

/** Splits its path when it is first followed: the defaults are hundreds, and a build follows a few. */
class LazyFieldSpec implements FieldSpec {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly path: string
  readonly create: boolean
  readonly readFrom: SourceLocation | undefined
  #tokens: readonly string[] | undefined
  #elementAt: number | undefined

  constructor({ group, version, kind, path, create, readFrom }: FieldSpecParts) {
    this.group = group
    this.version = version
    this.kind = kind
    this.path = path
    this.create = create
    this.readFrom = readFrom
  }

  get tokens(): readonly string[] {
    return (this.#tokens ??= splitPath(this.path, '/'))
  }

  get elementAt(): number {
    return (this.#elementAt ??= this.tokens.findIndex(token => isElement.test(token.trim())))
  }
}

/** What kyaml looks up as an element, although lists are walked through before the token is read (kyaml/yaml/fns.go: PathGetter). */
const isElement = /^(?:[-+]?\d+|-|\*|\[.*\])$/

/** Splits at the delimiter, except where a backslash stands before it; a leading delimiter is ignored. */
export function splitPath(path: string, delimiter: string): readonly string[] {
  const parts = path.split(delimiter)
  if (parts.length > 1 && parts[0] === '') parts.shift()
  const tokens = [parts[0] ?? '']
  for (const part of parts.slice(1)) {
    const last = tokens.at(-1) ?? ''
    if (last.endsWith('\\')) tokens[tokens.length - 1] = last.slice(0, -1) + delimiter + part
    else tokens.push(part)
  }
  return tokens
}

/** A place in an object: a key of a map, or an index of a list. */
export interface Slot {
  readonly get: () => MutableValue | undefined
  readonly set: (value: MutableValue) => void
  /** The map or list the place is in, and its key there; absent at the root. */
  readonly place?: { readonly container: MutableMap | MutableList; readonly key: string | number }
}

/** What stands at the end of a path that has to be created. */
export type CreateKind = 'scalar' | 'map'

export interface FieldVisit {
  readonly visit: (slot: Slot) => void
  /** Create missing fields of specs that ask for it; nothing is created where absent. */
  readonly create?: CreateKind
}

/** Visits the places of an object that a spec leads to; the caller has checked that the spec is for this kind. */
export function visitField(object: MutableMap, spec: FieldSpec, visit: FieldVisit): void {
  walk(undefined, object, object, 0, spec, visit)
}

/** Visits the places that any of the specs for this kind leads to. */
export function visitFields(object: MutableMap, gvk: Gvk, specs: readonly FieldSpec[], visit: FieldVisit): void {
  for (const spec of specs) {
    if (gvkIsSelected(gvk, spec)) visitField(object, spec, visit)
  }
}

type Holder = { [key: string | number]: MutableValue | undefined } | undefined

function slotOf(holder: Holder, key: unknown): Slot {
  if (holder !== undefined) return placedSlot(holder as MutableMap | MutableList, key as string | number)
  return {
    get: () => key as MutableMap,
    set: () => undefined,
  }
}

/** The place of an entry of a map, or an item of a list. */
export function placedSlot(container: MutableMap | MutableList, key: string | number): Slot {
  const holder = container as { [entry: string | number]: MutableValue | undefined }
  return { get: () => holder[key], set: value => void (holder[key] = value), place: { container, key } }
}

/** A slot is made at the end of the path only. */
// oxlint-disable-next-line max-params -- the state of a walk that must not allocate
function walk(
  holder: Holder,
  key: unknown,
  value: MutableValue | undefined,
  depth: number,
  spec: FieldSpec,
  visit: FieldVisit,
): void {
  if (depth === spec.tokens.length) {
    visit.visit(slotOf(holder, key))
    return
  }
  if (value === null || value === undefined) return
  if (Array.isArray(value)) walkList(value, depth, spec, visit)
  else if (isMap(value)) walkMap(value, depth, spec, visit)
  else
    refuse(
      'kustomize/field-path',
      `the path "${spec.path}" leads through "${String(value)}", which is neither map nor list`,
      placeOf(spec),
    )
}

function walkList(list: MutableList, depth: number, spec: FieldSpec, visit: FieldVisit): void {
  for (let index = 0; index < list.length; index++) {
    walk(list as never, index, list[index], depth, spec, visit)
  }
}

function walkMap(map: MutableMap, depth: number, spec: FieldSpec, visit: FieldVisit): void {
  const token = spec.tokens[depth] as string
  const isList = token.endsWith('[]')
  const name = isList ? token.slice(0, -2) : token
  if (name === '' || depth === spec.elementAt) refuseToken(spec, token)
  const create = spec.create && visit.create !== undefined && !isList
  if (!Object.hasOwn(map, name)) {
    if (!create) return
    createField(map, name, emptyValue(depth, spec, visit))
  } else if ((map[name] ?? null) === null) {
    if (create) createField(map, name, emptyValue(depth, spec, visit))
    else if (isList) map[name] = []
  }
  walk(map, name, map[name], depth + 1, spec, visit)
}

/** A new scalar has no type of its own. */
function createField(map: MutableMap, name: string, value: MutableValue): void {
  map[name] = value
  if (value === '') noteSpelling(map, name, { value: '', text: '', style: 'untyped' })
}

function placeOf({ readFrom }: FieldSpec): { readonly at?: SourceLocation } {
  return readFrom === undefined ? {} : { at: readFrom }
}

function refuseToken(spec: FieldSpec, token: string): never {
  const { path } = spec
  if (token === '' || token === '[]') {
    refuse('kustomize/field-path', `the path "${path}" has an empty field name`, placeOf(spec))
  }
  return refuse('kustomize/field-path', `the path "${path}" looks for "${token}" in a map, which has no elements`, {
    ...placeOf(spec),
    help: `Leave "${token}" out: a path leads through every element of a list.`,
  })
}

function emptyValue(depth: number, spec: FieldSpec, visit: FieldVisit): MutableValue {
  return depth === spec.tokens.length - 1 && visit.create === 'scalar' ? '' : newMap()
}
