// Whether a kind lives in a namespace or in the cluster: what decides which list of an AppProject judges it.
// Argo CD asks the API server; offline, the table of built-in kinds, the CRDs at hand and what is declared answer.

import { builtInKindScope, builtInKindsOf, type KindScope } from '../manifest/built-in-kinds.ts'
import { groupOf, type Resource } from '../manifest/resource.ts'
import { asMap, asString } from '../manifest/value.ts'

export type Scope = KindScope

/** Cluster-scoped kinds of the controllers this tool bundles schemas for, by API group; the other kinds of these groups have a namespace. */
const customClusterKinds: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
}

export type ScopeOf = (resource: Pick<Resource, 'apiVersion' | 'kind' | 'namespace'>) => Scope | undefined

/** The scope that a schema at hand states for a kind. */
export type SchemaScope = (apiVersion: string, kind: string) => Scope | undefined

/**
 * Scopes of kinds: declared ones first, then CRDs among `resources`, then the built-in table, then schemas at hand. A kind of an
 * unknown group that names a namespace is namespaced; without one, its scope is unknown (`undefined`).
 */
export function scopesOf(
  resources: readonly Resource[],
  declared: readonly { readonly group: string; readonly kind: string; readonly scope: Scope }[] = [],
  schemaScope: SchemaScope = () => undefined,
): ScopeOf {
  const known = new Map<string, Scope>()
  for (const resource of resources) {
    if (resource.kind !== 'CustomResourceDefinition') continue
    const spec = asMap(resource.object['spec'])
    const kind = asString(asMap(spec['names'])['kind'])
    const group = asString(spec['group'])
    const scope = asString(spec['scope'])
    if (kind === undefined || group === undefined) continue
    if (scope === 'Cluster') known.set(`${group}/${kind}`, 'cluster')
    if (scope === 'Namespaced') known.set(`${group}/${kind}`, 'namespaced')
  }
  for (const { group, kind, scope } of declared) known.set(`${group}/${kind}`, scope)
  return ({ apiVersion, kind, namespace }) => {
    const group = groupOf(apiVersion)
    const found = known.get(`${group}/${kind}`) ?? builtInScope(group, kind) ?? schemaScope(apiVersion, kind)
    return found ?? (namespace === undefined ? undefined : 'namespaced')
  }
}

/** The scope of a kind by the built-in tables alone; undefined for groups they do not know. */
export function builtInScope(group: string, kind: string): Scope | undefined {
  const known = builtInKindScope(group, kind)
  if (known !== undefined) return known
  if (Object.hasOwn(customClusterKinds, group))
    return customClusterKinds[group]?.includes(kind) === true ? 'cluster' : 'namespaced'
  return builtInKindsOf(group) === undefined ? undefined : 'namespaced'
}
