// Objects that were renamed are followed: fields that name them get the new name.
// Follows api/internal/accumulator/namereferencetransformer.go and api/filters/nameref/nameref.go.

import { asMap, isList, isMap, type YamlMap } from '../../manifest/value.ts'
import { scalarText, textAt, type MutableMap } from '../../merge/mutable.ts'
import { BuildFault, refuse } from '../build-fault.ts'
import { effectiveNamespace, idText, type BuildResource, type ResourceId } from '../build-resource.ts'
import { placedSlot, visitField, type FieldSpec, type Slot } from '../field-spec.ts'
import { gvkIsSelected, type Gvk } from '../gvk.ts'
import type { NameBackReference } from '../transformer-config.ts'
import { isClusterScoped } from '../cluster-scoped.ts'
import { accountNamespaces } from '../account-namespaces.ts'
import { setUntyped, slotText } from '../untyped-text.ts'
import { affixesMatch, isSame } from './referral-rules.ts'

/** An object that was renamed, with what is asked of it again and again. */
interface Candidate {
  readonly resource: BuildResource
  readonly formerIds: readonly ResourceId[]
  readonly id: ResourceId
  readonly clusterScoped: boolean
}

interface Referrer {
  readonly resource: BuildResource
  readonly id: ResourceId
  readonly clusterScoped: boolean
  readonly accountNamespaces: ReadonlySet<string>
  /** The namespaces that the objects it can see came from. */
  readonly originalNamespaces: () => ReadonlySet<string>
}

export function fixNameReferences(
  resources: readonly BuildResource[],
  backReferences: readonly NameBackReference[],
): void {
  for (const resource of resources) accountNamespaces(resource)
  const byFormerName = indexRenamed(resources)
  const fieldsOf = fieldsByKind(backReferences)
  for (const resource of resources) {
    let referrer: Referrer | undefined
    for (const { spec, target } of fieldsOf(resource.originalId)) {
      if (!mayLead(resource.object, spec.tokens)) continue
      referrer ??= describe(resource, resources)
      new ReferenceFilter(referrer, spec, target, byFormerName).run()
    }
  }
}

interface ReferenceField {
  readonly spec: FieldSpec
  readonly target: Gvk
}

/** The fields of a kind that name objects, found once for all objects of the kind. */
function fieldsByKind(backReferences: readonly NameBackReference[]): (gvk: Gvk) => readonly ReferenceField[] {
  const known = new Map<string, readonly ReferenceField[]>()
  return gvk => {
    const key = `${gvk.group}/${gvk.version}/${gvk.kind}`
    let fields = known.get(key)
    if (fields === undefined) {
      fields = backReferences.flatMap(({ gvk: target, referrers }) =>
        referrers.filter(spec => gvkIsSelected(gvk, spec)).map(spec => ({ spec, target })),
      )
      known.set(key, fields)
    }
    return fields
  }
}

function indexRenamed(resources: readonly BuildResource[]): ReadonlyMap<string, Candidate[]> {
  const index = new Map<string, Candidate[]>()
  for (const resource of resources) {
    if (resource.memory.formerIds.length === 0) continue
    const { formerIds, id, apiVersion, kind } = resource
    const candidate = { resource, formerIds, id, clusterScoped: isClusterScoped(apiVersion, kind) }
    for (const name of new Set(formerIds.map(former => former.name))) {
      const list = index.get(name)
      if (list === undefined) index.set(name, [candidate])
      else list.push(candidate)
    }
  }
  return index
}

function describe(resource: BuildResource, all: readonly BuildResource[]): Referrer {
  const { id } = resource
  const clusterScoped = isClusterScoped(resource.apiVersion, resource.kind)
  const accounts = accountNamespaces(resource)
  let namespaces: ReadonlySet<string> | undefined
  return {
    resource,
    id,
    clusterScoped,
    accountNamespaces: accounts,
    originalNamespaces: () => {
      namespaces ??= new Set(
        all
          .filter(other => clusterScoped || canSee(id, accounts, other))
          .map(other => effectiveNamespace(other.originalId)),
      )
      return namespaces
    },
  }
}

/** A namespaced object sees those of its own namespace, those without one, and the namespaces of its service accounts. */
function canSee(id: ResourceId, accounts: ReadonlySet<string>, other: BuildResource): boolean {
  return (
    isClusterScoped(other.apiVersion, other.kind) ||
    effectiveNamespace(other.id) === effectiveNamespace(id) ||
    accounts.has(other.namespace)
  )
}

/** One field of one object that may name an object of one kind. */
class ReferenceFilter {
  readonly #referrer: Referrer
  readonly #spec: FieldSpec
  readonly #target: Gvk
  readonly #byFormerName: ReadonlyMap<string, Candidate[]>

  constructor(referrer: Referrer, spec: FieldSpec, target: Gvk, byFormerName: ReadonlyMap<string, Candidate[]>) {
    this.#referrer = referrer
    this.#spec = spec
    this.#target = target
    this.#byFormerName = byFormerName
  }

  run(): void {
    const { resource } = this.#referrer
    try {
      if (this.#mentionsRenamed()) visitField(resource.edit(), this.#spec, { visit: slot => this.#fix(slot) })
    } catch (error) {
      if (error instanceof BuildFault) error.placedAt(resource.readFrom)
      throw error
    }
  }

  /** Whether the field names anything that was renamed: only then the object is written. */
  #mentionsRenamed(): boolean {
    if (this.#spec.path.includes('[]')) return true
    let mentioned = false
    visitField(this.#referrer.resource.object as MutableMap, this.#spec, {
      visit: slot => {
        const value = slot.get() ?? null
        for (const item of isList(value) ? value : [value]) {
          if (isList(item)) this.#refuseList()
          const name = isMap(item) ? this.#nameOf(item) : isList(value) ? scalarText(item) : slotText(slot)
          if (this.#byFormerName.has(name)) mentioned = true
        }
      },
    })
    return mentioned
  }

  #refuseList(): never {
    return refuse('kustomize/name-reference', `a list inside "${this.#spec.path}" cannot name an object`)
  }

  #nameOf(map: MutableMap | YamlMap): string {
    if (!Object.hasOwn(map, 'name')) {
      refuse('kustomize/name-reference', `path config error; no 'name' field in "${this.#spec.path}"`)
    }
    return textAt(map, 'name')
  }

  #fix(slot: Slot): void {
    const value = slot.get() ?? null
    if (value === null) return
    if (isMap(value)) this.#fixMap(value)
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (isMap(item)) this.#fixMap(item)
        else if (isList(item)) this.#refuseList()
        else if (item !== null && item !== undefined) this.#rename(placedSlot(value, index))
      }
    } else this.#rename(slot)
  }

  #rename(slot: Slot): void {
    const text = slotText(slot)
    const referral = this.#select(text, this.#candidates(text), 'name')
    if (referral !== undefined && referral.id.name !== text) setUntyped(slot, referral.id.name)
  }

  #fixMap(map: MutableMap): void {
    const name = this.#nameOf(map)
    const candidates = this.#candidates(name)
    const referral = this.#select(name, this.#inNamespaceOf(map, candidates), 'name and namespace')
    if (referral === undefined) return
    const { name: newName, namespace } = referral.id
    if (newName === name && namespace === '') return
    setUntyped(placedSlot(map, 'name'), newName)
    if (namespace !== '') map['namespace'] = namespace
  }

  /** Renamed objects that this referrer could mean: those of its own namespace, and those without one. */
  #candidates(name: string): readonly Candidate[] {
    const { id, clusterScoped, accountNamespaces } = this.#referrer
    const all = this.#byFormerName.get(name) ?? []
    if (clusterScoped || all.length === 0) return all
    const namespace = effectiveNamespace(id)
    return all.filter(
      candidate =>
        candidate.clusterScoped ||
        effectiveNamespace(candidate.id) === namespace ||
        accountNamespaces.has(candidate.id.namespace),
    )
  }

  #inNamespaceOf(map: MutableMap, candidates: readonly Candidate[]): readonly Candidate[] {
    if (!Object.hasOwn(map, 'namespace')) return candidates
    const namespace = scalarText(map['namespace'])
    const inOriginal = candidates.filter(({ resource }) => effectiveNamespace(resource.originalId) === namespace)
    if (this.#referrer.originalNamespaces().has(namespace)) return inOriginal
    return candidates.filter(({ id }) => effectiveNamespace(id) === namespace)
  }

  #select(name: string, given: readonly Candidate[], sameness: 'name' | 'name and namespace'): Candidate | undefined {
    const { resource: referrer } = this.#referrer
    const roleRef = this.#roleRef()
    let candidates = given.filter(
      candidate =>
        candidate.formerIds.some(id => id.name === name) &&
        candidate.formerIds.some(id => gvkIsSelected(id, this.#target)) &&
        (roleRef === undefined || candidate.formerIds.some(id => gvkIsSelected(id, roleRef))) &&
        this.#inReach(candidate),
    )
    if (candidates.length <= 1) return candidates[0]
    candidates = candidates.filter(({ resource }) => affixesMatch(resource, referrer, true))
    if (candidates.length > 1) candidates = candidates.filter(({ resource }) => affixesMatch(resource, referrer, false))
    const [first] = candidates
    if (first === undefined || candidates.every(({ id }) => isSame(id, first.id, sameness))) return first
    return refuse(
      'kustomize/name-reference',
      `found multiple possible referrals for "${name}": ${candidates.map(({ id }) => idText(id)).join(', ')}`,
      { at: referrer.readFrom, help: 'Give the objects different names, or put them in different bases.' },
    )
  }

  #inReach(candidate: Candidate): boolean {
    const { id, clusterScoped } = this.#referrer
    return (
      clusterScoped ||
      candidate.clusterScoped ||
      candidate.id.kind === 'ServiceAccount' ||
      effectiveNamespace(candidate.id) === effectiveNamespace(id)
    )
  }

  /** What a role binding says about the kind of its role. */
  #roleRef(): Gvk | undefined {
    if (!this.#spec.path.endsWith('roleRef/name')) return undefined
    const roleRef = asMap(this.#referrer.resource.object['roleRef'])
    if ((roleRef['apiGroup'] ?? null) === null || (roleRef['kind'] ?? null) === null) return undefined
    return { group: scalarText(roleRef['apiGroup']), version: '', kind: scalarText(roleRef['kind']) }
  }
}

/** Whether the first keys of a path are there at all: most objects have few of the fields that could name others. */
function mayLead(object: unknown, tokens: readonly string[]): boolean {
  let value = object
  for (const token of tokens) {
    if (!isMap(value)) return true
    if (!Object.hasOwn(value, token)) return token.endsWith('[]')
    value = value[token]
  }
  return true
}
