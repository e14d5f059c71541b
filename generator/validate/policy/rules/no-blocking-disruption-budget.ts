// A budget that allows no eviction stops every node drain, and with it the upgrade of the cluster.

import { selectorMatches } from '../../../manifest/label-selector.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asMap, isMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { intOrPercent } from '../int-or-percent.ts'
import { isReplicated, podOf, replicatedKinds, specOf } from '../pods.ts'
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
    const field = (spec['minAvailable'] ?? null) === null ? 'maxUnavailable' : 'minAvailable'
    const value = spec[field]
    if (value === undefined || value === null) yield unlimited(resource)
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

/** The controller expects no pod where neither limit is set, and allows no disruption where it expects none (disruption.go). */
function unlimited(resource: Resource): Finding {
  return {
    at: { resource, pointer: '/spec' },
    message:
      'neither minAvailable nor maxUnavailable is set, which lets no pod be evicted: draining their nodes never ends',
    help: 'Set maxUnavailable: 1.',
  }
}

/** Pods the budget counts when the autoscalers are at their minimum; undefined where no workload of the tree is selected. */
function expectedPods(budget: Resource, context: RuleContext): number | undefined {
  const selected = context.graph.workloadsSelectedBy(budget).map(({ resource }) => resource)
  const workloads = (selected.length > 0 ? selected : incompleteWorkloads(budget, context)).filter(isReplicated)
  if (workloads.length === 0) return undefined
  return workloads.reduce((sum, workload) => sum + minimumReplicas(workload, context), 0)
}

/** Workloads whose pod template is not complete yet still say by their selector which pods they mean. */
function incompleteWorkloads(budget: Resource, { resources }: RuleContext): readonly Resource[] {
  const selector = asMap(specOf(budget)['selector'])
  if (Object.keys(selector).length === 0) return []
  return replicatedKinds.flatMap(resources.ofKind).filter(workload => {
    if (workload.namespace !== budget.namespace || podOf(workload) !== undefined) return false
    const { template, selector: own } = specOf(workload)
    const labels = asMap(asMap(template)['metadata'])['labels'] ?? asMap(own)['matchLabels']
    return isMap(labels) && selectorMatches(selector, labels)
  })
}

function allowedDisruptions(field: string, value: string | number, replicas: number | undefined): number {
  const total = replicas ?? Number.MAX_SAFE_INTEGER
  const amount = intOrPercent(value, total, 'up') ?? Number.NaN
  if (Number.isNaN(amount)) return 1
  if (field === 'maxUnavailable') return amount
  return replicas === undefined && typeof value === 'string' ? (value === '100%' ? 0 : 1) : total - amount
}
