// A host port ties a pod to the node's address: one pod per node, past every Service and most NetworkPolicies.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { containersIn, hasPod, podKinds, podOf } from '../pods.ts'

/** https://kubernetes.io/docs/concepts/configuration/overview/ advises against host ports where a Service will do. */
export const noHostPort = definePolicyRule({
  code: 'policy/no-host-port',
  severity: 'warning',
  summary: 'Containers do not take a port of their node.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    if (podOf(resource)?.spec['hostNetwork'] === true || enforcedPodSecurity(resource, context) !== 'none') return
    for (const container of containersIn(resource)) {
      for (const [index, port] of asList(container.spec['ports']).entries()) {
        const hostPort = asMap(port)['hostPort']
        if (typeof hostPort !== 'number' || hostPort === 0) continue
        yield {
          at: { resource, pointer: child(container.pointer, 'ports', index, 'hostPort') },
          message: `container "${container.name}" takes port "${hostPort}" of its node`,
          help: 'Remove hostPort and reach the pods through a Service.',
        }
      }
    }
  },
})
