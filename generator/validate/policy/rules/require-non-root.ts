// Root in a container is root on the node as soon as one wall of the isolation breaks.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { containersIn, hasPod, podKinds, podOf } from '../pods.ts'

/** runAsNonRoot of the container wins over the pod's: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export const requireNonRoot = definePolicyRule({
  code: 'policy/require-non-root',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Containers do not run as root.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const pod = podOf(resource)
    if (pod === undefined || enforcedPodSecurity(resource, context) === 'restricted') return
    if (pod.spec['hostUsers'] === false) return
    const ofPod = asMap(pod.spec['securityContext'])
    for (const container of containersIn(resource)) {
      const own = asMap(container.spec['securityContext'])
      const user = own['runAsUser'] ?? ofPod['runAsUser']
      const nonRoot = own['runAsNonRoot'] ?? ofPod['runAsNonRoot']
      if (user !== 0 && (nonRoot === true || typeof user === 'number')) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'securityContext') },
        message: `container "${container.name}" ${user === 0 ? 'runs as root (runAsUser "0")' : 'may run as root'}`,
        help: 'Set securityContext.runAsNonRoot to true, and runAsUser where the image names no numeric user.',
      }
    }
  },
})
