// What a policy says of one object, as the API server would ask it when the object is created.

import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { lazyMap } from '../cel/cel-map.ts'
import type { Scope } from '../cel/compilation.ts'
import { fromData } from '../cel/data.ts'
import type { Evaluation } from '../cel/expression.ts'
import { AuthorizerValue } from '../cel/library/authorizer.ts'
import { CelError, NotEvaluated, type CelValue } from '../cel/values.ts'
import { pluralOf } from './match-resources.ts'
import type { PlacedExpression, Policy, Validation } from './policy.ts'

export type Outcome =
  | { readonly outcome: 'denied'; readonly message: string; readonly expression: PlacedExpression }
  | { readonly outcome: 'failed'; readonly message: string; readonly expression: PlacedExpression }
  | { readonly outcome: 'not-evaluated'; readonly message: string; readonly expression: PlacedExpression }

export interface Surroundings {
  readonly params?: Resource
  /** The object's Namespace; undefined when it is not in sight. */
  readonly namespace?: Resource
}

/**
 * The faults of one object under one policy; none when it is admitted. Expressions that do not compile are left out: they are
 * findings of the policy itself.
 */
export function evaluatePolicy(policy: Policy, resource: Resource, surroundings: Surroundings): readonly Outcome[] {
  const scope = scopeOf(policy, resource, surroundings)
  const gate = matchConditions(policy, scope)
  if (gate !== 'matches') return gate
  return policy.validations.flatMap(validation => validate(policy, validation, scope))
}

function matchConditions(policy: Policy, scope: Scope): 'matches' | readonly Outcome[] {
  const problems: Outcome[] = []
  for (const condition of policy.matchConditions) {
    const result = run(condition, scope)
    if (result === undefined) continue
    if ('error' in result) problems.push(...trouble(policy, condition, result))
    else if (result.value === false) return []
  }
  return problems.length === 0 ? 'matches' : problems
}

function validate(policy: Policy, validation: Validation, scope: Scope): readonly Outcome[] {
  const result = run(validation.expression, scope)
  if (result === undefined) return []
  if ('error' in result) return trouble(policy, validation.expression, result)
  if (result.value === true) return []
  return [{ outcome: 'denied', message: messageOf(validation, scope), expression: validation.expression }]
}

function messageOf({ expression, message, messageExpression }: Validation, scope: Scope): string {
  const written = messageExpression === undefined ? undefined : run(messageExpression, scope)
  if (written !== undefined && 'value' in written && typeof written.value === 'string' && isMessage(written.value)) {
    return written.value.trim()
  }
  return message?.trim() ?? `failed expression: ${expression.text.trim()}`
}

const longestMessage = 5 * 1024

function isMessage(text: string): boolean {
  return text.trim() !== '' && !/[\r\n]/.test(text) && text.length <= longestMessage
}

function run({ compiled }: PlacedExpression, scope: Scope): Evaluation | undefined {
  return 'error' in compiled ? undefined : compiled.evaluate(scope)
}

function trouble(
  policy: Policy,
  expression: PlacedExpression,
  result: Extract<Evaluation, { readonly error: string }>,
): readonly Outcome[] {
  if (result.notEvaluated === true) return [{ outcome: 'not-evaluated', message: result.error, expression }]
  return policy.failurePolicy === 'Ignore' ? [] : [{ outcome: 'failed', message: result.error, expression }]
}

function scopeOf(policy: Policy, resource: Resource, { params, namespace }: Surroundings): Scope {
  const scope: Scope = { get: name => (Object.hasOwn(values, name) ? values[name]?.() : undefined) }
  const values: Readonly<Record<string, () => CelValue>> = {
    object: () => fromData(resource.object),
    oldObject: () => null,
    request: () => requestOf(resource),
    params: () => fromData(params?.object),
    namespaceObject: () => namespaceValue(resource, namespace),
    authorizer: () => new AuthorizerValue(),
    variables: () => variables,
  }
  const variables = variablesOf(policy, scope)
  return scope
}

/** Each variable is computed when it is first asked for, and may use those before it. */
function variablesOf(policy: Policy, scope: Scope): CelValue {
  const results = new Map<string, Evaluation>()
  return lazyMap(
    policy.variables.map(({ name }) => name),
    name => {
      const expression = policy.variables.find(variable => variable.name === name)?.expression
      if (expression === undefined || 'error' in expression.compiled)
        throw new CelError(`variable "${name}" does not compile`)
      const result = results.get(name) ?? expression.compiled.evaluate(scope)
      results.set(name, result)
      if ('value' in result) return result.value
      throw result.notEvaluated === true ? new NotEvaluated(result.error) : new CelError(result.error)
    },
  )
}

function namespaceValue(resource: Resource, namespace: Resource | undefined): CelValue {
  if (resource.namespace === undefined) return null
  if (namespace !== undefined) return fromData(namespace.object)
  throw new NotEvaluated(`Namespace "${resource.namespace}" is not in sight`)
}

/** The admission request of a creation. Who sends it is known in the cluster only. */
function requestOf({ apiVersion, kind, name, namespace }: Resource): CelValue {
  const group = groupOf(apiVersion)
  const version = versionOf(apiVersion)
  const fields: Readonly<Record<string, CelValue>> = {
    kind: fromData({ group, version, kind }),
    resource: fromData({ group, version, resource: pluralOf(kind) }),
    requestKind: fromData({ group, version, kind }),
    requestResource: fromData({ group, version, resource: pluralOf(kind) }),
    subResource: '',
    requestSubResource: '',
    name,
    namespace: namespace ?? '',
    operation: 'CREATE',
    dryRun: false,
    options: null,
  }
  return lazyMap([...Object.keys(fields), 'userInfo', 'uid'], key => {
    const value = fields[key]
    if (value === undefined) throw new NotEvaluated(`request.${key} is known in the cluster only`)
    return value
  })
}
