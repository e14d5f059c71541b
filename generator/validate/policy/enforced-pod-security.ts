// Which Pod Security Standard already decides about a pod, so that policy rules do not report the same cause twice.

import { asMap } from '../../manifest/value.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { RuleContext } from '../rule.ts'

const label = 'pod-security.kubernetes.io/enforce'

/**
 * `privileged`, `baseline` or `restricted` where the profile or the rendered Namespace declares a standard
 * (the pod-security family then answers for it, and privileged is a decision), `none` where nobody has decided.
 * See https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces.
 */
export function enforcedPodSecurity(
  resource: Resource,
  { profile, resources }: RuleContext,
): 'none' | 'privileged' | 'baseline' | 'restricted' {
  const declared = profile.podSecurity
  if (declared !== undefined && declared !== 'privileged') return declared
  if (resource.namespace !== undefined) {
    const namespace = resources.find('Namespace', undefined, resource.namespace)
    const level = namespace === undefined ? undefined : asMap(asMap(namespace.object['metadata'])['labels'])[label]
    if (level === 'baseline' || level === 'restricted' || level === 'privileged') return level
  }
  return declared ?? 'none'
}
