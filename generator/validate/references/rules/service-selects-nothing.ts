// R1: a Service whose selector matches no pod has no endpoints: 503, or a connection that hangs
// (https://kubernetes.io/docs/concepts/services-networking/service/).

import { describeSelector } from '../../../manifest/label-selector.ts'
import { podSelectorOf } from '../../../graph/pod-selectors.ts'
import type { Rule } from '../../rule.ts'
import { existsElsewhere } from '../always-there.ts'
import { closestWorkload, emptySelectionSeverity } from '../empty-selection.ts'

export const serviceSelectsNothing: Rule = {
  code: 'reference/service-selects-nothing',
  severity: 'error',
  summary: 'The selector of a Service matches the pods of a workload in its namespace.',
  kinds: ['Service'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1',
  *check(resource, context) {
    const selector = podSelectorOf(resource)
    if (selector === undefined || context.graph.workloadsSelectedBy(resource).length > 0) return
    if (existsElsewhere('Service', resource.namespace, resource.name, '', context.profile)) return
    const severity = emptySelectionSeverity(selector, context)
    if (severity === undefined) return
    yield {
      at: selector.at,
      message: `the selector "${describeSelector(selector.selector)}" matches no pod${closestWorkload(selector, context.graph)}`,
      help: 'Use the labels of the pod template that this Service is for.',
      severity,
    }
  },
}
