// ValidatingAdmissionPolicies and their bindings, read once: expressions compiled, the rest as written.
// https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/

import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { compileExpression, type Expression } from '../cel/expression.ts'

/** A compiled expression of a policy, and where it stands. */
export interface PlacedExpression {
  readonly text: string
  readonly pointer: string
  readonly compiled: Expression | { readonly error: string }
}

export interface Validation {
  readonly expression: PlacedExpression
  readonly message?: string
  readonly messageExpression?: PlacedExpression
}

export interface Policy {
  readonly resource: Resource
  readonly matchConstraints: YamlMap
  readonly matchConditions: readonly PlacedExpression[]
  readonly variables: readonly { readonly name: string; readonly expression: PlacedExpression }[]
  readonly validations: readonly Validation[]
  readonly auditAnnotations: readonly PlacedExpression[]
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly paramKind?: { readonly apiVersion: string; readonly kind: string }
}

export interface Binding {
  readonly resource: Resource
  readonly policyName: string
  readonly actions: readonly string[]
  readonly matchResources: YamlMap
  readonly paramRef?: YamlMap
}

const names = ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer', 'variables']
/** Match conditions run before parameters are looked up, and before variables (k8s.io/apiserver, validatingadmissionpolicy). */
const conditionNames = ['object', 'oldObject', 'request', 'authorizer', 'params', 'namespaceObject']

const known = new WeakMap<Resource, Policy>()

/** The policy an object declares. */
export function policyOf(resource: Resource): Policy {
  const before = known.get(resource)
  if (before !== undefined) return before
  const policy = readPolicy(resource)
  known.set(resource, policy)
  return policy
}

function readPolicy(resource: Resource): Policy {
  const spec = asMap(resource.object['spec'])
  const param = asMap(spec['paramKind'])
  const apiVersion = asString(param['apiVersion'])
  const kind = asString(param['kind'])
  const scope = kind === undefined ? names : [...names, 'params']
  return {
    resource,
    matchConstraints: asMap(spec['matchConstraints']),
    matchConditions: expressions(spec, 'matchConditions', 'expression', conditionNames).map(({ placed }) => placed),
    variables: expressions(spec, 'variables', 'expression', scope).map(({ entry, placed }) => ({
      name: asString(entry['name']) ?? '',
      expression: placed,
    })),
    validations: expressions(spec, 'validations', 'expression', scope).map(({ entry, placed, index }) =>
      validation(entry, placed, index, scope),
    ),
    auditAnnotations: expressions(spec, 'auditAnnotations', 'valueExpression', scope).map(({ placed }) => placed),
    failurePolicy: spec['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
    ...(apiVersion === undefined || kind === undefined ? {} : { paramKind: { apiVersion, kind } }),
  }
}

function validation(entry: YamlMap, expression: PlacedExpression, index: number, scope: readonly string[]): Validation {
  const message = asString(entry['message'])
  const text = asString(entry['messageExpression'])
  const at = pointer('spec', 'validations', index, 'messageExpression')
  return {
    expression,
    ...(message === undefined ? {} : { message }),
    ...(text === undefined ? {} : { messageExpression: place(text, at, scope) }),
  }
}

function expressions(spec: YamlMap, field: string, key: string, scope: readonly string[]) {
  return asList(spec[field]).flatMap((item, index) => {
    const entry = asMap(item)
    const text = asString(entry[key])
    return text === undefined ? [] : [{ entry, index, placed: place(text, pointer('spec', field, index, key), scope) }]
  })
}

function place(text: string, at: string, scope: readonly string[]): PlacedExpression {
  return { text, pointer: at, compiled: compileExpression(text, scope) }
}

/** Every expression of a policy. */
export function expressionsOf(policy: Policy): readonly PlacedExpression[] {
  return [
    ...policy.matchConditions,
    ...policy.variables.map(({ expression }) => expression),
    ...policy.validations.flatMap(({ expression, messageExpression }) =>
      messageExpression === undefined ? [expression] : [expression, messageExpression],
    ),
    ...policy.auditAnnotations,
  ]
}

export function bindingOf(resource: Resource): Binding {
  const spec = asMap(resource.object['spec'])
  return {
    resource,
    policyName: asString(spec['policyName']) ?? '',
    actions: asList(spec['validationActions']).flatMap(action => asString(action) ?? []),
    matchResources: asMap(spec['matchResources']),
    ...(spec['paramRef'] === undefined ? {} : { paramRef: asMap(spec['paramRef']) }),
  }
}
