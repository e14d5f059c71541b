// A privileged container is root on the node. Where a Pod Security Standard is enforced, that family says so instead.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
export const noPrivilegedContainer = definePolicyRule({
  code: 'policy/no-privileged-container',
  severity: 'error',
  summary: 'No container runs privileged.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    if (enforcedPodSecurity(resource, context) !== 'none') return
    for (const container of containersIn(resource)) {
      if (asMap(container.spec['securityContext'])['privileged'] !== true) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'securityContext', 'privileged') },
        message: `container "${container.name}" runs privileged, with all rights on its node`,
        help: 'Remove privileged: true and add the one capability the container needs.',
      }
    }
  },
})
