// Which Pod Security Standard already decides about a pod, so that policy rules do not report the same cause twice.

import { asMap } from '../../manifest/value.ts'
import type { Resource } from '../../manifest/resource.ts'
import { namespaceOf } from '../namespace-of.ts'
import type { RuleContext } from '../rule.ts'

const label = 'pod-security.kubernetes.io/enforce'

const strictness = ['none', 'privileged', 'baseline', 'restricted'] as const

/**
 * `privileged`, `baseline` or `restricted` where the profile or the Namespace declares a standard (the pod-security family then
 * answers for it, and privileged is a decision), `none` where nobody has decided; the stricter of the two.
 * See https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces.
 */
export function enforcedPodSecurity(resource: Resource, context: RuleContext): (typeof strictness)[number] {
  const declared = strictness.indexOf(context.profile.podSecurity ?? 'none')
  const labels = asMap(asMap(namespaceOf(resource, context)?.object['metadata'])['labels'])
  const enforced = strictness.findIndex(level => level === labels[label])
  return strictness[Math.max(declared, enforced)] ?? 'none'
}
