// S11: a StatefulSet names the Service that gives its pods stable DNS names; it must exist, be headless and select those pods
// (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations).

import { podSelectorOf } from '../../../graph/pod-selectors.ts'
import { describeSelector } from '../../../manifest/label-selector.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import type { Finding, Rule } from '../../rule.ts'
import { danglingFindings } from '../missing-object.ts'

const serviceName = 'spec/serviceName'

export const noHeadlessService: Rule = {
  code: 'reference/no-headless-service',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'The serviceName of a StatefulSet is a headless Service that selects its pods.',
  kinds: ['StatefulSet'],
  appliesTo: ({ kind, apiVersion }) => kind === 'StatefulSet' && apiVersion.startsWith('apps/'),
  *check(resource, context) {
    const { graph } = context
    const replicas = asMap(resource.object['spec'])['replicas'] ?? 1
    const missing = danglingFindings(
      resource,
      context,
      ({ field }) => field.path === serviceName,
      'Add a Service with clusterIP: None and the selector of this StatefulSet.',
    )
    // A single pod seldom calls itself by name: many a StatefulSet of one replica runs without its Service.
    for (const finding of missing) yield replicas === 1 ? { ...finding, severity: 'warning' } : finding
    if ((asMap(resource.object['spec'])['serviceName'] ?? '') === '') yield unnamedService(resource)
    const reference = graph.referencesFrom(resource).find(({ field }) => field.path === serviceName)
    const service = reference === undefined ? undefined : graph.resolve(reference)
    if (reference === undefined || service === undefined) return
    const related = [{ at: { resource: service, pointer: '/spec' }, note: 'the Service' }]
    const selector = podSelectorOf(service)
    if (
      selector !== undefined &&
      !graph.workloadsSelectedBy(service).some(workload => workload.resource === resource)
    ) {
      yield {
        at: reference.at,
        message: `Service "${service.name}" selects "${describeSelector(selector.selector)}", which the pods of this StatefulSet do not match`,
        help: 'Give the Service the labels of this StatefulSet’s pod template as its selector.',
        related,
      }
    } else if (asMap(service.object['spec'])['clusterIP'] !== 'None') {
      yield {
        at: reference.at,
        message: `Service "${service.name}" is not headless, so the pods have no DNS names of their own`,
        help: 'Add a Service with clusterIP: None for serviceName, beside the one that clients use.',
        severity: 'warning',
        related,
      }
    }
  },
}

/** The server takes a StatefulSet without serviceName; whether anybody calls its pods by name is not known here. */
function unnamedService(resource: Resource): Finding {
  return {
    at: { resource, pointer: '/spec/serviceName' },
    message: 'no serviceName is set, so the pods have no DNS names of their own',
    help: 'Name a headless Service that selects these pods, or make it a Deployment if it needs neither names nor volumes.',
    severity: 'info',
  }
}
