// A process should not be able to gain more rights than it started with.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'

/** The default is true: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
export const noPrivilegeEscalation = definePolicyRule({
  code: 'policy/no-privilege-escalation',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Containers forbid privilege escalation.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    if (enforcedPodSecurity(resource, context) === 'restricted') return
    for (const container of containersIn(resource)) {
      const security = asMap(container.spec['securityContext'])
      if (security['allowPrivilegeEscalation'] === false || security['privileged'] === true) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'securityContext', 'allowPrivilegeEscalation') },
        message: `container "${container.name}" may gain rights it did not start with`,
        help: 'Set securityContext.allowPrivilegeEscalation to false.',
      }
    }
  },
})
