/* oxlint-disable max-lines -- a table */
// Which lists of the Kubernetes API are merged element by element, and by which keys: `patchStrategy: merge` with its
// `patchMergeKey` or `x-kubernetes-list-map-keys`. Every list that is not here is replaced as a whole.
//
// Facts: https://kubernetes.io/docs/reference/generated/kubernetes-api/ (patch strategy and patch merge key of each field), in the
// release that kustomize 5.8 carries in its binary (v1.21.2): kinds and lists added to Kubernetes later are atomic to it.

/** What is known of the value of a field. */
export interface FieldSchema {
  /** Present when the field is a list merged by element; empty for a list of plain values merged as a set. */
  readonly mergeKeys?: readonly string[]
  /** The schema of the value; of the elements, when it is a list. */
  readonly value?: MergeSchema
}

/** The merged lists below one type. */
export interface MergeSchema {
  readonly field: (name: string) => FieldSchema | undefined
}

/** Finds the schema of a kind; undefined for kinds without merged lists, custom resources among them. */
export type SchemaLookup = (apiVersion: string, kind: string) => MergeSchema | undefined

/** The built-in kinds. */
export const kubernetesSchema: SchemaLookup = (apiVersion, kind) => {
  const row = rows.has(`${apiVersion}/${kind}`) ? `${apiVersion}/${kind}` : undefined
  if (row !== undefined) return typeNamed(row)
  return metadataOnly.get(apiVersion)?.includes(kind) === true ? typeNamed('MetadataOnly') : undefined
}

/** A built-in type by its name in the API's own document, such as `io.k8s.api.core.v1.PodTemplateSpec`. */
export function kubernetesDefinition(name: string): MergeSchema | undefined {
  const [, group = '', version = '', type = ''] = /^io\.k8s\..*?([^.]+)\.(v\d\w*)\.(\w+)$/.exec(name) ?? []
  const row = [`${group}/${version}/${type}`, `${version}/${type}`, type].find(key => rows.has(key))
  return row === undefined ? undefined : typeNamed(row)
}

/**
 * One line per type: `field:Type` leads on, `field[key]:Type` is a list merged by key, `field[]` one merged as a set,
 * `field*:Type` a list replaced as a whole.
 */
const rows: ReadonlyMap<string, string> = new Map([
  ['MetadataOnly', 'metadata:ObjectMeta'],
  ['ObjectMeta', 'finalizers[] ownerReferences[uid]'],
  ['Conditions', 'conditions[type]'],

  [
    'PodSpec',
    'containers[name]:Container initContainers[name]:Container ephemeralContainers[name]:EphemeralContainer hostAliases[ip] ' +
      'imagePullSecrets[name] topologySpreadConstraints[topologyKey,whenUnsatisfiable] volumes[name]:Volume',
  ],
  ['Container', 'env[name] ports[containerPort,protocol] volumeDevices[devicePath] volumeMounts[mountPath]'],
  ['EphemeralContainer', 'env[name] volumeDevices[devicePath] volumeMounts[mountPath]'],
  ['Volume', 'ephemeral:EphemeralVolumeSource'],
  ['EphemeralVolumeSource', 'volumeClaimTemplate:MetadataOnly'],
  ['PodTemplateSpec', 'metadata:ObjectMeta spec:PodSpec'],
  ['PodStatus', 'conditions[type] podIPs[ip]'],
  ['WorkloadSpec', 'template:PodTemplateSpec'],
  ['StatefulSetSpec', 'template:PodTemplateSpec volumeClaimTemplates*:v1/PersistentVolumeClaim'],
  ['CronJobSpec', 'jobTemplate:JobTemplateSpec'],
  ['JobTemplateSpec', 'metadata:ObjectMeta spec:WorkloadSpec'],
  ['ServiceSpec', 'ports[port,protocol]'],
  ['NodeSpec', 'podCIDRs[]'],
  ['NodeStatus', 'addresses[type] conditions[type]'],
  ['CSINodeSpec', 'drivers[name]'],

  ['v1/Pod', 'metadata:ObjectMeta spec:PodSpec status:PodStatus'],
  ['v1/PodTemplate', 'metadata:ObjectMeta template:PodTemplateSpec'],
  ['v1/ReplicationController', 'metadata:ObjectMeta spec:WorkloadSpec status:Conditions'],
  ['v1/Service', 'metadata:ObjectMeta spec:ServiceSpec status:Conditions'],
  ['v1/ServiceAccount', 'metadata:ObjectMeta secrets[name]'],
  ['v1/Namespace', 'metadata:ObjectMeta status:Conditions'],
  ['v1/Node', 'metadata:ObjectMeta spec:NodeSpec status:NodeStatus'],
  ['v1/PersistentVolumeClaim', 'metadata:ObjectMeta status:Conditions'],
  ['v1/ComponentStatus', 'metadata:ObjectMeta conditions[type]'],
  ['apps/v1/Deployment', 'metadata:ObjectMeta spec:WorkloadSpec status:Conditions'],
  ['apps/v1/DaemonSet', 'metadata:ObjectMeta spec:WorkloadSpec status:Conditions'],
  ['apps/v1/ReplicaSet', 'metadata:ObjectMeta spec:WorkloadSpec status:Conditions'],
  ['apps/v1/StatefulSet', 'metadata:ObjectMeta spec:StatefulSetSpec status:Conditions'],
  ['batch/v1/Job', 'metadata:ObjectMeta spec:WorkloadSpec status:Conditions'],
  ['batch/v1/CronJob', 'metadata:ObjectMeta spec:CronJobSpec'],
  ['batch/v1beta1/CronJob', 'metadata:ObjectMeta spec:CronJobSpec'],
  ['policy/v1/PodDisruptionBudget', 'metadata:ObjectMeta status:Conditions'],
  ['policy/v1beta1/PodDisruptionBudget', 'metadata:ObjectMeta status:Conditions'],
  ['admissionregistration.k8s.io/v1/MutatingWebhookConfiguration', 'metadata:ObjectMeta webhooks[name]'],
  ['admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'metadata:ObjectMeta webhooks[name]'],
  ['admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration', 'metadata:ObjectMeta webhooks[name]'],
  ['admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration', 'metadata:ObjectMeta webhooks[name]'],
  ['apiregistration.k8s.io/v1/APIService', 'metadata:ObjectMeta status:Conditions'],
  ['apiregistration.k8s.io/v1beta1/APIService', 'metadata:ObjectMeta status:Conditions'],
  ['storage.k8s.io/v1/CSINode', 'metadata:ObjectMeta spec:CSINodeSpec'],
  ['storage.k8s.io/v1beta1/CSINode', 'metadata:ObjectMeta spec:CSINodeSpec'],
])

/** Kinds that merge nothing but what every object's metadata merges. */
const metadataOnly: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    v1: 'Binding ConfigMap Endpoints Event LimitRange PersistentVolume ResourceQuota Secret',
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
    'apps/v1': 'ControllerRevision',
    'authentication.k8s.io/v1': 'TokenRequest TokenReview',
    'authentication.k8s.io/v1beta1': 'TokenReview',
    'authorization.k8s.io/v1':
      'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    'authorization.k8s.io/v1beta1':
      'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
    'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
    'autoscaling/v2beta1': 'HorizontalPodAutoscaler',
    'autoscaling/v2beta2': 'HorizontalPodAutoscaler',
    'certificates.k8s.io/v1': 'CertificateSigningRequest',
    'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
    'coordination.k8s.io/v1': 'Lease',
    'coordination.k8s.io/v1beta1': 'Lease',
    'discovery.k8s.io/v1': 'EndpointSlice',
    'discovery.k8s.io/v1beta1': 'EndpointSlice',
    'events.k8s.io/v1': 'Event',
    'events.k8s.io/v1beta1': 'Event',
    'extensions/v1beta1': 'Ingress',
    'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
    'networking.k8s.io/v1beta1': 'Ingress IngressClass',
    'node.k8s.io/v1': 'RuntimeClass',
    'node.k8s.io/v1beta1': 'RuntimeClass',
    'policy/v1beta1': 'Eviction PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'scheduling.k8s.io/v1beta1': 'PriorityClass',
    'storage.k8s.io/v1': 'CSIDriver StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1': 'CSIDriver CSIStorageCapacity StorageClass VolumeAttachment',
  }).map(([apiVersion, kinds]) => [apiVersion, kinds.split(' ')]),
)

const types = new Map<string, MergeSchema>()

function typeNamed(name: string): MergeSchema {
  const known = types.get(name)
  if (known !== undefined) return known
  const fields = new Map((rows.get(name) ?? '').split(' ').filter(Boolean).map(parseField))
  const schema: MergeSchema = { field: field => fields.get(field) }
  types.set(name, schema)
  return schema
}

function parseField(text: string): [string, FieldSchema] {
  const [path = '', type] = text.split(':')
  const [, name = '', keys] = /^([^[*]+)(?:\*|\[([^\]]*)\])?$/.exec(path) ?? []
  const value = type === undefined ? {} : { value: lazy(type) }
  return [name, { ...value, ...(keys === undefined ? {} : { mergeKeys: keys === '' ? [] : keys.split(',') }) }]
}

function lazy(type: string): MergeSchema {
  return { field: name => typeNamed(type).field(name) }
}
