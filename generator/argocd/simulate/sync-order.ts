// The order in which Argo CD applies an Application's objects: phase, wave, kind, name, then Namespaces and
// CustomResourceDefinitions pulled before what needs them (gitops-engine/pkg/sync/sync_tasks.go).

import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap, asString } from '../../manifest/value.ts'
import { phases, placementOf, type DeletePolicy, type Phase } from './hooks.ts'

/** Kinds in the order of one wave; any other kind comes after all of these. */
export const kindOrder: readonly string[] = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
]

export interface SyncTask {
  readonly resource: Resource
  readonly phase: Phase
  readonly wave: number
  readonly hook: boolean
  readonly deletePolicies: readonly DeletePolicy[]
  /** Counts from 1. */
  readonly position: number
}

export interface SyncPlan {
  /** In the order of application. A hook of two phases is there twice. */
  readonly tasks: readonly SyncTask[]
  /** Applied only when the Application is deleted. */
  readonly deletionHooks: readonly { readonly resource: Resource; readonly when: 'PreDelete' | 'PostDelete' }[]
  /** Rendered and never applied: skipped on purpose, or by a hook type Argo CD does not know. */
  readonly neverApplied: readonly Resource[]
}

type Draft = { phase: Phase; wave: number } & Omit<SyncTask, 'phase' | 'wave' | 'position'>

/** What one sync of these objects does, in order. */
export function syncOrder(resources: readonly Resource[]): SyncPlan {
  const placed = resources.map(resource => ({ resource, placement: placementOf(resource) }))
  const drafts = placed
    .flatMap(({ resource, placement }) =>
      placement.phases.map((phase): Draft => ({
        resource,
        phase,
        wave: placement.wave,
        hook: placement.hook,
        deletePolicies: placement.deletePolicies,
      })),
    )
    .sort(compare)
  const adjusted = pullUp(pullUp(drafts, namespaceKey, namespaceUse), definitionKey, definitionUse)
  return {
    tasks: adjusted.map((task, index) => ({ ...task, position: index + 1 })),
    deletionHooks: placed.flatMap(({ resource, placement }) => placement.deletion.map(when => ({ resource, when }))),
    neverApplied: placed.flatMap(({ resource, placement }) =>
      placement.phases.length === 0 && placement.deletion.length === 0 ? [resource] : [],
    ),
  }
}

/** Place in the order of phases and waves alone: what a later task waits for. Negative: `a` comes in an earlier step. */
export function compareSteps(a: Pick<SyncTask, 'phase' | 'wave'>, b: Pick<SyncTask, 'phase' | 'wave'>): number {
  return phases.indexOf(a.phase) - phases.indexOf(b.phase) || a.wave - b.wave
}

function compare(a: Draft, b: Draft): number {
  return (
    compareSteps(a, b) ||
    rank(a.resource) - rank(b.resource) ||
    (a.resource.name < b.resource.name ? -1 : Number(a.resource.name > b.resource.name))
  )
}

/** Place of a kind within a wave; kinds that are not in the table share the last. */
function rank({ kind }: Resource): number {
  const index = kindOrder.indexOf(kind)
  return index < 0 ? kindOrder.length : index
}

type Key = (resource: Resource) => string | undefined

/** Moves each provider before its first user, into that user's phase and wave (adjustDeps). */
function pullUp(tasks: readonly Draft[], provides: Key, uses: Key): readonly Draft[] {
  const ordered: Draft[] = []
  const firstUse = new Map<string, Draft>()
  for (const task of tasks) {
    const key = provides(task.resource)
    const user = key === undefined ? undefined : firstUse.get(key)
    if (user !== undefined) ordered.splice(ordered.indexOf(user), 0, { ...task, phase: user.phase, wave: user.wave })
    else ordered.push(task)
    const used = key === undefined ? uses(task.resource) : undefined
    if (used !== undefined && !firstUse.has(used)) firstUse.set(used, task)
  }
  return ordered
}

function namespaceKey({ apiVersion, kind, name }: Resource): string | undefined {
  return kind === 'Namespace' && groupOf(apiVersion) === '' ? name : undefined
}

function namespaceUse({ namespace }: Resource): string | undefined {
  return namespace
}

function definitionKey(resource: Resource): string | undefined {
  if (resource.kind !== 'CustomResourceDefinition' || groupOf(resource.apiVersion) !== 'apiextensions.k8s.io')
    return undefined
  const spec = asMap(resource.object['spec'])
  const kind = asString(asMap(spec['names'])['kind'])
  const group = asString(spec['group'])
  return kind === undefined || group === undefined ? undefined : `${group}/${kind}`
}

function definitionUse({ apiVersion, kind }: Resource): string {
  return `${groupOf(apiVersion)}/${kind}`
}
