// Every kind that Kubernetes 1.30 to 1.36 serves, and the removed ones that people still write, by API group and scope: what
// tells a kind or group that can never match from one of a custom resource. The schemas of all versions are held against it.

export type KindScope = 'cluster' | 'namespaced'

interface GroupKinds {
  readonly cluster?: readonly string[]
  readonly namespaced?: readonly string[]
}

const kindsByGroup: Readonly<Record<string, GroupKinds>> = {
  '': {
    cluster: ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
    namespaced: [
      'Binding',
      'ConfigMap',
      'Endpoints',
      'Event',
      'LimitRange',
      'PersistentVolumeClaim',
      'Pod',
      'PodTemplate',
      'ReplicationController',
      'ResourceQuota',
      'Secret',
      'Service',
      'ServiceAccount',
    ],
  },
  'admissionregistration.k8s.io': {
    cluster: [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
  },
  'apiextensions.k8s.io': { cluster: ['CustomResourceDefinition'] },
  'apiregistration.k8s.io': { cluster: ['APIService'] },
  apps: { namespaced: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'] },
  'authentication.k8s.io': { cluster: ['SelfSubjectReview', 'TokenReview'], namespaced: ['TokenRequest'] },
  'authorization.k8s.io': {
    cluster: ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
    namespaced: ['LocalSubjectAccessReview'],
  },
  autoscaling: { namespaced: ['HorizontalPodAutoscaler', 'Scale'] },
  batch: { namespaced: ['CronJob', 'Job'] },
  'certificates.k8s.io': {
    cluster: ['CertificateSigningRequest', 'ClusterTrustBundle'],
    namespaced: ['PodCertificateRequest'],
  },
  'coordination.k8s.io': { namespaced: ['Lease', 'LeaseCandidate'] },
  'discovery.k8s.io': { namespaced: ['EndpointSlice'] },
  'events.k8s.io': { namespaced: ['Event'] },
  // Served until 1.22; lists of kinds still have it.
  extensions: {
    cluster: ['PodSecurityPolicy'],
    namespaced: ['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'],
  },
  'flowcontrol.apiserver.k8s.io': { cluster: ['FlowSchema', 'PriorityLevelConfiguration'] },
  'internal.apiserver.k8s.io': { cluster: ['StorageVersion'] },
  'networking.k8s.io': {
    cluster: ['IPAddress', 'IngressClass', 'ServiceCIDR'],
    namespaced: ['Ingress', 'NetworkPolicy'],
  },
  'node.k8s.io': { cluster: ['RuntimeClass'] },
  policy: { cluster: ['PodSecurityPolicy'], namespaced: ['Eviction', 'PodDisruptionBudget'] },
  'rbac.authorization.k8s.io': {
    cluster: ['ClusterRole', 'ClusterRoleBinding'],
    namespaced: ['Role', 'RoleBinding'],
  },
  'resource.k8s.io': {
    cluster: ['DeviceClass', 'DeviceTaintRule', 'ResourceClass', 'ResourcePoolStatusRequest', 'ResourceSlice'],
    namespaced: [
      'PodSchedulingContext',
      'ResourceClaim',
      'ResourceClaimParameters',
      'ResourceClaimTemplate',
      'ResourceClassParameters',
    ],
  },
  'scheduling.k8s.io': { cluster: ['PriorityClass'], namespaced: ['PodGroup', 'Workload'] },
  'storage.k8s.io': {
    cluster: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
    namespaced: ['CSIStorageCapacity'],
  },
  'storagemigration.k8s.io': { cluster: ['StorageVersionMigration'] },
}

/** The API groups of Kubernetes itself; '' is the core group. */
export const builtInGroups: readonly string[] = Object.keys(kindsByGroup)

/** The kinds of one of Kubernetes' own groups; undefined for any other group, whose kinds are not known. */
export function builtInKindsOf(group: string): readonly string[] | undefined {
  const kinds = Object.hasOwn(kindsByGroup, group) ? kindsByGroup[group] : undefined
  return kinds === undefined ? undefined : [...(kinds.cluster ?? []), ...(kinds.namespaced ?? [])]
}

/** The scope of a built-in kind; undefined for kinds that are none. */
export function builtInKindScope(group: string, kind: string): KindScope | undefined {
  const kinds = Object.hasOwn(kindsByGroup, group) ? kindsByGroup[group] : undefined
  if (kinds?.cluster?.includes(kind) === true) return 'cluster'
  return kinds?.namespaced?.includes(kind) === true ? 'namespaced' : undefined
}

/** The built-in groups that have a kind of this name. */
export function builtInGroupsOf(kind: string): readonly string[] {
  return builtInGroups.filter(group => builtInKindsOf(group)?.includes(kind) === true)
}

/** All built-in kinds of one scope, whatever their group. */
export function builtInKindsOfScope(scope: KindScope): readonly string[] {
  return Object.values(kindsByGroup).flatMap(kinds => kinds[scope] ?? [])
}
