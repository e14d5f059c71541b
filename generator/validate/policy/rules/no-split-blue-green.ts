// Blue and green behind one Service at once: every other request meets the other version.

import { describeResource } from '../../../manifest/resource.ts'
import { coloursOf, hasColour, twinsOf } from '../blue-green.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isReplicated, specOf } from '../pods.ts'
import { minimumReplicas } from '../surroundings.ts'

/** Kinds of service meshes that split the traffic of one Service by version, on purpose. */
const splitsVersions = ['DestinationRule', 'VirtualService']

/**
 * Accident class X14: a Service sends traffic to every pod it matches, https://kubernetes.io/docs/concepts/services-networking/service/.
 * Numbered versions may run side by side on purpose, three of them most likely do.
 */
export const noSplitBlueGreen = definePolicyRule({
  code: 'policy/no-split-blue-green',
  severity: 'error',
  summary: 'A Service selects one colour of a blue-green pair.',
  kinds: ['Service'],
  appliesTo: resource => resource.kind === 'Service' && resource.apiVersion === 'v1',
  *check(service, context) {
    if (specOf(service)['clusterIP'] === 'None') return
    const selected = context.graph
      .workloadsSelectedBy(service)
      .filter(workload => isReplicated(workload.resource) && hasColour(workload))
    for (const [index, workload] of selected.entries()) {
      if (minimumReplicas(workload.resource, context) === 0) continue
      const twin = twinsOf(workload, selected.slice(index + 1)).find(
        ({ resource }) => minimumReplicas(resource, context) > 0,
      )
      if (twin === undefined) continue
      const [label, colour, other] = coloursOf(workload, twin)
      if (label === 'version' && splitsVersions.some(kind => context.resources.ofKind(kind).length > 0)) return
      yield {
        at: { resource: service, pointer: '/spec/selector' },
        ...(label === 'version' && /^v\d+$/i.test(colour)
          ? { severity: selected.length > 2 ? 'info' : 'warning' }
          : {}),
        message: `the selector matches both colours, "${label}: ${colour}" and "${label}: ${other}": requests are split between two versions`,
        help: `Add ${label} to the selector, with the colour that is meant to answer.`,
        related: [
          { at: { resource: workload.resource, pointer: '/metadata/name' }, note: describeResource(workload.resource) },
          { at: { resource: twin.resource, pointer: '/metadata/name' }, note: describeResource(twin.resource) },
        ],
      }
      return
    }
  },
})
