// ValidatingAdmissionPolicies and their bindings: structure only; the admission family compiles the expressions. What they share with
// mutating ones is in policy-parts.ts.
// Follows pkg/apis/admissionregistration/validation/validation.go (validateValidatingAdmissionPolicySpec,
// validateValidatingAdmissionPolicyBindingSpec).

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { inspectMatchConditions } from './admission-rules.ts'
import { at, count, isMistyped, isSet, items, text, texts, type Field } from './field.ts'
import { quote, refuseEmpty, refuseNameFault, refuseUnsupported, requireSpec, type Inspection } from './inspection.ts'
import {
  inspectBound,
  inspectMatch,
  inspectParamKind,
  inspectVariables,
  refuseBlank,
  refuseEmptyMatch,
} from './policy-parts.ts'

const name = 'invalid-admission-policy'
const maxAuditAnnotations = 20

export function inspectAdmissionPolicy(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectParamKind(inspection, at(spec, 'paramKind'))
  refuseEmpty(inspection, at(spec, 'failurePolicy'), { what: 'failurePolicy', inSchema: true })
  const constraints = at(spec, 'matchConstraints')
  if (refuseEmptyMatch(inspection, spec, constraints)) inspectMatch(inspection, constraints)
  inspectMatchConditions(inspection, at(spec, 'matchConditions'), name)
  if (count(at(spec, 'validations')) === 0 && count(at(spec, 'auditAnnotations')) === 0) {
    inspection.refuse(name, {
      at: spec,
      message: 'the policy has neither validations nor auditAnnotations',
      help: 'Add a validation: an expression that has to hold.',
    })
  }
  inspectVariables(inspection, at(spec, 'variables'))
  for (const validation of items(at(spec, 'validations'))) inspectValidation(inspection, validation)
  inspectAuditAnnotations(inspection, at(spec, 'auditAnnotations'))
}

export function inspectAdmissionPolicyBinding(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectBound(inspection, spec)
  inspectMatch(inspection, at(spec, 'matchResources'))
  inspectActions(inspection, at(spec, 'validationActions'))
}

function inspectValidation(inspection: Inspection, validation: Field): void {
  const expression = at(validation, 'expression')
  // The schema asks for one.
  if (isSet(expression)) refuseBlank(inspection, expression)
  const message = at(validation, 'message')
  const value = text(message)
  if (isSet(message) && !isMistyped(message, 'string') && value.trim() === '' && value !== '') {
    inspection.refuse('missing-value', { at: message, message: 'message must not be blank' })
  } else if (value.trim().includes('\n')) {
    inspection.refuse(name, { at: message, message: 'message must not have line breaks' })
  }
  refuseUnsupported(inspection, name, {
    field: at(validation, 'reason'),
    what: 'reason',
    allowed: ['Forbidden', 'Invalid', 'RequestEntityTooLarge'],
  })
}

function inspectAuditAnnotations(inspection: Inspection, annotations: Field): void {
  if (count(annotations) > maxAuditAnnotations) {
    inspection.refuse(name, {
      at: annotations,
      message: `${count(annotations)} auditAnnotations are set, at most ${maxAuditAnnotations} are allowed`,
    })
  }
  const keys = new Set<string>()
  for (const annotation of items(annotations)) {
    const field = at(annotation, 'key')
    refuseEmpty(inspection, field, { what: 'key', inSchema: true })
    // The server writes the annotation under the name of the policy.
    const policy = text(at(inspection.root, 'metadata', 'name')) || 'generated'
    refuseNameFault(inspection, name, { field, what: 'key', check: key => qualifiedNameFault(`${policy}/${key}`) })
    if (keys.has(text(field)))
      inspection.refuse('duplicate-entry', {
        at: field,
        message: `audit annotation ${quote(text(field))} is set twice`,
      })
    keys.add(text(field))
  }
}

function inspectActions(inspection: Inspection, field: Field): void {
  const actions = texts(field)
  if (isMistyped(field, 'list')) return
  if (count(field) === 0) {
    inspection.refuse('missing-value', {
      at: isSet(field) ? field : at(inspection.root, 'spec'),
      message: 'validationActions is missing',
      help: 'Say what a failed validation does: Deny, Warn or Audit.',
    })
  }
  for (const action of items(field)) {
    refuseUnsupported(inspection, name, {
      field: action,
      what: 'validation action',
      allowed: ['Deny', 'Warn', 'Audit'],
    })
  }
  if (new Set(actions).size < actions.length)
    inspection.refuse('duplicate-entry', { at: field, message: 'a validation action is listed twice' })
  if (actions.includes('Deny') && actions.includes('Warn')) {
    inspection.refuse(name, { at: field, message: 'validationActions must not have both Deny and Warn' })
  }
}
