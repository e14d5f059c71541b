// Whether a kind lives in a namespace or in the cluster: what decides which list of an AppProject judges it.
// Argo CD asks the API server; offline, the table of built-in kinds, the CRDs at hand and what is declared answer.

import { groupOf, type Resource } from '../manifest/resource.ts'
import { asMap, asString } from '../manifest/value.ts'

export type Scope = 'cluster' | 'namespaced'

/** Cluster-scoped kinds of Kubernetes and of the controllers this tool bundles schemas for, by API group. */
const clusterKinds: Readonly<Record<string, readonly string[]>> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  policy: ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
}

const namespacedGroups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'resource.k8s.io',
  'certificates.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  ...Object.keys(clusterKinds),
])

export type ScopeOf = (resource: Pick<Resource, 'apiVersion' | 'kind' | 'namespace'>) => Scope | undefined

/**
 * Scopes of kinds: declared ones first, then CRDs among `resources`, then the built-in table. A kind of an unknown group
 * that names a namespace is namespaced; without one, its scope is unknown (`undefined`).
 */
export function scopesOf(
  resources: readonly Resource[],
  declared: readonly { readonly group: string; readonly kind: string; readonly scope: Scope }[] = [],
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
    const found = known.get(`${group}/${kind}`) ?? builtInScope(group, kind)
    return found ?? (namespace === undefined ? undefined : 'namespaced')
  }
}

/** The scope of a kind by the built-in table alone; undefined for groups the table does not know. */
export function builtInScope(group: string, kind: string): Scope | undefined {
  if (clusterKinds[group]?.includes(kind) === true) return 'cluster'
  return namespacedGroups.has(group) ? 'namespaced' : undefined
}
