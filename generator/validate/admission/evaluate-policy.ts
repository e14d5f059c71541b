// What a policy says of one object, as the API server would ask it when the object is created.

import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { lazyMap } from '../cel/cel-map.ts'
import type { Scope } from '../cel/compilation.ts'
import { fromData } from '../cel/data.ts'
import { conditionBudget, objectBudget, withSharedBudget } from '../cel/effort.ts'
import type { Evaluation } from '../cel/expression.ts'
import { AuthorizerValue } from '../cel/library/authorizer.ts'
import { CelError, NotEvaluated, type CelValue } from '../cel/values.ts'
import { admittedObject, namespaceValue } from './admitted-object.ts'
import { pluralOf } from './match-resources.ts'
import type { PlacedExpression, Policy, Validation } from './policy.ts'

export interface Outcome {
  readonly outcome: 'denied' | 'failed' | 'not-evaluated'
  readonly message: string
  readonly expression: PlacedExpression
  /** It refuses the request even where the binding would only warn. */
  readonly refuses?: boolean
}

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
  const gate = withSharedBudget(conditionBudget, () => matchConditions(policy, scope))
  if (gate !== 'matches') return gate
  return withSharedBudget(objectBudget, () => [
    ...policy.validations.flatMap(validation => validate(policy, validation, scope)),
    ...policy.auditAnnotations.flatMap(annotation => annotate(policy, annotation, scope)),
  ])
}

/** An annotation that cannot be computed refuses the request, whatever the binding says should happen. */
function annotate(policy: Policy, annotation: PlacedExpression, scope: Scope): readonly Outcome[] {
  const result = run(annotation, scope)
  if (result === undefined || 'value' in result) return []
  return trouble(policy, annotation, result).map(outcome => ({ ...outcome, refuses: true }))
}

/** One condition that is false settles it, whatever the others do; with an error the policy applies or not as failurePolicy says. */
function matchConditions(policy: Policy, scope: Scope): 'matches' | readonly Outcome[] {
  // Match conditions are asked before the Namespace is looked up: namespaceObject has no fields there.
  const conditions: Scope = { get: name => (name === 'namespaceObject' ? fromData({}) : scope.get(name)) }
  const results = policy.matchConditions.map(condition => ({ condition, result: run(condition, conditions) }))
  if (results.some(({ result }) => result !== undefined && 'value' in result && result.value === false)) return []
  const errors = results.flatMap(({ condition, result }) =>
    result !== undefined && 'error' in result ? [{ condition, result }] : [],
  )
  if (errors.length === 0) return 'matches'
  return errors.flatMap(({ condition, result }) => trouble(policy, condition, result))
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
  return text.trim() !== '' && !text.includes('\n') && text.length <= longestMessage
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
  const object = admittedObject(resource)
  const scope: Scope = { get: name => (Object.hasOwn(values, name) ? values[name]?.() : undefined) }
  const values: Readonly<Record<string, () => CelValue>> = {
    object: () => object,
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

/** The admission request of a creation, which has no subresource. Who sends it is known in the cluster only. */
function requestOf({ apiVersion, kind, name, namespace }: Resource): CelValue {
  const group = groupOf(apiVersion)
  const version = versionOf(apiVersion)
  const fields: Readonly<Record<string, CelValue>> = {
    kind: fromData({ group, version, kind }),
    resource: fromData({ group, version, resource: pluralOf(kind) }),
    requestKind: fromData({ group, version, kind }),
    requestResource: fromData({ group, version, resource: pluralOf(kind) }),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    operation: 'CREATE',
    dryRun: false,
  }
  return lazyMap([...Object.keys(fields), 'userInfo', 'options'], key => {
    const value = fields[key]
    if (value === undefined) throw new NotEvaluated(`request.${key} is known in the cluster only`)
    return value
  })
}
