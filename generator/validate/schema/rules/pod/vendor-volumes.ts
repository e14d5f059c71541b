// Volume sources of one vendor's disks, in pods and in PersistentVolumes: what each demands besides the fields it needs.
// Follows pkg/apis/core/validation/validation.go (validateAzureDisk, validateCinderVolumeSource, validateStorageOSVolumeSource,
// validateFlexVolumeSource and their PersistentVolume counterparts).

import { dns1123LabelFault } from '../../../../manifest/names.ts'
import { at, entries, isSet, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseFault, refuseOutside, refuseUnsupported, type Inspection } from '../inspection.ts'

const name = 'invalid-volume'

/** @param persistent whether the source is a PersistentVolume's, which names the namespace of each Secret */
export function inspectVendorVolume(inspection: Inspection, source: Field, persistent: boolean): void {
  if (source.key === 'azureDisk') inspectAzureDisk(inspection, source)
  if (source.key === 'flexVolume') inspectFlexVolume(inspection, source)
  if (source.key === 'cinder' || source.key === 'storageos') inspectSecretRef(inspection, source, persistent)
  if (source.key === 'gcePersistentDisk' || source.key === 'awsElasticBlockStore') {
    refuseOutside(inspection, at(source, 'partition'), { what: 'partition', min: 0, max: 255 })
  }
  if (persistent) inspectNamespaces(inspection, source)
}

/** Managed disks are named by their resource, others by the address of their blob. */
function inspectAzureDisk(inspection: Inspection, disk: Field): void {
  const uri = at(disk, 'diskURI')
  const kind = at(disk, 'kind')
  refuseUnsupported(inspection, 'unsupported-value', {
    field: kind,
    what: 'kind of the disk',
    allowed: ['Dedicated', 'Managed', 'Shared'],
  })
  const managed = text(kind) === 'Managed'
  const fits = managed ? text(uri).startsWith('/subscriptions/') : text(uri).startsWith('https://')
  if (text(uri) === '' || fits) return
  inspection.refuse(name, {
    at: uri,
    message: `diskURI ${quote(text(uri))} must start with ${managed ? '"/subscriptions/"' : '"https://"'}`,
  })
}

/** Options under Kubernetes' own domains are what the kubelet tells the driver. */
function inspectFlexVolume(inspection: Inspection, volume: Field): void {
  for (const option of entries(at(volume, 'options'))) {
    const [domain = ''] = String(option.key).toLowerCase().split('/', 1)
    if (!/(^|\.)(kubernetes|k8s)\.io$/.test(domain)) continue
    inspection.refuse(name, {
      at: option,
      on: 'key',
      message: `option ${quote(option.key)} is under a domain that Kubernetes keeps for itself`,
      help: 'Name the option without kubernetes.io or k8s.io.',
    })
  }
}

function inspectSecretRef(inspection: Inspection, source: Field, persistent: boolean): void {
  const secret = at(source, 'secretRef')
  if (mapOf(secret) === undefined) return
  for (const key of persistent ? ['name', 'namespace'] : ['name']) {
    refuseEmpty(inspection, at(secret, key), { what: `${key} of secretRef` })
  }
}

/** A PersistentVolume belongs to no namespace: what it names in one says in which, or leaves that to the claim. */
function inspectNamespaces(inspection: Inspection, source: Field): void {
  const field = at(source, source.key === 'azureFile' ? 'secretNamespace' : 'endpointsNamespace')
  const what = `${field.key} of ${source.key}`
  if (!isSet(field) || optionalText(field) === undefined) return
  if (!refuseEmpty(inspection, field, { what }) && source.key === 'glusterfs') {
    refuseFault(inspection, 'invalid-reference-name', { field, what, check: dns1123LabelFault })
  }
}
