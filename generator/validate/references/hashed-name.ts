// Names that kustomize gave a content hash: `settings` became `settings-6ct58987ht`.

import type { Reference } from '../../manifest/references-of.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Graph } from '../../graph/graph.ts'

/** Alphabet and length of kustomize's hash (kustomize api/hasher/hasher.go): ten characters that spell no words. */
const hashed = /^(.+)-[2456789bcdfghkmt]{10}$/

/** The name before the hash; undefined where a name has none. */
export function nameBeforeHash(name: string): string | undefined {
  return hashed.exec(name)?.[1]
}

const indexes = new WeakMap<Graph, ReadonlyMap<string, Resource>>()

/** ConfigMaps and Secrets with a hashed name, by kind, namespace and the name before the hash. */
export function hashedObjects(graph: Graph): ReadonlyMap<string, Resource> {
  const known = indexes.get(graph)
  if (known !== undefined) return known
  const index = new Map<string, Resource>()
  for (const kind of ['ConfigMap', 'Secret']) {
    for (const resource of graph.resources.ofKind(kind)) {
      const before = nameBeforeHash(resource.name)
      if (before !== undefined) index.set(hashedKey(kind, resource.namespace, before), resource)
    }
  }
  indexes.set(graph, index)
  return index
}

/** The hashed object that a reference by its bare name probably means. */
export function hashedNameFor({ kind, namespace, name }: Reference, graph: Graph): Resource | undefined {
  return hashedObjects(graph).get(hashedKey(kind, namespace, name))
}

export function hashedKey(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`
}
