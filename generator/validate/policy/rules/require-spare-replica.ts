// One replica is no replica while it is replaced, drained or broken.

import { describeResource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { singleWriterClaims } from '../claims.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'
import { autoscalersOf, isExposed, minimumReplicas } from '../surroundings.ts'

/** https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ on what takes a single pod away. */
export const requireSpareReplica = definePolicyRule({
  code: 'policy/require-spare-replica',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'What is reached from outside runs at least two replicas.',
  kinds: ['Deployment', 'Rollout'],
  appliesTo: resource => resource.kind === 'Deployment' || resource.kind === 'Rollout',
  *check(resource, context) {
    const replicas = minimumReplicas(resource, context)
    if (replicas !== 1 || !isExposed(resource, context) || singleWriterClaims(resource, context).length > 0) return
    if (asMap(specOf(resource)['strategy'])['type'] === 'Recreate') return
    const [autoscaler] = autoscalersOf(resource, context)
    yield {
      at:
        autoscaler === undefined
          ? { resource, pointer: '/spec/replicas' }
          : {
              resource: autoscaler,
              pointer: autoscaler.kind === 'ScaledObject' ? '/spec/minReplicaCount' : '/spec/minReplicas',
            },
      message: `${describeResource(resource)} is reached from outside and may run a single replica`,
      help: 'Run at least two replicas, so that one can be replaced while the other answers.',
    }
  },
})
