// Which Pod Security Standard already decides about a pod, so that policy rules do not report the same cause twice.

import { asMap } from '../../manifest/value.ts'
import type { Resource } from '../../manifest/resource.ts'
import { namespaceOf } from '../namespace-of.ts'
import type { RuleContext } from '../rule.ts'

const label = 'pod-security.kubernetes.io/enforce'

const strictness = ['none', 'privileged', 'baseline', 'restricted'] as const

type Enforced = (typeof strictness)[number]

const known = new WeakMap<RuleContext, Map<string | undefined, Enforced>>()

/**
 * `privileged`, `baseline` or `restricted` where the profile or the Namespace declares a standard (the pod-security family then
 * answers for it, and privileged is a decision), `none` where nobody has decided; the stricter of the two.
 * See https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces.
 */
export function enforcedPodSecurity(resource: Resource, context: RuleContext): Enforced {
  let answers = known.get(context)
  if (answers === undefined) known.set(context, (answers = new Map()))
  let answer = answers.get(resource.namespace)
  if (answer === undefined) answers.set(resource.namespace, (answer = findEnforced(resource, context)))
  return answer
}

function findEnforced(resource: Resource, context: RuleContext): Enforced {
  const declared = strictness.indexOf(context.profile.podSecurity ?? 'none')
  const labels = asMap(asMap(namespaceOf(resource, context)?.object['metadata'])['labels'])
  const enforced = strictness.findIndex(level => level === labels[label])
  return strictness[Math.max(declared, enforced)] ?? 'none'
}
