// Without a budget, draining two nodes at once may take every replica of a service.

import { definePolicyRule } from '../define-policy-rule.ts'
import { isReplicated, replicatedKinds } from '../pods.ts'
import { minimumReplicas, servicesOf } from '../surroundings.ts'

/** Accident class W8: https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export const requireDisruptionBudget = definePolicyRule({
  code: 'policy/require-disruption-budget',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Workloads of two replicas or more have a PodDisruptionBudget.',
  kinds: replicatedKinds,
  appliesTo: isReplicated,
  *check(resource, context) {
    const replicas = minimumReplicas(resource, context)
    if (replicas < 2 || context.graph.budgetsFor(resource).length > 0) return
    yield {
      // Whether anybody waits for an answer of pods that no Service selects is not known here.
      ...(servicesOf(resource, context).length > 0 ? {} : { severity: 'info' as const }),
      at: { resource, pointer: '/metadata/name' },
      message: `all "${replicas}" replicas may be evicted at once: no PodDisruptionBudget selects them`,
      help: 'Add a PodDisruptionBudget with maxUnavailable: 1.',
    }
  },
})
