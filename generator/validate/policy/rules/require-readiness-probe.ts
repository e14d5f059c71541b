// A pod that gets requests must say when it can answer them: without readiness it counts as available the moment it starts.

import type { Container } from '../../../manifest/pod-template.ts'
import { child } from '../../../manifest/pointer.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, isLongRunning, podKinds, runningContainersIn, specOf } from '../pods.ts'
import { hasHandler } from '../probe-timing.ts'
import { isMetricsPort, servingContainers } from '../serving-containers.ts'

/** Accident class W2: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
export const requireReadinessProbe = definePolicyRule({
  code: 'policy/require-readiness-probe',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Containers behind a Service have a readiness probe.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const serving = servingContainers(resource, context)
    if (serving.length === 0 && staysUp(resource)) yield* checkUnserved(resource, context)
    for (const container of serving) {
      if (hasHandler(asMap(container.spec['readinessProbe']))) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'readinessProbe') },
        message: `container "${container.name}" gets requests from a Service and has no readiness probe`,
        help: 'Add a readinessProbe that succeeds when the container can answer requests.',
      }
    }
  },
})

function staysUp(resource: Resource): boolean {
  return (
    isLongRunning(resource) || (resource.kind === 'Pod' && (specOf(resource)['restartPolicy'] ?? 'Always') === 'Always')
  )
}

/**
 * No Service of the tree selects the pods. Where they listen, who calls them is not known here; where they say nothing and the tree
 * holds no Service at all, it is taken for a part of something larger. Both are information.
 */
function* checkUnserved(resource: Resource, { resources }: RuleContext): Iterable<Finding> {
  const running = runningContainersIn(resource)
  if (running.some(container => hasHandler(asMap(container.spec['readinessProbe'])))) return
  const listening = running.find(({ spec }) =>
    asList(spec['ports']).some(port => !isMetricsPort(asMap(port)) && asMap(port)['name'] !== 'debug'),
  )
  const [silent] = running.every(hasNoPorts) && resources.ofKind('Service').length === 0 ? running : []
  const container = listening ?? silent
  if (container === undefined) return
  yield {
    at: { resource, pointer: child(container.pointer, 'readinessProbe') },
    severity: 'info',
    message: `container "${container.name}" ${listening === undefined ? 'has' : 'listens on a port and has'} no readiness probe; no Service here sends it requests`,
    help: 'Add a readinessProbe if something sends it requests.',
  }
}

function hasNoPorts({ spec }: Container): boolean {
  return asList(spec['ports']).length === 0
}
