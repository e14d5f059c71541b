// The smallest project that permits what renders: destinations and kinds computed from the objects themselves.
// Guarantee, held by a test with the simulation: no entry can be removed without forbidding a rendered object or the
// Application itself, and nothing rendered is forbidden.

import { groupOf, type Resource } from '../manifest/resource.ts'
import type { ApplicationDestination, AppProjectSpec, ClusterResource, GroupKind } from './application.ts'
import type { ArgoCdEnvironment, Cluster } from './argocd-input.ts'
import { present } from './present.ts'
import type { ScopeOf } from './resource-scope.ts'

type Permissions = Pick<
  AppProjectSpec,
  | 'destinations'
  | 'clusterResourceWhitelist'
  | 'clusterResourceBlacklist'
  | 'namespaceResourceWhitelist'
  | 'namespaceResourceBlacklist'
>

/**
 * Destinations and kind lists of an environment's project.
 *
 * Cluster-scoped objects are permitted by exact name (docs/user-guide/projects.md, "Restrict cluster-scoped resources by
 * name"). When nothing namespaced renders, a deny list says so: an empty whitelist would be dropped by Argo CD's API and
 * then mean "everything" (pkg/apis/application/v1alpha1/app_project_types.go, IsGroupKindNamePermitted).
 * @param clusters where the environment runs, if not on its own cluster alone
 */
export function permissionsFor(
  environment: ArgoCdEnvironment,
  scopeOf: ScopeOf,
  clusters: readonly Cluster[] = [environment.cluster],
): Permissions {
  const applied = [...environment.resources, ...(environment.deployed ?? [])].filter(resource => !isSkipped(resource))
  const namespaced = applied.filter(resource => scopeOf(resource) !== 'cluster')
  const cluster = applied.filter(resource => scopeOf(resource) === 'cluster').map(clusterEntry)
  const { namespace } = environment
  const created: readonly ClusterResource[] =
    createsNamespace(environment) && namespace !== undefined ? [{ group: '', kind: 'Namespace', name: namespace }] : []
  const kinds = namespacedKinds(environment, namespaced)
  return {
    destinations: clusters.flatMap(each => destinationsOf({ ...environment, cluster: each }, namespaced)),
    ...present({
      clusterResourceWhitelist: unique([...created, ...cluster, ...(environment.permit?.cluster ?? [])]),
      clusterResourceBlacklist: environment.deny?.cluster,
      namespaceResourceWhitelist: kinds,
      namespaceResourceBlacklist: kinds.length === 0 ? [{ group: '*', kind: '*' }] : environment.deny?.namespaced,
    }),
  }
}

function namespacedKinds(
  { showChildren, permit }: ArgoCdEnvironment,
  namespaced: readonly Resource[],
): readonly GroupKind[] {
  const rendered = namespaced.map(groupKind)
  const made = showChildren === true ? rendered.flatMap(childKinds) : []
  return unique([...rendered, ...made, ...(permit?.namespaced ?? [])])
}

/** Whether Argo CD is to create the destination namespace: asked for, or needed because nothing renders it. */
export function createsNamespace(environment: ArgoCdEnvironment): boolean {
  const { namespace } = environment
  if (namespace === undefined) return false
  if (environment.createNamespace !== undefined) return environment.createNamespace
  return !environment.resources.some(resource => isNamespace(resource) && resource.name === namespace)
}

/** The destination of an environment's Application. */
export function destinationOf(environment: Pick<ArgoCdEnvironment, 'cluster' | 'namespace'>): ApplicationDestination {
  return {
    ...environment.cluster,
    ...(environment.namespace === undefined ? {} : { namespace: environment.namespace }),
  }
}

function destinationsOf(environment: ArgoCdEnvironment, namespaced: readonly Resource[]): ApplicationDestination[] {
  const names = namespaced.flatMap(resource => (resource.namespace === undefined ? [] : [resource.namespace]))
  const others = [...new Set(names)].filter(name => name !== environment.namespace).sort()
  return [destinationOf(environment), ...others.map(namespace => ({ ...environment.cluster, namespace }))]
}

function isNamespace(resource: Resource): boolean {
  return resource.kind === 'Namespace' && groupOf(resource.apiVersion) === ''
}

/** Objects with `hook: Skip` never reach the cluster, so nothing has to permit them. */
function isSkipped(resource: Resource): boolean {
  const annotations = resource.object['metadata'] as { readonly annotations?: Readonly<Record<string, string>> }
  return annotations.annotations?.['argocd.argoproj.io/hook'] === 'Skip'
}

function groupKind({ apiVersion, kind }: Resource): GroupKind {
  return { group: groupOf(apiVersion), kind }
}

/** What controllers make from an object of a kind, down to the pods. */
const childrenOf: Readonly<Record<string, readonly GroupKind[]>> = {
  Deployment: [{ group: 'apps', kind: 'ReplicaSet' }],
  Rollout: [{ group: 'apps', kind: 'ReplicaSet' }],
  ReplicaSet: [{ group: '', kind: 'Pod' }],
  StatefulSet: [
    { group: '', kind: 'Pod' },
    { group: '', kind: 'PersistentVolumeClaim' },
  ],
  DaemonSet: [{ group: '', kind: 'Pod' }],
  CronJob: [{ group: 'batch', kind: 'Job' }],
  Job: [{ group: '', kind: 'Pod' }],
}

function childKinds({ kind }: GroupKind): readonly GroupKind[] {
  return (childrenOf[kind] ?? []).flatMap(child => [child, ...childKinds(child)])
}

function clusterEntry({ apiVersion, kind, name }: Resource): ClusterResource {
  return { group: groupOf(apiVersion), kind, name }
}

function unique<T extends ClusterResource>(entries: readonly T[]): readonly T[] {
  const byKey = new Map(entries.map(entry => [`${entry.group}\n${entry.kind}\n${entry.name ?? ''}`, entry]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}
