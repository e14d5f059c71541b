// MutatingAdmissionPolicies and their bindings: structure only.
// Follows pkg/apis/admissionregistration/validation/validation.go (validateMutatingAdmissionPolicySpec, validateMutation,
// validateMutatingAdmissionPolicyBindingSpec); each refusal was seen from an API server of 1.36.

import { inspectMatchConditions } from './admission-rules.ts'
import { at, isMistyped, isSet, items, mapOf, text, type Field } from './field.ts'
import { quote, refuseEmpty, requireSpec, type Inspection } from './inspection.ts'
import {
  inspectBound,
  inspectMatch,
  inspectParamKind,
  inspectVariables,
  refuseBlank,
  refuseEmptyMatch,
} from './policy-parts.ts'

const name = 'invalid-admission-policy'
/** Type of a mutation to the field that holds it. */
const patches: ReadonlyMap<string, string> = new Map([
  ['ApplyConfiguration', 'applyConfiguration'],
  ['JSONPatch', 'jsonPatch'],
])

export function inspectMutatingPolicy(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectParamKind(inspection, at(spec, 'paramKind'))
  refuseEmpty(inspection, at(spec, 'failurePolicy'), { what: 'failurePolicy', inSchema: true })
  refuseEmpty(inspection, at(spec, 'reinvocationPolicy'), { what: 'reinvocationPolicy' })
  const constraints = at(spec, 'matchConstraints')
  if (refuseEmptyMatch(inspection, spec, constraints)) inspectMutable(inspection, constraints)
  inspectMatchConditions(inspection, at(spec, 'matchConditions'), name)
  inspectVariables(inspection, at(spec, 'variables'))
  const mutations = at(spec, 'mutations')
  if (!isMistyped(mutations, 'list')) refuseEmpty(inspection, mutations, { what: 'mutations' })
  for (const mutation of items(mutations)) inspectMutation(inspection, mutation)
}

export function inspectMutatingPolicyBinding(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectBound(inspection, spec)
  inspectMutable(inspection, at(spec, 'matchResources'))
}

/** What is deleted cannot be changed; the rules that exclude may name it. */
function inspectMutable(inspection: Inspection, match: Field): void {
  inspectMatch(inspection, match)
  for (const operation of items(at(match, 'resourceRules')).flatMap(rule => items(at(rule, 'operations')))) {
    if (text(operation) !== 'DELETE') continue
    inspection.refuse(name, { at: operation, message: 'a policy that mutates must not match DELETE' })
  }
}

function inspectMutation(inspection: Inspection, mutation: Field): void {
  const type = text(at(mutation, 'patchType'))
  if (mapOf(mutation) === undefined) return
  refuseEmpty(inspection, at(mutation, 'patchType'), { what: 'patchType', inSchema: true })
  const wanted = patches.get(type)
  if (wanted === undefined) return
  for (const key of patches.values()) {
    const patch = at(mutation, key)
    if (key !== wanted && isSet(patch)) {
      inspection.refuse(name, { at: patch, on: 'key', message: `${key} must not be set with patchType ${quote(type)}` })
    } else if (key === wanted && !isSet(patch)) {
      inspection.refuse('missing-value', { at: mutation, message: `${key} is missing`, help: `Set ${key}.` })
    }
  }
  const patch = at(mutation, wanted)
  if (mapOf(patch) !== undefined) refuseBlank(inspection, at(patch, 'expression'))
}
