// What validating and mutating admission policies, and their bindings, have in common: the objects they match and their parameters.
// Follows pkg/apis/admissionregistration/validation/validation.go (validateParamKind, validateMatchResources, validateParamRef).

import { dns1035LabelFault, dns1123SubdomainFault, pathSegmentFault } from '../../../manifest/names.ts'
import { inspectOperations } from './admission-rules.ts'
import { at, count, isMistyped, isSet, items, mapOf, text, type Field } from './field.ts'
import {
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseRepeated,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'
import { inspectSelector } from './selector.ts'

const name = 'invalid-admission-policy'

/** `matchConstraints` of a policy, which has to match something; false where it does not. */
export function refuseEmptyMatch(inspection: Inspection, spec: Field, constraints: Field): boolean {
  if (isMistyped(constraints, 'map')) return false
  if (isSet(constraints) && count(at(constraints, 'resourceRules')) > 0) return true
  inspection.refuse(name, {
    at: isSet(constraints) ? constraints : spec,
    message: 'the policy matches no resources',
    help: 'Set matchConstraints.resourceRules.',
  })
  return false
}

/** `paramKind` of a policy. */
export function inspectParamKind(inspection: Inspection, kind: Field): void {
  if (mapOf(kind) === undefined) return
  for (const key of ['apiVersion', 'kind']) refuseEmpty(inspection, at(kind, key), { what: `${key} of paramKind` })
  refuseNameFault(inspection, name, {
    field: at(kind, 'kind'),
    what: 'kind',
    check: value => dns1035LabelFault(value.toLowerCase()),
  })
  refuseNameFault(inspection, name, { field: at(kind, 'apiVersion'), what: 'apiVersion', check: versionFault })
}

function versionFault(value: string): string | undefined {
  const parts = value.split('/')
  if (parts.length > 2) return 'must be group/version'
  const fault = parts.length === 2 && parts[0] !== '' ? dns1123SubdomainFault(parts[0] ?? '') : undefined
  return fault ?? dns1035LabelFault(parts.at(-1) ?? '')
}

/** Words that CEL keeps for itself. */
const reserved: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

/** `variables` of a policy. */
export function inspectVariables(inspection: Inspection, variables: Field): void {
  for (const variable of items(variables)) {
    const field = at(variable, 'name')
    refuseEmpty(inspection, field, { what: 'name of the variable', inSchema: true })
    refuseNameFault(inspection, name, { field, what: 'variable', check: identifierFault })
    const expression = at(variable, 'expression')
    if (isSet(expression)) refuseBlank(inspection, expression)
  }
}

function identifierFault(value: string): string | undefined {
  if (reserved.has(value)) return 'is a word of CEL itself'
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(value)
    ? undefined
    : 'must be letters, digits and "_", and not start with a digit'
}

/** An expression that says nothing. */
export function refuseBlank(inspection: Inspection, expression: Field): void {
  if (isMistyped(expression, 'string') || text(expression).trim() !== '') return
  inspection.refuse('missing-value', {
    at: expression,
    message: 'expression must not be empty',
    help: 'Write a CEL expression.',
  })
}

/** `matchConstraints` of a policy, `matchResources` of a binding. */
export function inspectMatch(inspection: Inspection, match: Field): void {
  refuseEmpty(inspection, at(match, 'matchPolicy'), { what: 'matchPolicy', inSchema: true })
  for (const key of ['namespaceSelector', 'objectSelector']) inspectSelector(inspection, at(match, key))
  for (const key of ['resourceRules', 'excludeResourceRules']) {
    for (const rule of items(at(match, key))) {
      inspectOperations(inspection, rule, name)
      inspectResourceNames(inspection, at(rule, 'resourceNames'))
    }
  }
}

function inspectResourceNames(inspection: Inspection, names: Field): void {
  for (const field of items(names)) refuseFault(inspection, name, { field, what: 'name', check: pathSegmentFault })
  refuseRepeated(inspection, items(names), 'name')
}

/** What a binding names: its policy, and the parameters. */
export function inspectBound(inspection: Inspection, spec: Field): void {
  const policy = at(spec, 'policyName')
  refuseEmpty(inspection, policy, { what: 'policyName' })
  refuseNameFault(inspection, name, { field: policy, what: 'policyName', check: dns1123SubdomainFault })
  inspectParamRef(inspection, at(spec, 'paramRef'))
}

/** `paramRef` of a binding. */
function inspectParamRef(inspection: Inspection, ref: Field): void {
  if (mapOf(ref) === undefined) return
  const objectName = at(ref, 'name')
  const selector = at(ref, 'selector')
  refuseFault(inspection, name, { field: objectName, what: 'name', check: pathSegmentFault })
  inspectSelector(inspection, selector)
  if ((text(objectName) !== '') === isSet(selector) && !isMistyped(objectName, 'string')) {
    inspection.refuse(name, { at: ref, message: 'paramRef must have exactly one of name and selector' })
  }
  const action = at(ref, 'parameterNotFoundAction')
  if (!refuseEmpty(inspection, action, { what: 'parameterNotFoundAction' })) {
    refuseUnsupported(inspection, name, { field: action, what: 'parameterNotFoundAction', allowed: ['Allow', 'Deny'] })
  }
}
