// Pods that no Pod Security Standard was asked about, because the labels of their namespace are not in sight: part of the verdict.

import { podKinds, podTemplateOf } from '../../manifest/pod-template.ts'
import { namespaceOf } from '../namespace-of.ts'
import type { RuleContext } from '../rule.ts'

/** Half a sentence for the list of what was not checked; none where a level is asked for or every namespace is in sight. */
export function unseenNamespaces(context: RuleContext): readonly string[] {
  const { profile, resources } = context
  if (profile.podSecurity !== undefined) return []
  const unseen = new Set<string>()
  for (const kind of podKinds) {
    for (const resource of resources.ofKind(kind)) {
      const { namespace = 'that of the deployment' } = resource
      if (unseen.has(namespace) || podTemplateOf(resource) === undefined) continue
      if (namespaceOf(resource, context) === undefined) unseen.add(namespace)
    }
  }
  if (unseen.size === 0) return []
  const names = [...unseen].sort().join(', ')
  return [`Pod Security Standards in namespaces whose labels are not here (--pod-security asks for one): ${names}`]
}
