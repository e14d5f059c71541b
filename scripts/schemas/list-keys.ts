// Which lists of the built-in kinds are maps in disguise, and by which keys. No npm package carries this; written from the API
// reference (https://kubernetes.io/docs/reference/kubernetes-api/, "Map: unique values on keys … will be kept during a merge").

/* oxlint-disable max-lines -- a table */

/**
 * Definition and field to the keys. `~` in front: the server stores such an object (with a warning), but an apply
 * that merges cannot tell the entries apart. `~name|`: only where the entries differ in `name`; without names they are a mistake.
 */
const entries: Readonly<Record<string, string>> = {
  'V1Container env': '~name',
  'V1Container ports': '~name|containerPort,protocol',
  'V1Container volumeDevices': 'devicePath',
  'V1Container volumeMounts': 'mountPath',
  'V1EphemeralContainer env': '~name',
  'V1EphemeralContainer ports': '~name|containerPort,protocol',
  'V1EphemeralContainer volumeDevices': 'devicePath',
  'V1EphemeralContainer volumeMounts': 'mountPath',
  'V1ResourceRequirements claims': 'name',
  'V1PodSpec containers': 'name',
  'V1PodSpec ephemeralContainers': 'name',
  'V1PodSpec hostAliases': '~ip',
  'V1PodSpec imagePullSecrets': '~name',
  'V1PodSpec initContainers': 'name',
  'V1PodSpec resourceClaims': 'name',
  'V1PodSpec schedulingGates': 'name',
  'V1PodSpec topologySpreadConstraints': 'topologyKey,whenUnsatisfiable',
  'V1PodSpec volumes': 'name',
  'V1ServiceSpec ports': 'port,protocol',
  'V1ServiceAccount secrets': '~name',
  'V1ObjectMeta ownerReferences': '~uid',
  'V1CSINodeSpec drivers': 'name',
  'V1MutatingWebhook matchConditions': 'name',
  'V1MutatingWebhookConfiguration webhooks': 'name',
  'V1ValidatingWebhook matchConditions': 'name',
  'V1ValidatingWebhookConfiguration webhooks': 'name',
  'V1ValidatingAdmissionPolicySpec matchConditions': 'name',
  'V1ValidatingAdmissionPolicySpec variables': 'name',
  'V1MutatingAdmissionPolicySpec matchConditions': 'name',
  'V1MutatingAdmissionPolicySpec variables': 'name',
}

/** The keys of a list, for the definition or its twins in other API versions (`V1beta1MutatingAdmissionPolicySpec`). */
export function listKeys(definition: string, field: string): string | undefined {
  return entries[`${definition} ${field}`] ?? entries[`${definition.replace(/^V\d+(?:alpha|beta)\d+/, 'V1')} ${field}`]
}
