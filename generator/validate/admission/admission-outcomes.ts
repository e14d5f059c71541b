// Every policy of the environment asked about every object, once per run: the rules of this family share the answers.

import { resourceKey, type Resource } from '../../manifest/resource.ts'
import type { ResourceSet } from '../../manifest/resource-set.ts'
import { selectorMatches } from '../../manifest/label-selector.ts'
import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import type { Profile } from '../../model/profile.ts'
import { namespaceOf } from '../namespace-of.ts'
import type { RuleContext } from '../rule.ts'
import { evaluatePolicy, type Outcome } from './evaluate-policy.ts'
import { matchResource, type Match } from './match-resources.ts'
import { bindingOf, policyOf, type Binding, type Policy } from './policy.ts'

export const admissionGroup = 'admissionregistration.k8s.io'

export interface AdmissionOutcome {
  readonly policy: Policy
  readonly binding: Binding
  readonly outcome: Outcome
}

/** What admission looks at besides the rendered objects, without those that are rendered too. */
export function admissionObjects({
  resources,
  profile,
}: Pick<RuleContext, 'resources' | 'profile'>): readonly Resource[] {
  const { admissionObjects: declared = [] } = profile
  if (declared.length === 0) return resources.all
  const rendered = new Set(resources.all.map(resourceKey))
  const beside = declared.filter(resource => !rendered.has(resourceKey(resource)))
  return [...resources.all, ...beside]
}

const answers = new WeakMap<
  ResourceSet,
  { readonly profile: Profile; readonly byResource: Map<Resource, readonly AdmissionOutcome[]> }
>()

/** What the environment's policies say of an object; nothing for objects that no policy looks at. */
export function outcomesFor(resource: Resource, context: RuleContext): readonly AdmissionOutcome[] {
  let known = answers.get(context.resources)
  if (known?.profile !== context.profile) {
    known = { profile: context.profile, byResource: new Map() }
    answers.set(context.resources, known)
  }
  const before = known.byResource.get(resource)
  if (before !== undefined) return before
  const outcomes = pairsOf(context).flatMap(pair => askPair(pair, resource, context))
  known.byResource.set(resource, outcomes)
  return outcomes
}

/** Whether any policy is bound: where none is, no object has an outcome. */
export function hasBoundPolicies(context: RuleContext): boolean {
  return pairsOf(context).length > 0
}

interface Pair {
  readonly policy: Policy
  readonly binding: Binding
}

const pairs = new WeakMap<ResourceSet, { readonly profile: Profile; readonly list: readonly Pair[] }>()

function pairsOf(context: RuleContext): readonly Pair[] {
  const known = pairs.get(context.resources)
  if (known?.profile === context.profile) return known.list
  const objects = admissionObjects(context).filter(one => one.apiVersion.startsWith(`${admissionGroup}/`))
  const policies = new Map(ofKind(objects, 'ValidatingAdmissionPolicy').map(one => [one.name, one]))
  const list = ofKind(objects, 'ValidatingAdmissionPolicyBinding').flatMap(one => {
    const binding = bindingOf(one)
    const policy = policies.get(binding.policyName)
    return policy === undefined ? [] : [{ policy: policyOf(policy), binding }]
  })
  pairs.set(context.resources, { profile: context.profile, list })
  return list
}

/** Admission objects of a kind: policies never look at each other. */
export function ofKind(objects: readonly Resource[], kind: string): readonly Resource[] {
  return objects.filter(one => one.kind === kind && one.apiVersion.startsWith(`${admissionGroup}/`))
}

function askPair({ policy, binding }: Pair, resource: Resource, context: RuleContext): readonly AdmissionOutcome[] {
  if (resource.apiVersion.startsWith(`${admissionGroup}/`)) return []
  const namespace = namespaceOf(resource, context)
  const match = matched(policy, binding, resource, labelsOf(namespace))
  if (match === 'no') return []
  const answer = (outcome: Outcome): AdmissionOutcome => ({ policy, binding, outcome })
  if (typeof match === 'object')
    return [answer(unknown(policy, `whether the policy applies depends on ${match.dependsOn}`))]
  const params = parametersOf(policy, binding, resource, context)
  if (typeof params === 'string') return params === '' ? [] : [answer(unknown(policy, params))]
  const stored = context.schemas?.().stored ?? ((one: Resource): Resource => one)
  return params
    .flatMap(param =>
      evaluatePolicy(policy, stored(resource), {
        ...(param === undefined ? {} : { params: stored(param) }),
        ...(namespace === undefined ? {} : { namespace }),
      }),
    )
    .map(answer)
}

function matched(policy: Policy, binding: Binding, resource: Resource, labels: YamlMap | undefined): Match {
  const byPolicy = matchResource(policy.matchConstraints, resource, labels)
  if (byPolicy === 'no' || Object.keys(policy.matchConstraints).length === 0) return 'no'
  const byBinding = matchResource(binding.matchResources, resource, labels)
  if (byBinding === 'no') return 'no'
  return typeof byPolicy === 'object' ? byPolicy : byBinding
}

function labelsOf(namespace: Resource | undefined): YamlMap | undefined {
  return namespace === undefined ? undefined : asMap(asMap(namespace.object['metadata'])['labels'])
}

function unknown(policy: Policy, message: string): Outcome {
  const [first] = policy.validations
  const expression = first?.expression ?? { text: '', pointer: '/spec', compiled: { error: '' } }
  return { outcome: 'not-evaluated', message, expression }
}

/**
 * The parameters a binding names: one evaluation each; `undefined` for policies without any.
 * @returns '' when the binding does not apply without its parameters, or why they are not known
 */
function parametersOf(
  policy: Policy,
  binding: Binding,
  resource: Resource,
  context: RuleContext,
): readonly (Resource | undefined)[] | string {
  const { paramKind } = policy
  const { paramRef } = binding
  if (paramKind === undefined || paramRef === undefined) return [undefined]
  const namespace = asString(paramRef['namespace']) ?? resource.namespace
  const found = admissionObjects(context).filter(
    one =>
      one.apiVersion === paramKind.apiVersion &&
      one.kind === paramKind.kind &&
      (one.namespace === undefined || one.namespace === namespace) &&
      isSelected(one, paramRef),
  )
  if (found.length > 0) return found
  if (paramRef['parameterNotFoundAction'] === 'Allow') return ''
  return `its parameters (${paramKind.kind} ${asString(paramRef['name']) ?? 'by selector'}) are not in the tree`
}

function isSelected(one: Resource, paramRef: YamlMap): boolean {
  const name = asString(paramRef['name'])
  if (name !== undefined) return one.name === name
  return selectorMatches(asMap(paramRef['selector']), asMap(asMap(one.object['metadata'])['labels']))
}
