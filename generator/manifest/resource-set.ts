// The objects of one environment (or one file set), indexed once for everything that looks objects up.

import { groupOf, type Resource } from './resource.ts'
import { asMap } from './value.ts'

export interface ResourceSet {
  /** In render order. */
  readonly all: readonly Resource[]
  /** Those that have annotations, in render order. */
  readonly annotated: readonly Resource[]
  /** All objects of a kind, whatever its group. */
  readonly ofKind: (kind: string) => readonly Resource[]
  /** The object of a kind by namespace (undefined: none set) and name; `group` narrows it, where kinds clash. */
  readonly find: (kind: string, namespace: string | undefined, name: string, group?: string) => Resource | undefined
}

export function resourceSet(all: readonly Resource[]): ResourceSet {
  const byKind = new Map<string, Resource[]>()
  const byIdentity = new Map<string, ByNamespace>()
  const annotated: Resource[] = []
  for (const resource of all) {
    if (asMap(resource.object['metadata'])['annotations'] !== undefined) annotated.push(resource)
    push(byKind, resource.kind, resource)
    push(namesIn(byIdentity, resource), resource.name, resource)
  }
  return {
    all,
    annotated,
    ofKind: kind => byKind.get(kind) ?? [],
    find: (kind, namespace, name, group) =>
      byIdentity
        .get(kind)
        ?.get(namespace ?? '')
        ?.get(name)
        ?.find(resource => group === undefined || groupOf(resource.apiVersion) === group),
  }
}

/** Maps in maps rather than one map by a joined key: a lookup builds no string. */
type ByNamespace = Map<string, Map<string, Resource[]>>

function namesIn(index: Map<string, ByNamespace>, { kind, namespace = '' }: Resource): Map<string, Resource[]> {
  let namespaces = index.get(kind)
  if (namespaces === undefined) index.set(kind, (namespaces = new Map()))
  let names = namespaces.get(namespace)
  if (names === undefined) namespaces.set(namespace, (names = new Map()))
  return names
}

function push(index: Map<string, Resource[]>, key: string, resource: Resource): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [resource])
  else list.push(resource)
}
