// Replicas on one node fall together. Something must tell the scheduler to keep them apart.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isReplicated, podOf, replicatedKinds } from '../pods.ts'
import { minimumReplicas } from '../surroundings.ts'

/** https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export const requireTopologySpread = definePolicyRule({
  code: 'policy/require-topology-spread',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Workloads of two replicas or more are spread over nodes.',
  kinds: replicatedKinds,
  appliesTo: isReplicated,
  *check(resource, context) {
    const pod = podOf(resource)
    const replicas = minimumReplicas(resource, context)
    if (pod === undefined || replicas < 2) return
    const antiAffinity = asMap(asMap(pod.spec['affinity'])['podAntiAffinity'])
    const spread = [
      pod.spec['topologySpreadConstraints'],
      antiAffinity['requiredDuringSchedulingIgnoredDuringExecution'],
      antiAffinity['preferredDuringSchedulingIgnoredDuringExecution'],
    ]
    if (spread.some(list => asList(list).length > 0)) return
    yield {
      at: { resource, pointer: child(pod.specPointer, 'topologySpreadConstraints') },
      message: `nothing keeps the "${replicas}" replicas on different nodes`,
      help: 'Add topologySpreadConstraints for kubernetes.io/hostname (and topology.kubernetes.io/zone), or a podAntiAffinity.',
    }
  },
})
