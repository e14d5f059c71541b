// The API groups of Kubernetes' own kinds: what tells a group that can never match from one of a custom resource.

const kindsByGroup: Readonly<Record<string, readonly string[]>> = {
  '': [
    'Binding',
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'ServiceAccount',
  ],
  apps: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob'],
  'networking.k8s.io': ['IngressClass', 'NetworkPolicy'],
  policy: ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'storage.k8s.io': ['CSIDriver', 'StorageClass'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'scheduling.k8s.io': ['PriorityClass'],
  'discovery.k8s.io': ['EndpointSlice'],
}

const groups = new Map(
  Object.entries(kindsByGroup).flatMap(([group, kinds]) => kinds.map(kind => [kind, group] as const)),
)

/** Groups a built-in kind is, or used to be, served in; undefined for kinds that others define too (Service, Ingress, Job). */
export function builtInGroupsOf(kind: string): readonly string[] | undefined {
  const group = groups.get(kind)
  return group === undefined ? undefined : [group]
}
