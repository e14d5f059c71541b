// ValidatingAdmissionPolicies and their bindings, read once: expressions compiled, the rest as written.
// https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/

import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { admissionTypes, variablesType } from '../cel/admission-types.ts'
import { boolType, dynType, nullType, stringType, type CelType } from '../cel/cel-type.ts'
import { compileExpression, type Expression } from '../cel/expression.ts'
import { mutationTypes } from '../cel/object-literals.ts'
import { typeExpression } from '../cel/typed-expression.ts'

/** A compiled expression of a policy, and where it stands. */
export interface PlacedExpression {
  readonly text: string
  readonly pointer: string
  readonly compiled: Expression | { readonly error: string }
}

/** An expression that was compiled for its mistakes only. */
export interface CheckedExpression {
  readonly pointer: string
  readonly compiled: { readonly type: CelType } | { readonly error: string }
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

export const policyNames = ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer', 'variables']
/** Match conditions run before parameters are looked up, and before variables (k8s.io/apiserver, validatingadmissionpolicy). */
const conditionNames = ['object', 'oldObject', 'request', 'authorizer', 'params', 'namespaceObject']
const webhookNames = conditionNames.filter(name => name !== 'params')

/** Parameters can be named where the policy says what they are. */
function namesOfConditions(hasParams: boolean): readonly string[] {
  return hasParams ? conditionNames : webhookNames
}

const known = new WeakMap<Resource, Map<string, Policy>>()

/**
 * The policy an object declares.
 * @param release the newest release of Kubernetes whose CEL libraries expressions may use; all where absent
 */
export function policyOf(resource: Resource, release?: string): Policy {
  const perRelease = known.get(resource) ?? new Map<string, Policy>()
  known.set(resource, perRelease)
  const policy = perRelease.get(release ?? '') ?? readPolicy(resource, release)
  perRelease.set(release ?? '', policy)
  return policy
}

function readPolicy(resource: Resource, release: string | undefined): Policy {
  const spec = asMap(resource.object['spec'])
  const param = asMap(spec['paramKind'])
  const apiVersion = asString(param['apiVersion'])
  const kind = asString(param['kind'])
  const conditionScope: TypedScope = { names: namesOfConditions(kind !== undefined), types: admissionTypes, release }
  const scope = { ...conditionScope, names: kind === undefined ? policyNames : [...policyNames, 'params'] }
  const { variables, withVariables } = readVariables(spec, scope)
  return {
    resource,
    matchConstraints: asMap(spec['matchConstraints']),
    matchConditions: expressions(spec, 'matchConditions', 'expression').map(({ text, at }) =>
      place(text, at, conditionScope, boolType),
    ),
    variables,
    validations: expressions(spec, 'validations', 'expression').map(one => validation(one, withVariables)),
    auditAnnotations: expressions(spec, 'auditAnnotations', 'valueExpression').map(({ text, at }) =>
      place(text, at, withVariables, stringType, nullType),
    ),
    failurePolicy: spec['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
    ...(apiVersion === undefined || kind === undefined ? {} : { paramKind: { apiVersion, kind } }),
  }
}

/** Names an expression may use, and what is known of their types. */
interface TypedScope {
  readonly names: readonly string[]
  readonly types: Readonly<Record<string, CelType>>
  readonly release: string | undefined
}

/** Each variable sees those before it; its type is what its expression gives. */
function readVariables(
  spec: YamlMap,
  scope: TypedScope,
): { readonly variables: Policy['variables']; readonly withVariables: TypedScope } {
  const types = new Map<string, CelType>()
  const withVariables = { ...scope, types: { ...scope.types, variables: variablesType(types) } }
  const variables = expressions(spec, 'variables', 'expression').map(({ entry, text, at }) => {
    const name = asString(entry['name']) ?? ''
    const expression = place(text, at, withVariables)
    types.set(name, 'error' in expression.compiled ? dynType : expression.compiled.type)
    return { name, expression }
  })
  return { variables, withVariables }
}

interface Written {
  readonly entry: YamlMap
  readonly index: number
  readonly text: string
  readonly at: string
}

function validation({ entry, index, text, at }: Written, scope: TypedScope): Validation {
  const message = asString(entry['message'])
  // An empty one counts as none.
  const written = asString(entry['messageExpression'])
  const messageText = written === '' ? undefined : written
  const messageAt = pointer('spec', 'validations', index, 'messageExpression')
  // Messages are written when the decision is made: they cannot ask the authorizer.
  const messageScope = { ...scope, names: scope.names.filter(name => name !== 'authorizer') }
  return {
    expression: place(text, at, scope, boolType),
    ...(message === undefined ? {} : { message }),
    ...(messageText === undefined
      ? {}
      : { messageExpression: place(messageText, messageAt, messageScope, stringType) }),
  }
}

function expressions(
  spec: YamlMap,
  field: string,
  key: string,
  path: readonly (string | number)[] = ['spec'],
): readonly Written[] {
  return asList(spec[field]).flatMap((item, index) => {
    const entry = asMap(item)
    const text = asString(entry[key])
    return text === undefined ? [] : [{ entry, index, text, at: pointer(...path, field, index, key) }]
  })
}

function place(text: string, at: string, scope: TypedScope, ...results: readonly CelType[]): PlacedExpression {
  const { names, types, release } = scope
  const options = {
    types,
    ...(results.length === 0 ? {} : { results }),
    ...(release === undefined ? {} : { release }),
  }
  return { text, pointer: at, compiled: compileExpression(text, names, options) }
}

/** The match conditions of webhooks, which may name neither parameters nor variables. */
export function webhookExpressions(configuration: Resource, release: string): readonly PlacedExpression[] {
  const scope: TypedScope = { names: webhookNames, types: admissionTypes, release }
  return asList(configuration.object['webhooks']).flatMap((webhook, index) =>
    expressions(asMap(webhook), 'matchConditions', 'expression', ['webhooks', index]).map(({ text, at }) =>
      place(text, at, scope, boolType),
    ),
  )
}

/** The expressions of a MutatingAdmissionPolicy. Mutations build objects (`Object{…}`), which are not evaluated. */
export function mutatingExpressions(policy: Resource, release: string): readonly CheckedExpression[] {
  const spec = asMap(policy.object['spec'])
  const hasParams = spec['paramKind'] !== undefined
  const names = namesOfConditions(hasParams)
  const scope = { names: hasParams ? [...policyNames, 'params'] : policyNames, types: admissionTypes, release }
  const { variables, withVariables } = readVariables(spec, scope)
  return [
    ...expressions(spec, 'matchConditions', 'expression').map(({ text, at }) =>
      place(text, at, { names, types: admissionTypes, release }, boolType),
    ),
    ...variables.map(({ expression }) => expression),
    ...asList(spec['mutations']).flatMap((mutation, index) =>
      mutationExpressions(asMap(mutation), index, withVariables),
    ),
  ]
}

function mutationExpressions(mutation: YamlMap, index: number, scope: TypedScope): readonly CheckedExpression[] {
  return Object.entries(mutationTypes).flatMap(([key, result]) => {
    const text = asString(asMap(mutation[key])['expression'])
    if (text === undefined || text.trim() === '') return []
    const { names, types, release } = scope
    const options = { types, results: [result], objects: true, ...(release === undefined ? {} : { release }) }
    const at = pointer('spec', 'mutations', index, key, 'expression')
    return [{ pointer: at, compiled: typeExpression(text, names, options) }]
  })
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
