// A budget that allows no eviction stops every node drain, and with it the upgrade of the cluster.

import { groupOf, type Resource } from '../../../manifest/resource.ts'
import type { RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { intOrPercent } from '../int-or-percent.ts'
import { isReplicated, specOf } from '../pods.ts'
import { minimumReplicas } from '../surroundings.ts'

/** Accident classes W7 and W14: https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export const noBlockingDisruptionBudget = definePolicyRule({
  code: 'policy/no-blocking-disruption-budget',
  severity: 'error',
  summary: 'A PodDisruptionBudget lets at least one pod be evicted.',
  kinds: ['PodDisruptionBudget'],
  appliesTo: resource => resource.kind === 'PodDisruptionBudget' && groupOf(resource.apiVersion) === 'policy',
  *check(resource, context) {
    const spec = specOf(resource)
    const field = spec['minAvailable'] === undefined ? 'maxUnavailable' : 'minAvailable'
    const value = spec[field]
    if (typeof value !== 'number' && typeof value !== 'string') return
    const replicas = expectedPods(resource, context)
    if (replicas === 0 || allowedDisruptions(field, value, replicas) > 0) return
    yield {
      at: { resource, pointer: `/spec/${field}` },
      message: `${field} "${value}" lets no pod be evicted${replicas === undefined ? '' : `, with "${replicas}" of them at the least`}: draining their nodes never ends`,
      help: 'Use maxUnavailable: 1, or run more replicas than have to be available; a single replica is better without a budget.',
    }
  },
})

/** Pods the budget counts when the autoscalers are at their minimum; undefined where no workload of the tree is selected. */
function expectedPods(budget: Resource, context: RuleContext): number | undefined {
  const workloads = context.graph.workloadsSelectedBy(budget).filter(({ resource }) => isReplicated(resource))
  if (workloads.length === 0) return undefined
  return workloads.reduce((sum, { resource }) => sum + minimumReplicas(resource, context), 0)
}

function allowedDisruptions(field: string, value: string | number, replicas: number | undefined): number {
  const total = replicas ?? Number.MAX_SAFE_INTEGER
  const amount = intOrPercent(value, total, 'up') ?? Number.NaN
  if (Number.isNaN(amount)) return 1
  if (field === 'maxUnavailable') return amount
  return replicas === undefined && typeof value === 'string' ? (value === '100%' ? 0 : 1) : total - amount
}
