// Objects of storage.k8s.io that name drivers and nodes: VolumeAttachments, CSINodes, CSIStorageCapacities, VolumeAttributesClasses.
// https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/; each refusal was seen from an API server of 1.34.

import { dns1123SubdomainFault, qualifiedNameFault } from '../../../manifest/names.ts'
import { at, count, isMistyped, isSet, items, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseOutside,
  refuseRepeated,
  type Inspection,
} from './inspection.ts'
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
  if (isSet(at(source, 'persistentVolumeName')) !== isSet(at(source, 'inlineVolumeSpec'))) return
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
}

export function inspectVolumeAttributesClass(inspection: Inspection): void {
  const { root } = inspection
  const driver = at(root, 'driverName')
  refuseEmpty(inspection, driver, { what: 'driverName', inSchema: true })
  refuseNameFault(inspection, name, { field: driver, what: 'driverName', check: csiDriverFault })
  const parameters = at(root, 'parameters')
  if (count(parameters) > 0 || isMistyped(parameters, 'map')) return
  refuseEmpty(inspection, parameters, { what: 'parameters', help: 'Set at least one parameter.' })
}
