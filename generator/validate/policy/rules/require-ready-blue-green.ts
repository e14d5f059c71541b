// The colour that answers must be able to: pods running, as many as the other, on the same ports.

import type { Workload } from '../../../graph/graph.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { coloursOf, hasColour, twinsOf } from '../blue-green.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isReplicated, runningContainersIn, specOf } from '../pods.ts'
import { minimumReplicas } from '../surroundings.ts'

/** Accident class X14: switching to a colour that is not ready is an outage. */
export const requireReadyBlueGreen = definePolicyRule({
  code: 'policy/require-ready-blue-green',
  severity: 'error',
  summary: 'The colour a Service selects runs as many replicas as the other, on the same ports.',
  kinds: ['Service'],
  appliesTo: resource => resource.kind === 'Service' && resource.apiVersion === 'v1',
  *check(service, context) {
    const { graph } = context
    for (const active of graph.workloadsSelectedBy(service)) {
      if (!isReplicated(active.resource) || !hasColour(active)) continue
      const others = graph
        .workloadsIn(active.resource.namespace)
        .filter(({ resource }) => resource !== active.resource && isReplicated(resource))
      const [twin] = twinsOf(active, others)
      if (twin === undefined) continue
      const [label] = coloursOf(active, twin)
      if (asMap(specOf(service)['selector'])[label] === undefined) continue
      yield* compare(service, active, twin, context)
    }
  },
})

function* compare(service: Resource, active: Workload, twin: Workload, context: RuleContext): Iterable<Finding> {
  const [label, colour] = coloursOf(active, twin)
  const at = { resource: service, pointer: `/spec/selector/${label.replaceAll('~', '~0').replaceAll('/', '~1')}` }
  const related = [
    { at: { resource: active.resource, pointer: '/spec/replicas' }, note: 'selected' },
    { at: { resource: twin.resource, pointer: '/spec/replicas' }, note: 'the other colour' },
  ]
  const own = minimumReplicas(active.resource, context)
  const other = minimumReplicas(twin.resource, context)
  if (own === 0) {
    yield {
      at,
      related,
      message: `"${label}: ${colour}" is selected, but ${describeResource(active.resource)} runs no replicas: nobody answers`,
      help: 'Start the colour in one commit, switch to it in the next.',
    }
  } else if (own < other && !isPreview(service)) {
    yield {
      at,
      related,
      severity: 'warning',
      message: `"${label}: ${colour}" is selected with "${own}" replicas, the other colour has "${other}": it may not bear the load`,
      help: 'Give both colours the same count before switching.',
    }
  }
  const missing = portsOf(twin.resource).filter(port => !portsOf(active.resource).includes(port))
  if (missing.length > 0) {
    yield {
      at,
      related,
      severity: 'warning',
      message: `"${label}: ${colour}" does not expose port ${missing.map(port => `"${port}"`).join(', ')}, which the other colour does`,
      help: 'Let both colours expose the same ports.',
    }
  }
}

/** A Service for testing the next version may well have fewer pods behind it. */
function isPreview(service: Resource): boolean {
  return /preview|next|test|stag|canary|idle|inactive/i.test(service.name)
}

function portsOf(workload: Resource): readonly string[] {
  return runningContainersIn(workload).flatMap(container =>
    asList(container.spec['ports']).flatMap(entry => {
      const port = asMap(entry)['containerPort']
      return typeof port === 'number' ? [String(port)] : []
    }),
  )
}
