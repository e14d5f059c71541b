// PersistentVolumes. Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeSpec).

import { dns1123LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { quantityOf } from '../../../manifest/quantity.ts'
import { at, count, entries, isMistyped, isSet, mapOf, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseMoreThanOne,
  refuseNameFault,
  refuseSet,
  requireSpec,
  type Inspection,
} from './inspection.ts'
import { inspectNodeSelector } from './pod/affinity.ts'
import { hasBackstep } from './pod/volume-paths.ts'
import { inspectNetworkVolume } from './pod/network-volumes.ts'
import { inspectVendorVolume } from './pod/vendor-volumes.ts'
import { csiDriverFault } from './pod/volumes.ts'
import { inspectAccessModes, inspectVolumeMode } from './volume-claim.ts'

const name = 'invalid-persistent-volume'

/** Source to the fields that must not be empty. */
const sources: ReadonlyMap<string, readonly string[]> = new Map([
  ['hostPath', ['path']],
  ['gcePersistentDisk', ['pdName']],
  ['awsElasticBlockStore', ['volumeID']],
  ['glusterfs', ['endpoints', 'path']],
  ['flocker', []],
  ['nfs', ['server', 'path']],
  ['rbd', ['monitors', 'image']],
  ['quobyte', ['registry', 'volume']],
  ['cephfs', ['monitors']],
  ['iscsi', ['targetPortal', 'iqn']],
  ['cinder', ['volumeID']],
  ['fc', []],
  ['flexVolume', ['driver']],
  ['azureFile', ['secretName', 'shareName']],
  ['vsphereVolume', ['volumePath']],
  ['photonPersistentDisk', ['pdID']],
  ['portworxVolume', ['volumeID']],
  ['azureDisk', ['diskName', 'diskURI']],
  ['scaleIO', ['gateway', 'system', 'volumeName']],
  ['local', ['path']],
  ['storageos', ['volumeName']],
  ['csi', ['driver', 'volumeHandle']],
])
const secretRefs = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
]

export function inspectPersistentVolume(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectAccessModes(inspection, spec)
  inspectCapacity(inspection, at(spec, 'capacity'), spec)
  inspectSource(inspection, spec)
  inspectAffinity(inspection, spec)
  inspectAttributesClass(inspection, spec)
  inspectVolumeMode(inspection, spec)
  const field = at(spec, 'storageClassName')
  refuseNameFault(inspection, 'invalid-reference-name', {
    field,
    what: 'storageClassName',
    check: dns1123SubdomainFault,
  })
}

/** The volume of a VolumeAttachment that has no PersistentVolume: a csi volume, and nothing that only a claim would ask for. */
export function inspectInlineVolume(inspection: Inspection, spec: Field): void {
  const mode = at(spec, 'volumeMode')
  inspectAccessModes(inspection, spec)
  for (const key of ['capacity', 'claimRef', 'storageClassName', 'nodeAffinity']) {
    if (text(at(spec, key)) === '' && count(at(spec, key)) === 0) continue
    refuseSet(inspection, at(spec, key), 'on an inline volume')
  }
  if (!refuseEmpty(inspection, at(spec, 'csi'), { what: 'csi of an inline volume' })) inspectSource(inspection, spec)
  const reclaim = at(spec, 'persistentVolumeReclaimPolicy')
  if (!['', 'Retain'].includes(text(reclaim))) {
    inspection.refuse(name, { at: reclaim, message: `${reclaim.key} must be "Retain" on an inline volume` })
  }
  if (!isSet(mode) || text(mode) === 'Filesystem') return
  inspection.refuse(name, {
    at: mode,
    message: `volumeMode ${quote(text(mode))} must be "Filesystem" on an inline volume`,
  })
}

/** Since 1.34 (gate VolumeAttributesClass) the class is checked, and is for CSI volumes only. */
function inspectAttributesClass(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'volumeAttributesClassName')
  if (!isSet(field) || inspection.oldest < 34 || isMistyped(field, 'string')) return
  refuseEmpty(inspection, field, { what: 'volumeAttributesClassName' })
  refuseNameFault(inspection, 'invalid-reference-name', {
    field,
    what: 'volumeAttributesClassName',
    check: dns1123SubdomainFault,
  })
  if (isSet(at(spec, 'csi'))) return
  inspection.refuse(name, { at: field, on: 'key', message: 'volumeAttributesClassName needs a csi volume' })
}

function inspectCapacity(inspection: Inspection, capacity: Field, spec: Field): void {
  const storage = at(capacity, 'storage')
  if (isMistyped(capacity, 'map')) return
  if (!isSet(storage) || count(capacity) > 1) {
    inspection.refuse(name, {
      at: isSet(capacity) ? capacity : spec,
      message: isSet(storage) ? 'capacity must have storage only' : 'capacity has no storage',
      help: 'Set capacity.storage alone.',
    })
  }
  for (const entry of entries(capacity)) {
    const amount = quantityOf(entry.value)
    if (amount === undefined || amount.nanos > 0n) continue
    inspection.refuse(name, { at: entry, message: `capacity ${quote(entry.value)} must be positive` })
  }
}

function inspectSource(inspection: Inspection, spec: Field): void {
  const source = refuseMoreThanOne(inspection, name, { field: spec, keys: [...sources.keys()], what: 'the volume' })
  if (source === undefined) {
    inspection.refuse(name, {
      at: spec,
      message: 'the volume has no source',
      help: 'Set a source such as csi, nfs or local.',
    })
    return
  }
  for (const key of sources.get(String(source.key)) ?? []) {
    refuseEmpty(inspection, at(source, key), {
      what: `${key} of ${source.key}`,
      inSchema: key !== 'volumeName',
    })
  }
  const path = at(source, 'path')
  const isPath = source.key === 'hostPath' || source.key === 'local'
  if (isPath && hasBackstep(text(path))) {
    inspection.refuse('invalid-volume-path', { at: path, message: `path ${quote(text(path))} must not contain ".."` })
  }
  if (source.key === 'nfs' && text(path) !== '' && !text(path).startsWith('/')) {
    inspection.refuse('invalid-volume-path', { at: path, message: `path ${quote(text(path))} must be absolute` })
  }
  if (source.key === 'csi') inspectCsi(inspection, source)
  inspectNetworkVolume(inspection, source, true)
  inspectVendorVolume(inspection, source, true)
  inspectRecycling(inspection, spec)
}

function inspectCsi(inspection: Inspection, csi: Field): void {
  refuseNameFault(inspection, 'invalid-volume', { field: at(csi, 'driver'), what: 'driver', check: csiDriverFault })
  for (const ref of secretRefs.map(key => at(csi, key))) {
    if (mapOf(ref) === undefined) continue
    for (const [key, check] of [
      ['name', dns1123SubdomainFault],
      ['namespace', dns1123LabelFault],
    ] as const) {
      const what = `${key} of ${ref.key}`
      refuseEmpty(inspection, at(ref, key), { what })
      refuseNameFault(inspection, 'invalid-reference-name', { field: at(ref, key), what, check })
    }
  }
}

function inspectAffinity(inspection: Inspection, spec: Field): void {
  const affinity = at(spec, 'nodeAffinity')
  const required = at(affinity, 'required')
  inspectNodeSelector(inspection, required)
  if (mapOf(affinity) !== undefined && !isSet(required)) {
    inspection.refuse('missing-value', { at: affinity, message: 'nodeAffinity has no required' })
  } else if (isSet(at(spec, 'local')) && !isSet(affinity)) {
    inspection.refuse(name, { at: at(spec, 'local'), message: 'a local volume needs nodeAffinity' })
  }
}

function inspectRecycling(inspection: Inspection, spec: Field): void {
  const policy = at(spec, 'persistentVolumeReclaimPolicy')
  const path = text(at(spec, 'hostPath', 'path'))
  if (text(policy) !== 'Recycle' || !/^\/+$/.test(path)) return
  inspection.refuse(name, { at: policy, message: 'a hostPath volume of "/" must not be recycled' })
}
