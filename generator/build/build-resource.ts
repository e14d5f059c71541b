// An object while it is being built: its data, and what kustomize remembers of it between steps (former names, prefixes, whether its
// name gets a hash). Kustomize keeps the latter in annotations; here they are fields, so that data is only ever the user's.
// Follows api/resource/resource.go.
//
// Data is shared between builds until somebody writes: `edit()` makes the private copy.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { asMap, isList, isMap, type YamlList, type YamlMap } from '../manifest/value.ts'
import { isQuoted, spellingOf } from '../manifest/yaml/spelling.ts'
import { cloneMap, newMap, scalarText, textAt, type MutableMap } from '../merge/mutable.ts'
import { refuse } from './build-fault.ts'
import { isClusterScoped } from './cluster-scoped.ts'
import { placedSlot } from './field-spec.ts'
import { gvkOf, type Gvk } from './gvk.ts'
import { LinkedEntries } from './linked-entries.ts'
import type { Origin } from './origin-annotation.ts'
import type { Provenance } from './provenance.ts'
import { setUntyped } from './untyped-text.ts'
import { watchWrites } from './watch-writes.ts'

/** A name an object had before a transformer changed it. */
export interface FormerId {
  readonly name: string
  readonly namespace: string
  readonly kind: string
}

export type Behavior = 'unspecified' | 'create' | 'replace' | 'merge'

/** Everything kustomize uses to tell objects apart. */
export interface ResourceId extends Gvk {
  readonly name: string
  /** '' where none is set. */
  readonly namespace: string
}

/** Where the object was read, or the generator that made it. */
export interface ReadFrom {
  readonly file: string
  readonly document: number
  readonly pointer: string
  /** The object is text inside a field of that file: the pointer is the field's. */
  readonly inline?: boolean
}

/** The notes on an object. */
export interface Memory {
  formerIds: readonly FormerId[]
  prefixes: readonly string[]
  suffixes: readonly string[]
  needsHash: boolean
  /** A generator made it. */
  generated: boolean
  behavior: Behavior
  /** Whether the name of a variable refers to the object. */
  variables: readonly string[]
  origin: Origin | undefined
  transformations: readonly Origin[]
}

export class BuildResource {
  #object: YamlMap
  #shared: boolean
  #removed = false
  #linked = new LinkedEntries()
  #told: (() => void) | undefined
  readonly readFrom: ReadFrom
  readonly memory: Memory
  /** Which place gave each field its value; only while origins are asked for. */
  provenance: Provenance | undefined
  /** What the generator that made it passes over in silence; reported where findings are collected. */
  silences: readonly Diagnostic[] | undefined

  constructor(object: YamlMap, readFrom: ReadFrom, shared: boolean, memory?: Memory) {
    this.#object = object
    this.#shared = shared
    this.readFrom = readFrom
    this.memory = memory ?? {
      formerIds: [],
      prefixes: [],
      suffixes: [],
      needsHash: false,
      generated: false,
      behavior: 'unspecified',
      variables: [],
      origin: undefined,
      transformations: [],
    }
  }

  get object(): YamlMap {
    return this.#object
  }

  /** The object, to be changed in place. */
  edit(): MutableMap {
    if (this.#shared) {
      const copy = cloneMap(this.#object)
      this.#linked = this.#linked.over(this.#object as MutableMap, copy)
      this.#object = copy
      this.#shared = false
    }
    const object = this.#object as MutableMap
    return this.#told === undefined ? object : watchWrites(object, this.#told)
  }

  /** From here on, whoever writes to the object is told of. */
  watch(told: () => void): void {
    this.#told = told
  }

  replaceObject(object: MutableMap): void {
    this.#told?.()
    this.#object = object
    this.#shared = false
    this.#linked = new LinkedEntries()
  }

  /** Entries that are one thing in several places of the object. */
  get linked(): LinkedEntries {
    return this.#linked
  }

  /** A second owner of the same data; whoever writes first, copies. */
  fork(): BuildResource {
    this.#shared = true
    const fork = new BuildResource(this.#object, this.readFrom, true, { ...this.memory })
    fork.#linked = this.#linked
    fork.provenance = this.provenance?.fork()
    return fork
  }

  /** The object was deleted by a patch: it leaves the build after this step. */
  remove(): void {
    this.#removed = true
  }

  get isRemoved(): boolean {
    return this.#removed
  }

  get kind(): string {
    return scalarText(this.#object['kind'])
  }

  get apiVersion(): string {
    return scalarText(this.#object['apiVersion'])
  }

  get gvk(): Gvk {
    return gvkOf(this.apiVersion, this.kind)
  }

  get name(): string {
    return metadataText(this.#object, 'name')
  }

  get namespace(): string {
    return metadataText(this.#object, 'namespace')
  }

  get id(): ResourceId {
    const { group, version, kind } = this.gvk
    return { group, version, kind, name: this.name, namespace: this.namespace }
  }

  get formerIds(): readonly ResourceId[] {
    const { group, version } = this.gvk
    return this.memory.formerIds.map(former => ({ group, version, ...former }))
  }

  /** The first identity the object had in this build. */
  get originalId(): ResourceId {
    return this.formerIds[0] ?? this.id
  }

  get allIds(): readonly ResourceId[] {
    return [...this.formerIds, this.id]
  }

  /** Whether a name stands in quotes that it needs: they stay around whatever is written there. */
  isQuoted(field: 'name' | 'namespace'): boolean {
    const metadata = this.#object['metadata']
    return isMap(metadata) && isQuoted(metadata, field)
  }

  setMetadata(field: 'name' | 'namespace', value: string, quoted = false): void {
    const object = this.edit()
    const metadata = object['metadata']
    const map = isMap(metadata) ? metadata : newMap()
    object['metadata'] = map
    if (value === '' && field === 'namespace') delete map[field]
    else if (Object.hasOwn(map, field) && !quoted) setUntyped(placedSlot(map, field), value, 'remember')
    else map[field] = value
  }

  /** Remembers the present identity, before a transformer changes it. */
  rememberId(): void {
    const { name, kind } = this
    if (name === '') {
      if (this.memory.formerIds.length === 0) return
      refuse('kustomize/not-an-object', `a ${kind} has lost its name`, {
        at: this.readFrom,
        help: 'Correct the patch that removes it.',
      })
    }
    this.memory.formerIds = [...this.memory.formerIds, { name, kind, namespace: effectiveNamespace(this.id) }]
    this.#dropTextAnnotations()
  }

  /** Where the annotations are a mere text, kustomize's own notes take its place. */
  #dropTextAnnotations(): void {
    const { annotations = null } = asMap(this.#object['metadata'])
    if (annotations !== null && typeof annotations !== 'object')
      delete (this.edit()['metadata'] as MutableMap)['annotations']
  }

  /** Labels or annotations as text. */
  textMap(field: 'labels' | 'annotations'): ReadonlyMap<string, string> {
    const written = asMap(this.#object['metadata'])[field]
    if (isList(written)) return pairsOf(written)
    const map = asMap(written)
    return new Map(Object.keys(map).map(key => [key, nullableText(map, key)]))
  }

  /** Whether kustomize would keep notes of its own among this object's annotations: then it has some, whatever the user wrote. */
  get hasNotes(): boolean {
    const { formerIds, prefixes, suffixes, needsHash, generated, origin } = this.memory
    return formerIds.length + prefixes.length + suffixes.length > 0 || needsHash || generated || origin !== undefined
  }
}

function metadataText(object: YamlMap, field: 'name' | 'namespace'): string {
  const metadata = asMap(object['metadata'])
  const value = metadata[field]
  return typeof value === 'string' ? value : textAt(metadata, field)
}

/** A null that is written is text, too. */
function nullableText(map: YamlMap, key: string): string {
  return map[key] === null ? (spellingOf(map, key)?.text ?? 'null') : textAt(map, key)
}

/** Kustomize takes a list for a map: keys and values in turn. */
function pairsOf(list: YamlList): ReadonlyMap<string, string> {
  return new Map(
    list.flatMap((_, index) => (index % 2 === 0 ? [[textAt(list, index), textAt(list, index + 1)] as const] : [])),
  )
}

const notNamespaced = '_non_namespaceable_'

/** The namespace that counts when comparing: none for cluster-scoped kinds, `default` where none is set. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(id.group === '' ? id.version : `${id.group}/${id.version}`, id.kind)) return notNamespaced
  return id.namespace === '' ? 'default' : id.namespace
}

/** One string per identity: equal exactly when kustomize holds two identities to be the same. */
export function idKey(id: ResourceId): string {
  return `${id.group}\0${id.version}\0${id.kind}\0${effectiveNamespace(id)}\0${id.name}`
}

/** How kustomize writes an identity in its messages. */
export function idText(id: ResourceId): string {
  const gvk = `${id.kind || '[noKind]'}.${id.version || '[noVer]'}.${id.group || '[noGrp]'}`
  return `${gvk}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`
}
