// StorageVersionMigrations: which resource is stored anew.
// Follows pkg/apis/storagemigration/validation/validation.go; each refusal was seen from an API server of 1.36, where the kind is v1beta1.

import { dns1035LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { at } from './field.ts'
import { refuseEmpty, refuseNameFault, requireSpec, type Inspection } from './inspection.ts'

export function inspectVersionMigration(inspection: Inspection): void {
  if (inspection.resource.apiVersion.endsWith('/v1alpha1')) return
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const resource = at(spec, 'resource', 'resource')
  const group = at(spec, 'resource', 'group')
  refuseEmpty(inspection, resource, { what: 'resource', inSchema: true })
  refuseNameFault(inspection, 'invalid-reference-name', { field: resource, what: 'resource', check: dns1035LabelFault })
  refuseNameFault(inspection, 'invalid-reference-name', { field: group, what: 'group', check: dns1123SubdomainFault })
}
