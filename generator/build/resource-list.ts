// The objects of a build, in order, with kustomize's rules of who may join.
// Follows api/resmap/reswrangler.go.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { textAt, type MutableMap } from '../merge/mutable.ts'
import { asMap } from '../manifest/value.ts'
import { refuse } from './build-fault.ts'
import { idKey, idText, type BuildResource, type ResourceId } from './build-resource.ts'
import { Provenance, type StepSource } from './provenance.ts'
import { matchesSelector, type Selector } from './selector.ts'
import { requireTextKeys } from './new-key.ts'
import { mapFrom, quotedMapFrom } from './plain-map.ts'

/** More objects than any cluster takes from one directory: a build that multiplies itself ends here. */
const mostObjects = 100_000

export interface ListOptions {
  /** Origins are asked for. */
  readonly tracking: boolean
  /** Findings are asked for. */
  readonly checks: boolean
}

export class ResourceList {
  #all: BuildResource[] = []
  #keys: Set<string> | undefined
  /** Whether origins are asked for. */
  readonly tracking: boolean
  /** Findings that change nothing in the output; undefined where nobody asked for them. */
  readonly findings: Diagnostic[] | undefined

  constructor({ tracking, checks }: ListOptions) {
    this.tracking = tracking
    this.findings = checks ? [] : undefined
  }

  get all(): readonly BuildResource[] {
    return this.#all
  }

  /** Adds objects at the end; an identity that is already there is refused. */
  append(resources: readonly BuildResource[]): void {
    this.#keys ??= new Set(this.#all.map(resource => idKey(resource.id)))
    if (this.#all.length + resources.length > mostObjects) {
      refuse('kustomize/too-large', `the build has more than ${mostObjects} objects`, {
        help: 'Split the environment; layers that each use the same base twice double it every time.',
      })
    }
    for (const resource of resources) {
      const key = idKey(resource.id)
      if (this.#keys.has(key)) {
        refuse(
          'kustomize/duplicate-resource',
          `may not add resource with an already registered id: ${idText(resource.id)}`,
          {
            at: resource.readFrom,
            help: 'Remove one of the two, or give one another name or namespace.',
          },
        )
      }
      this.#keys.add(key)
      this.#all.push(resource)
    }
  }

  /** Adds generated objects, replacing or merging where their behavior says so. */
  absorb(resources: readonly BuildResource[]): void {
    for (const resource of resources) this.#absorbOne(resource)
  }

  #absorbOne(resource: BuildResource): void {
    const { id } = resource
    const matches = this.matchingAnyId(idKey(id))
    const [old] = matches
    const { behavior } = resource.memory
    if (old === undefined) {
      if (behavior === 'merge' || behavior === 'replace') {
        refuse('kustomize/generator-target', `${idText(id)} does not exist; cannot ${behavior}`, {
          help: 'Let the generator create it, or add the resource or base that has it.',
        })
      }
      this.append([resource])
      return
    }
    if (matches.length > 1)
      refuse('kustomize/generator-target', `found ${matches.length} objects that could accept ${idText(id)}`)
    if (behavior !== 'merge' && behavior !== 'replace') {
      refuse('kustomize/generator-target', `${idText(id)} exists; the generator's behavior must be merge or replace`, {
        help: 'Set "behavior: merge" or "behavior: replace" on the generator.',
      })
    }
    const origin = old.memory.origin
    resource.provenance = old.provenance
    inheritMetadata(resource, old)
    if (behavior === 'merge') {
      mergeData(resource, old, 'data')
      mergeData(resource, old, 'binaryData')
      if (origin !== undefined) resource.memory.origin = origin
    }
    this.#replaceCurrent(resource)
  }

  #replaceCurrent(resource: BuildResource): void {
    const key = idKey(resource.id)
    const index = this.#all.findIndex(other => idKey(other.id) === key)
    if (index < 0) refuse('kustomize/generator-target', `cannot find ${idText(resource.id)} to replace`)
    this.#all[index] = resource
  }

  /** Objects that have, or had, this identity (an idKey). */
  matchingAnyId(key: string): readonly BuildResource[] {
    return this.#all.filter(resource => resource.allIds.some(id => idKey(id) === key))
  }

  /** The one object that has, or had, an identity. */
  byId(id: ResourceId, purpose: string): BuildResource {
    const [found, ...more] = this.matchingAnyId(idKey(id))
    if (found === undefined) {
      return refuse(
        'kustomize/patch-target',
        `no matches for Id ${idText(id)}; failed to find unique target for ${purpose}`,
        {
          help: 'Correct the kind, name or namespace, or remove the patch.',
        },
      )
    }
    if (more.length > 0) {
      refuse(
        'kustomize/patch-target',
        `multiple matches for Id ${idText(id)}; failed to find unique target for ${purpose}`,
      )
    }
    return found
  }

  select(selector: Selector): readonly BuildResource[] {
    return this.#all.filter(resource => matchesSelector(selector, resource))
  }

  /** Books what a step changed; nothing where origins are not asked for. */
  observe(resources: readonly BuildResource[], source: StepSource): void {
    if (!this.tracking) return
    for (const resource of resources) {
      resource.provenance ??= new Provenance()
      resource.provenance.observe(resource.object, source)
    }
  }

  /** To be called after identities may have changed. */
  identitiesChanged(): void {
    this.#keys = undefined
  }

  /** Drops deleted objects; those that remain must still be told apart. */
  dropRemoved(): void {
    if (this.#all.some(resource => resource.isRemoved)) this.#all = this.#all.filter(resource => !resource.isRemoved)
    this.#keys = undefined
  }

  /** Refuses two objects of one identity. */
  refuseDuplicates(): void {
    const rest = this.#all
    this.#all = []
    this.#keys = undefined
    this.append(rest)
  }

  reorder(resources: readonly BuildResource[]): void {
    this.#all = [...resources]
  }

  fork(): readonly BuildResource[] {
    return this.#all.map(resource => resource.fork())
  }
}

/** What a generated object takes over from the one it replaces or merges with: everything but the data. */
function inheritMetadata(resource: BuildResource, old: BuildResource): void {
  const object = resource.edit()
  const metadata = asMap(object['metadata']) as MutableMap
  object['metadata'] = metadata
  for (const field of ['labels', 'annotations'] as const) {
    const merged = new Map([...old.textMap(field), ...resource.textMap(field)])
    requireTextKeys(merged.keys(), old.readFrom)
    if (merged.size === 0) delete metadata[field]
    else metadata[field] = mapFrom(merged)
  }
  const { memory } = resource
  const needsHash = memory.needsHash && old.memory.needsHash
  Object.assign(memory, {
    formerIds: old.memory.formerIds,
    prefixes: old.memory.prefixes,
    suffixes: old.memory.suffixes,
    variables: old.memory.variables,
    generated: old.memory.generated,
    behavior: old.memory.behavior,
    transformations: memory.transformations.length > 0 ? memory.transformations : old.memory.transformations,
    needsHash,
  })
  resource.setMetadata('name', old.name)
  resource.setMetadata('namespace', old.namespace)
}

function mergeData(resource: BuildResource, old: BuildResource, field: 'data' | 'binaryData'): void {
  const merged = new Map([...textEntries(old, field), ...textEntries(resource, field)])
  requireTextKeys(merged.keys(), old.readFrom)
  const object = resource.edit()
  if (merged.size === 0) delete object[field]
  else object[field] = quotedMapFrom(merged)
}

/** The data as text; nulls, however they are written, have none. */
function textEntries(resource: BuildResource, field: string): readonly (readonly [string, string])[] {
  const map = asMap(resource.object[field])
  return Object.keys(map).map(key => [key, (map[key] ?? null) === null ? '' : textAt(map, key)] as const)
}
