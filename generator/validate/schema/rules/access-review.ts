// Access reviews: questions to the server that are answered and not stored.
// Follows pkg/apis/authorization/validation/validation.go; each refusal was seen from an API server of 1.34.

import { at, count, entries, items, mapOf, text, texts, type Field } from './field.ts'
import { refuseEmpty, refuseMoreThanOne, refuseSet, type Inspection } from './inspection.ts'

const attributes = ['resourceAttributes', 'nonResourceAttributes']
/** Before, the server drops both selectors (gate AuthorizeWithSelectors). */
const selectorsSince = 32

/** What the user who asks may do. */
export function inspectSelfReview(inspection: Inspection): void {
  refuseMetadata(inspection, [])
  inspectAttributes(inspection, at(inspection.root, 'spec'))
}

/** What a user or group may do. */
export function inspectAccessReview(inspection: Inspection, metadata: readonly string[] = []): void {
  refuseMetadata(inspection, metadata)
  const spec = at(inspection.root, 'spec')
  inspectAttributes(inspection, spec)
  if (mapOf(spec) === undefined || text(at(spec, 'user')) !== '' || count(at(spec, 'groups')) > 0) return
  inspection.refuse('missing-value', { at: spec, message: 'the review names neither a user nor groups' })
}

/** What a user or group may do in the namespace of the review. */
export function inspectLocalAccessReview(inspection: Inspection): void {
  inspectAccessReview(inspection, ['namespace'])
  refuseSet(inspection, at(inspection.root, 'spec', 'nonResourceAttributes'), 'on a review of one namespace')
}

/** What is not stored has no metadata. */
function refuseMetadata(inspection: Inspection, kept: readonly string[]): void {
  for (const field of entries(at(inspection.root, 'metadata'))) {
    if (kept.includes(String(field.key)) || (text(field) === '' && count(field) === 0)) continue
    refuseSet(
      inspection,
      field,
      'on a review',
      'Leave it out: a review is answered, not stored. It belongs in a script, not in a tree.',
    )
  }
}

function inspectAttributes(inspection: Inspection, spec: Field): void {
  if (mapOf(spec) === undefined) return
  const first = refuseMoreThanOne(inspection, 'exclusive-fields', { field: spec, keys: attributes, what: 'the review' })
  if (first === undefined) {
    inspection.refuse('missing-value', { at: spec, message: `the review needs one of ${attributes.join(', ')}` })
  }
  if (inspection.newest < selectorsSince) return
  for (const key of ['fieldSelector', 'labelSelector']) {
    inspectSelector(inspection, at(spec, 'resourceAttributes', key))
  }
}

function inspectSelector(inspection: Inspection, selector: Field): void {
  if (mapOf(selector) === undefined) return
  const requirements = at(selector, 'requirements')
  if (text(at(selector, 'rawSelector')) === '' && count(requirements) === 0) {
    inspection.refuse('missing-value', { at: selector, message: `${selector.key} has no requirements` })
  }
  if (count(requirements) === 0) return
  refuseMoreThanOne(inspection, 'exclusive-fields', {
    field: selector,
    keys: text(at(selector, 'rawSelector')) === '' ? ['requirements'] : ['requirements', 'rawSelector'],
    what: String(selector.key),
  })
  for (const requirement of items(requirements)) inspectRequirement(inspection, requirement)
}

/** Operators that it does not know the server passes over. */
function inspectRequirement(inspection: Inspection, requirement: Field): void {
  const operator = text(at(requirement, 'operator'))
  const values = at(requirement, 'values')
  refuseEmpty(inspection, at(requirement, 'key'), { what: 'key', inSchema: true })
  if (['In', 'NotIn'].includes(operator)) refuseEmpty(inspection, values, { what: 'values' })
  if (['Exists', 'DoesNotExist'].includes(operator) && texts(values).length > 0) {
    refuseSet(inspection, values, `with operator ${operator}`)
  }
}
