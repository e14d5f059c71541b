// Sharing the node's network, processes or IPC takes the walls away between a pod and everything else on its node.

import { child } from '../../../manifest/pointer.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

const fields: readonly (readonly [field: string, what: string])[] = [
  ['hostNetwork', 'the network'],
  ['hostPID', 'the processes'],
  ['hostIPC', 'the shared memory'],
]

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline (host namespaces) */
export const noHostNamespaces = definePolicyRule({
  code: 'policy/no-host-namespaces',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: "Pods do not share their node's namespaces.",
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const pod = podOf(resource)
    if (pod === undefined || enforcedPodSecurity(resource, context) !== 'none') return
    for (const [field, what] of fields) {
      if (pod.spec[field] !== true) continue
      yield {
        at: { resource, pointer: child(pod.specPointer, field) },
        message: `"${field}" lets the pod see ${what} of its node`,
        help: `Remove ${field}; where a node agent needs it, label its namespace for the privileged Pod Security Standard.`,
      }
    }
  },
})
