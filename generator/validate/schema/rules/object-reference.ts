// References to an object by kind and name.
// Follows pkg/apis/autoscaling/validation/validation.go (ValidateCrossVersionObjectReference).

import { pathSegmentFault } from '../../../manifest/names.ts'
import { at, mapOf, type Field } from './field.ts'
import { refuseEmpty, refuseNameFault, type Inspection } from './inspection.ts'

/** A reference by kind and name. */
export function inspectObjectReference(inspection: Inspection, ref: Field): void {
  if (mapOf(ref) === undefined) return
  for (const key of ['kind', 'name']) {
    const field = at(ref, key)
    refuseEmpty(inspection, field, { what: `${key} of ${ref.key}`, inSchema: true })
    refuseNameFault(inspection, 'invalid-reference-name', { field, what: key, check: pathSegmentFault })
  }
}
