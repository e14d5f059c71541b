// Objects of storage.k8s.io that name drivers and nodes: VolumeAttachments, CSINodes, CSIStorageCapacities.
// https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/; each refusal was seen from an API server of 1.34.

import { dns1123SubdomainFault, qualifiedNameFault } from '../../../manifest/names.ts'
import { quantityOf } from '../../../manifest/quantity.ts'
import { at, isSet, items, mapOf, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseOutside,
  refuseRepeated,
  type Inspection,
} from './inspection.ts'
import { inspectInlineVolume } from './persistent-volume.ts'
import { inspectSelector } from './selector.ts'
import { csiDriverFault } from './pod/volumes.ts'

const name = 'invalid-reference-name'
const longestNodeId = 256

export function inspectVolumeAttachment(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const source = at(spec, 'source')
  refuseNameFault(inspection, name, { field: at(spec, 'attacher'), what: 'attacher', check: csiDriverFault })
  const references: readonly (readonly [Field, string])[] = [
    [at(spec, 'nodeName'), 'nodeName'],
    [at(source, 'persistentVolumeName'), 'persistentVolumeName'],
  ]
  refuseEmpty(inspection, at(spec, 'attacher'), { what: 'attacher', inSchema: true })
  for (const [field, what] of references) {
    refuseEmpty(inspection, field, { what, inSchema: true })
    refuseNameFault(inspection, name, { field, what, check: dns1123SubdomainFault })
  }
  const inline = at(source, 'inlineVolumeSpec')
  if (mapOf(inline) !== undefined) inspectInlineVolume(inspection, inline)
  if (isSet(at(source, 'persistentVolumeName')) !== isSet(inline)) return
  inspection.refuse('exclusive-fields', {
    at: source,
    message: 'the source must have exactly one of persistentVolumeName and inlineVolumeSpec',
  })
}

export function inspectCsiNode(inspection: Inspection): void {
  const names = new Set<string>()
  for (const driver of items(at(inspection.root, 'spec', 'drivers'))) {
    const field = at(driver, 'name')
    refuseEmpty(inspection, field, { what: 'name of the driver', inSchema: true })
    refuseNameFault(inspection, name, { field, what: 'driver', check: csiDriverFault })
    if (names.has(text(field))) {
      inspection.refuse('duplicate-entry', { at: field, message: `driver ${quote(text(field))} is listed twice` })
    }
    names.add(text(field))
    refuseOutside(inspection, at(driver, 'allocatable', 'count'), { what: 'count', min: 0 })
    const node = at(driver, 'nodeID')
    refuseEmpty(inspection, node, { what: 'nodeID', inSchema: true })
    refuseFault(inspection, name, { field: node, what: 'nodeID', check: nodeIdFault })
    refuseRepeated(inspection, items(at(driver, 'topologyKeys')), 'topology key')
    for (const key of items(at(driver, 'topologyKeys'))) {
      refuseFault(inspection, name, { field: key, what: 'topology key', check: qualifiedNameFault })
    }
  }
}

function nodeIdFault(value: string): string | undefined {
  return value.length > longestNodeId ? `must have no more than ${longestNodeId} characters` : undefined
}

export function inspectCsiStorageCapacity(inspection: Inspection): void {
  const { root } = inspection
  refuseEmpty(inspection, at(root, 'storageClassName'), { what: 'storageClassName', inSchema: true })
  refuseNameFault(inspection, name, {
    field: at(root, 'storageClassName'),
    what: 'storageClassName',
    check: dns1123SubdomainFault,
  })
  inspectSelector(inspection, at(root, 'nodeTopology'))
  const capacity = at(root, 'capacity')
  const amount = quantityOf(capacity.value)
  if (amount === undefined || amount.nanos >= 0n) return
  inspection.refuse('invalid-resource-amount', {
    at: capacity,
    message: `capacity ${quote(capacity.value)} must not be negative`,
  })
}
