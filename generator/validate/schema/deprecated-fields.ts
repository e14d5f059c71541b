// Fields and annotations that the server still takes but nobody should write: ignored, or going away.
// Sources: the API reference ("Deprecated: …") and https://kubernetes.io/docs/reference/labels-annotations-taints/.

/* oxlint-disable max-lines -- a table */

import { pointer } from '../../manifest/pointer.ts'
import { podTemplateOf } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { RawFinding } from './walk.ts'

interface DeprecatedName {
  readonly name: RegExp
  readonly instead: string
}

const podAnnotations: readonly DeprecatedName[] = [
  { name: /^seccomp\.security\.alpha\.kubernetes\.io\/pod$/, instead: 'securityContext.seccompProfile of the pod' },
  {
    name: /^container\.seccomp\.security\.alpha\.kubernetes\.io\//,
    instead: 'securityContext.seccompProfile of the container',
  },
  { name: /^container\.apparmor\.security\.beta\.kubernetes\.io\//, instead: 'securityContext.appArmorProfile' },
  { name: /^scheduler\.alpha\.kubernetes\.io\/critical-pod$/, instead: 'priorityClassName' },
]

const annotations: Readonly<Record<string, readonly DeprecatedName[]>> = {
  Ingress: [{ name: /^kubernetes\.io\/ingress\.class$/, instead: 'spec.ingressClassName' }],
  Service: [
    {
      name: /^service\.alpha\.kubernetes\.io\/tolerate-unready-endpoints$/,
      instead: 'spec.publishNotReadyAddresses',
    },
    { name: /^service\.kubernetes\.io\/topology-aware-hints$/, instead: 'spec.trafficDistribution' },
  ],
  PersistentVolumeClaim: [{ name: /^volume\.beta\.kubernetes\.io\/storage-class$/, instead: 'spec.storageClassName' }],
  StorageClass: [
    {
      name: /^storageclass\.beta\.kubernetes\.io\/is-default-class$/,
      instead: 'the annotation storageclass.kubernetes.io/is-default-class',
    },
  ],
  ServiceAccount: [
    { name: /^kubernetes\.io\/enforce-mountable-secrets$/, instead: 'separate namespaces for the secrets' },
  ],
}

/** Labels of nodes that pods ask for (pkg/api/node/util.go: deprecatedNodeLabels). */
const nodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
}

/** Pod spec fields. */
const podFields: Readonly<Record<string, string>> = { serviceAccount: 'Use serviceAccountName instead.' }

/** In-tree volume types that are gone or migrated to CSI drivers. */
const volumeTypes: Readonly<Record<string, string>> = {
  gitRepo: 'Clone in an init container into an emptyDir instead.',
  glusterfs: 'The plugin was removed in 1.26: use a CSI driver.',
  rbd: 'The plugin was removed in 1.31: use the Ceph CSI driver.',
  cephfs: 'The plugin was removed in 1.31: use the Ceph CSI driver.',
  flocker: 'The plugin was removed in 1.25: use a CSI driver.',
  quobyte: 'The plugin was removed in 1.25: use a CSI driver.',
  storageos: 'The plugin was removed in 1.25: use a CSI driver.',
  scaleIO: 'The plugin was removed in 1.22: use a CSI driver.',
  photonPersistentDisk: 'The plugin was removed: use a CSI driver.',
  awsElasticBlockStore: 'Use the ebs.csi.aws.com driver instead.',
  azureDisk: 'Use the disk.csi.azure.com driver instead.',
  azureFile: 'Use the file.csi.azure.com driver instead.',
  gcePersistentDisk: 'Use the pd.csi.storage.gke.io driver instead.',
  cinder: 'Use the cinder.csi.openstack.org driver instead.',
  portworxVolume: 'Use the pxd.portworx.com CSI driver instead.',
  vsphereVolume: 'Use the csi.vsphere.vmware.com driver instead.',
  flexVolume: 'Use a CSI driver instead.',
}

/** Fields at the same place in every object of a kind. */
const kindFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Service: { 'spec loadBalancerIP': 'Use the annotation of the load balancer’s provider instead.' },
  PersistentVolume: {
    'spec persistentVolumeReclaimPolicy=Recycle': 'Use dynamic provisioning instead of Recycle.',
  },
}

/** Warnings for what is deprecated in an object of a built-in kind. */
export function deprecatedFields(resource: Resource): readonly RawFinding[] {
  const found: RawFinding[] = []
  const names = annotations[resource.kind]
  if (names !== undefined)
    annotationFindings(asMap(asMap(resource.object['metadata'])['annotations']), '/metadata', names, found)
  const template = podTemplateOf(resource)
  if (template !== undefined) {
    annotationFindings(asMap(template.metadata['annotations']), `${template.pointer}/metadata`, podAnnotations, found)
    podFindings(template.spec, template.specPointer, found)
    nodeLabelFindings(template.spec, template.specPointer, found)
  }
  ownFindings(resource, found)
  return found
}

function annotationFindings(map: YamlMap, at: string, names: readonly DeprecatedName[], found: RawFinding[]): void {
  for (const key of Object.keys(map)) {
    const entry = names.find(({ name }) => name.test(key))
    if (entry === undefined) continue
    found.push(
      deprecated(`${at}${pointer('annotations', key)}`, `annotation "${key}"`, `Use ${entry.instead} instead.`),
    )
  }
}

function podFindings(spec: YamlMap, at: string, found: RawFinding[]): void {
  for (const [field, help] of Object.entries(podFields)) {
    const same = field === 'serviceAccount' && spec['serviceAccount'] === spec['serviceAccountName']
    if (spec[field] !== undefined && spec[field] !== null && !same)
      found.push(deprecated(`${at}/${field}`, `field "${field}"`, help))
  }
  asList(spec['volumes']).forEach((volume, index) => {
    if (!isMap(volume)) return
    for (const type of Object.keys(volume)) {
      const help = volumeTypes[type]
      if (help !== undefined)
        found.push(deprecated(`${at}${pointer('volumes', index, type)}`, `volume type "${type}"`, help))
    }
  })
}

function nodeLabelFindings(spec: YamlMap, at: string, found: RawFinding[]): void {
  for (const key of Object.keys(asMap(spec['nodeSelector']))) {
    nodeLabelFinding(key, `${at}${pointer('nodeSelector', key)}`, found)
  }
  asList(spec['topologySpreadConstraints']).forEach((constraint, index) => {
    const place = `${at}${pointer('topologySpreadConstraints', index, 'topologyKey')}`
    nodeLabelFinding(asMap(constraint)['topologyKey'], place, found)
  })
  const affinity = asMap(asMap(spec['affinity'])['nodeAffinity'])
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
  const place = `${at}/affinity/nodeAffinity`
  asList(asMap(affinity[required])['nodeSelectorTerms']).forEach((term, index) => {
    termFindings(asMap(term), `${place}${pointer(required, 'nodeSelectorTerms', index)}`, found)
  })
  asList(affinity[preferred]).forEach((entry, index) => {
    termFindings(asMap(asMap(entry)['preference']), `${place}${pointer(preferred, index, 'preference')}`, found)
  })
}

function termFindings(term: YamlMap, at: string, found: RawFinding[]): void {
  asList(term['matchExpressions']).forEach((expression, index) => {
    nodeLabelFinding(asMap(expression)['key'], `${at}${pointer('matchExpressions', index, 'key')}`, found)
  })
}

function nodeLabelFinding(label: YamlValue | undefined, at: string, found: RawFinding[]): void {
  if (typeof label !== 'string' || !Object.hasOwn(nodeLabels, label)) return
  found.push(deprecated(at, `label "${label}"`, `Use ${nodeLabels[label] ?? ''} instead.`))
}

function ownFindings(resource: Resource, found: RawFinding[]): void {
  for (const [rule, help] of Object.entries(kindFields[resource.kind] ?? {})) {
    const [section = '', field = ''] = rule.split(' ')
    const [name = '', wanted] = field.split('=')
    const value = asMap(resource.object[section])[name]
    if (value === undefined || value === null || (wanted !== undefined && value !== wanted)) continue
    found.push(deprecated(pointer(section, name), wanted === undefined ? `field "${name}"` : `value "${wanted}"`, help))
  }
}

function deprecated(at: string, what: string, help: string): RawFinding {
  return {
    code: 'schema/deprecated-field',
    pointer: at,
    message: `${what} is deprecated`,
    help,
    severity: 'warning',
    on: 'key',
  }
}
