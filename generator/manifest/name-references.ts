/* oxlint-disable max-lines -- a table */
// The one table of which field names which object. Renaming in build/ and reference checking in validate/ both read it.
//
// The rows are those kustomize 5.8 resolves by itself (api/internal/konfig/builtinpluginconsts/namereference.go); what kustomize does
// not know (selectors, keys, custom resources) is for the reference checker to add on its side.

/** Which kind of object a name stands for. An absent group or version means any. */
export interface ReferenceTarget {
  readonly kind: string
  readonly group?: string
  readonly version?: string
}

export interface ReferringField {
  /** The kind whose objects have the field; an absent group or version means any. */
  readonly kind: string
  readonly group?: string
  readonly version?: string
  /**
   * Where the name stands: keys joined by `/`, a `/` inside a key written `\/`; lists on the way are walked through. It ends at a
   * name, at a list of names, or at a map (or list of maps) with `name` and perhaps `namespace`.
   */
  readonly path: string
}

export interface NameReference {
  readonly target: ReferenceTarget
  readonly fields: readonly ReferringField[]
}

/** Where each kind keeps its pod spec. */
const podSpecPaths = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
} as const

type PodKind = keyof typeof podSpecPaths

const templated = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
] as const
const accountable = [
  'Pod',
  'StatefulSet',
  'Deployment',
  'ReplicationController',
  'CronJob',
  'Job',
  'DaemonSet',
] as const

function inPods(kinds: readonly PodKind[], fields: readonly string[]): readonly ReferringField[] {
  return kinds.flatMap(kind => fields.map(field => ({ kind, path: `${podSpecPaths[kind]}/${field}` })))
}

const rbac = 'rbac.authorization.k8s.io'
const admission = 'admissionregistration.k8s.io'

const scaled = { kind: 'HorizontalPodAutoscaler', path: 'spec/scaleTargetRef/name' }

/** Every field of the built-in kinds that names another object. */
export const nameReferences: readonly NameReference[] = [
  { target: { kind: 'Deployment' }, fields: [scaled] },
  { target: { kind: 'ReplicationController' }, fields: [scaled] },
  { target: { kind: 'ReplicaSet' }, fields: [scaled] },
  { target: { kind: 'StatefulSet' }, fields: [scaled] },
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    fields: [
      ...inPods(templated, [
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ]),
      { kind: 'Node', path: 'spec/configSource/configMap' },
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap' },
    ],
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    fields: [
      ...inPods(templated, [
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ]),
      { kind: 'Ingress', path: 'spec/tls/secretName' },
      { kind: 'Ingress', path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret' },
      { kind: 'Ingress', path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret' },
      { kind: 'ServiceAccount', path: 'imagePullSecrets/name' },
      { kind: 'StorageClass', path: 'parameters/secretName' },
      { kind: 'StorageClass', path: 'parameters/adminSecretName' },
      { kind: 'StorageClass', path: 'parameters/userSecretName' },
      { kind: 'StorageClass', path: 'parameters/secretRef' },
      { kind: 'Role', path: 'rules/resourceNames' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
      {
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
      },
      { kind: 'PersistentVolume', path: 'spec/azureFile/secretName' },
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    fields: [
      { kind: 'StatefulSet', group: 'apps', path: 'spec/serviceName' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/serviceName' },
      { kind: 'Ingress', path: 'spec/backend/serviceName' },
      { kind: 'Ingress', path: 'spec/rules/http/paths/backend/service/name' },
      { kind: 'Ingress', path: 'spec/defaultBackend/service/name' },
      { kind: 'APIService', group: 'apiregistration.k8s.io', path: 'spec/service/name' },
      { kind: 'ValidatingWebhookConfiguration', group: admission, path: 'webhooks/clientConfig/service' },
      { kind: 'MutatingWebhookConfiguration', group: admission, path: 'webhooks/clientConfig/service' },
    ],
  },
  { target: { kind: 'Role', group: rbac }, fields: [{ kind: 'RoleBinding', group: rbac, path: 'roleRef/name' }] },
  {
    target: { kind: 'ClusterRole', group: rbac },
    fields: [
      { kind: 'RoleBinding', group: rbac, path: 'roleRef/name' },
      { kind: 'ClusterRoleBinding', group: rbac, path: 'roleRef/name' },
    ],
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [
      { kind: 'RoleBinding', group: rbac, path: 'subjects' },
      { kind: 'ClusterRoleBinding', group: rbac, path: 'subjects' },
      ...inPods(accountable, ['serviceAccountName']),
    ],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    fields: inPods(accountable, ['volumes/persistentVolumeClaim/claimName']),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: [
      { kind: 'PersistentVolumeClaim', path: 'spec/volumeName' },
      { kind: 'ClusterRole', path: 'rules/resourceNames' },
    ],
  },
  {
    target: { kind: 'StorageClass', group: 'storage.k8s.io', version: 'v1' },
    fields: [
      { kind: 'PersistentVolume', path: 'spec/storageClassName' },
      { kind: 'PersistentVolumeClaim', path: 'spec/storageClassName' },
      { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/storageClassName' },
    ],
  },
  {
    target: { kind: 'PriorityClass', group: 'scheduling.k8s.io', version: 'v1' },
    fields: inPods(accountable, ['priorityClassName']),
  },
  {
    // Kustomize's own row has the version inside the group, so that it never finds an IngressClass.
    target: { kind: 'IngressClass', group: 'networking.k8s.io/v1', version: 'v1' },
    fields: [{ kind: 'Ingress', path: 'spec/ingressClassName' }],
  },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: admission },
    fields: [{ kind: 'ValidatingAdmissionPolicyBinding', group: admission, path: 'spec/policyName' }],
  },
]
