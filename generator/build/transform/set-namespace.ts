// `namespace:`: the namespace of every object that has one, of role binding subjects, and of a few fields that name a namespace.
// Follows api/internal/builtins/NamespaceTransformer.go and api/filters/namespace/namespace.go.

import { isList, isMap } from '../../manifest/value.ts'
import { newMap, scalarText, type MutableMap } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { idKey, idText, type BuildResource } from '../build-resource.ts'
import { isClusterScoped } from '../cluster-scoped.ts'
import { visitFields, type FieldSpec, type Slot } from '../field-spec.ts'
import type { ResourceList } from '../resource-list.ts'

export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none'

export interface NamespaceOptions {
  readonly namespace: string
  readonly fieldSpecs: readonly FieldSpec[]
  readonly unsetOnly?: boolean
  readonly setRoleBindingSubjects?: SubjectMode
}

export function setNamespace(resources: ResourceList, options: NamespaceOptions): void {
  if (options.namespace === '') return
  const count = new Map<string, number>()
  const add = (key: string, by: number): number => {
    const sum = (count.get(key) ?? 0) + by
    count.set(key, sum)
    return sum
  }
  for (const resource of resources.all) add(idKey(resource.id), 1)
  for (const resource of resources.all) {
    add(idKey(resource.id), -1)
    resource.rememberId()
    setNamespaceOf(resource, options)
    if (add(idKey(resource.id), 1) > 1) {
      refuse('kustomize/duplicate-resource', `namespace transformation produces ID conflict: ${idText(resource.id)}`, {
        at: resource.readFrom,
        help: 'Give one of the two objects another name.',
      })
    }
  }
  resources.identitiesChanged()
}

/** Sets the namespace of one object. */
export function setNamespaceOf(resource: BuildResource, options: NamespaceOptions): void {
  const { gvk, apiVersion, kind } = resource
  const object = resource.edit()
  const set = (slot: Slot): void => setText(slot, options)
  if (!isClusterScoped(apiVersion, kind)) setOwnNamespace(object, options)
  const isBinding = kind === 'RoleBinding' || kind === 'ClusterRoleBinding'
  if (isBinding) setSubjects(object, options)
  const specs = options.fieldSpecs.filter(
    spec =>
      spec.path !== 'metadata/namespace' &&
      (spec.path !== 'metadata/name' || apiVersion === 'v1') &&
      !(isBinding && spec.path === 'subjects/namespace' && /^(?:Cluster)?RoleBinding$/.test(spec.kind)),
  )
  visitFields(object, gvk, specs, { visit: set, create: 'scalar' })
}

function setOwnNamespace(object: MutableMap, options: NamespaceOptions): void {
  const metadata = isMap(object['metadata']) ? object['metadata'] : newMap()
  object['metadata'] = metadata
  setText({ get: () => metadata['namespace'], set: value => void (metadata['namespace'] = value) }, options)
}

function setSubjects(object: MutableMap, options: NamespaceOptions): void {
  const mode = options.setRoleBindingSubjects ?? 'defaultOnly'
  const subjects = object['subjects'] ?? null
  if (mode === 'none' || subjects === null) return
  if (!isList(subjects)) refuse('kustomize/field-path', 'the subjects of a role binding are not a list')
  for (const subject of subjects) {
    if (!isMap(subject)) continue
    const [field, wanted] = mode === 'allServiceAccounts' ? ['kind', 'ServiceAccount'] : ['name', 'default']
    if (isMap(subject[field]) || isList(subject[field]))
      refuse('kustomize/field-path', `the ${field} of a role binding's subject is not text`)
    if (subject[field] !== wanted) continue
    setText({ get: () => subject['namespace'], set: value => void (subject['namespace'] = value) }, options)
  }
}

function setText(slot: Slot, { namespace, unsetOnly }: NamespaceOptions): void {
  const value = slot.get()
  if (isMap(value) || isList(value)) {
    refuse('kustomize/field-path', 'a namespace field holds a map or list, only text can be replaced')
  }
  if (unsetOnly === true && scalarText(value) !== '') return
  slot.set(namespace)
}
