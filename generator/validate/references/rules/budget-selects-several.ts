// R9: a PodDisruptionBudget over several controllers counts their pods as one crowd: one of them may lose all of its pods
// (https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors).

import { podSelectorOf } from '../../../graph/pod-selectors.ts'
import { describeSelector } from '../../../manifest/label-selector.ts'
import { describeResource } from '../../../manifest/resource.ts'
import type { Rule } from '../../rule.ts'

export const budgetSelectsSeveral: Rule = {
  code: 'reference/budget-selects-several',
  severity: 'warning',
  summary: 'A PodDisruptionBudget covers the pods of one controller.',
  kinds: ['PodDisruptionBudget'],
  appliesTo: ({ kind }) => kind === 'PodDisruptionBudget',
  *check(resource, { graph }) {
    const selector = podSelectorOf(resource)
    const workloads = graph.workloadsSelectedBy(resource)
    if (selector === undefined || workloads.length < 2) return
    const names = workloads.slice(0, 5).map(workload => describeResource(workload.resource))
    yield {
      at: selector.at,
      message: `the selector "${describeSelector(selector.selector)}" covers ${names.join(' and ')} together`,
      help: 'Give each workload a PodDisruptionBudget of its own.',
    }
  },
}
