// Which Application owns which object: over all Applications of a repository, on all clusters. An object with two owners is
// fought over, and pruned by the one that drops it (docs/user-guide/sync-options.md, FailOnSharedResource).

import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { ScopeOf } from '../resource-scope.ts'
import { placementOf } from './hooks.ts'
import { completeDestination, type KnownClusters } from './project-permission.ts'
import type { DestinationView } from './read-argocd.ts'

/** An Application with what it renders. */
export interface RenderedApplication {
  readonly application: Resource
  readonly destination: DestinationView
  readonly resources: readonly Resource[]
}

export interface OwnedObject {
  readonly owner: RenderedApplication
  readonly resource: Resource
  /** Cluster, group, kind, namespace and name as one string: the same for one object of one cluster. */
  readonly key: string
}

/** Every object by its key, in the order of the Applications; more than one entry of a key is a conflict, or a repetition. */
export function ownershipOf(
  applications: readonly RenderedApplication[],
  scopeOf: ScopeOf,
  clusters: KnownClusters = [],
): ReadonlyMap<string, readonly OwnedObject[]> {
  const byKey = new Map<string, OwnedObject[]>()
  for (const owner of applications) {
    const cluster = clusterKey(owner.destination, clusters)
    for (const resource of owner.resources) {
      if (!isTracked(resource)) continue
      const key = `${cluster} ${objectKey(resource, owner.destination, scopeOf)}`
      const owned = { owner, resource, key }
      const known = byKey.get(key)
      if (known === undefined) byKey.set(key, [owned])
      else known.push(owned)
    }
  }
  return byKey
}

/** The objects of one Application by identity, where the destination gives the namespace of objects that name none. */
export function objectKey(resource: Resource, destination: DestinationView, scopeOf: ScopeOf): string {
  const { apiVersion, kind, name } = resource
  const namespace = scopeOf(resource) === 'cluster' ? '' : (resource.namespace ?? destination.namespace)
  return `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`
}

/** One string per cluster: its URL where known, else its name. Two unknown spellings of one cluster stay apart. */
export function clusterKey(destination: DestinationView, clusters: KnownClusters = []): string {
  const { server, name } = completeDestination(destination, clusters)
  return server === '' ? `name:${name}` : server.replace(/\/$/, '')
}

/** Hooks and skipped objects are not tracked, so two Applications may both have them. */
function isTracked(resource: Resource): boolean {
  const { hook, phases } = placementOf(resource)
  return !hook && phases.length > 0
}
