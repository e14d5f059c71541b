// Utilization is usage divided by request: one container without a request, and the autoscaler does nothing at all.

import { child, pointer } from '../../../manifest/pointer.ts'
import type { Container } from '../../../manifest/pod-template.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { podOf, runningContainersIn, specOf } from '../pods.ts'
import { isAutoscaler, scaleTargetOf } from '../surroundings.ts'

interface Metric {
  readonly pointer: string
  readonly resource: string
  /** The one container a ContainerResource metric looks at. */
  readonly container?: string
}

/** Accident class W15: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work */
export const requireRequestsForAutoscaling = definePolicyRule({
  code: 'policy/require-requests-for-autoscaling',
  severity: 'error',
  summary: 'Every container of an autoscaled workload requests the resource it is scaled by.',
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  appliesTo: isAutoscaler,
  *check(autoscaler, { graph }) {
    const { kind, group, name } = scaleTargetOf(autoscaler)
    const target = graph.find(kind, autoscaler.namespace, name, group)
    if (target === undefined) return
    const metrics = autoscaler.kind === 'ScaledObject' ? kedaMetrics(autoscaler) : utilizationMetrics(autoscaler)
    for (const metric of metrics) yield* checkMetric(autoscaler, target, metric)
  },
})

function* checkMetric(autoscaler: Resource, target: Resource, metric: Metric): Iterable<Finding> {
  const containers = runningContainersIn(target)
  if (metric.container !== undefined && !containers.some(container => container.name === metric.container)) {
    yield {
      at: { resource: autoscaler, pointer: metric.pointer },
      message: `${describeResource(target)} has no container "${metric.container}" to measure`,
      help: `Name one of its containers: ${containers.map(container => container.name).join(', ')}.`,
    }
    return
  }
  if (requests(asMap(podOf(target)?.spec['resources']), metric.resource)) return
  const missing = containers.filter(
    container =>
      (metric.container === undefined || container.name === metric.container) &&
      !requests(asMap(container.spec['resources']), metric.resource),
  )
  const [first] = missing
  if (first === undefined) return
  yield {
    at: { resource: autoscaler, pointer: metric.pointer },
    message: `scales by the utilization of "${metric.resource}", which ${quoted(missing)} of ${describeResource(target)} does not request: it will never scale`,
    help: `Set resources.requests.${metric.resource} on every container of the pod.`,
    related: [{ at: { resource: target, pointer: child(first.pointer, 'resources') }, note: 'no request here' }],
  }
}

function requests(resources: ReturnType<typeof asMap>, name: string): boolean {
  return [resources['requests'], resources['limits']].some(map => Object.hasOwn(asMap(map), name))
}

function quoted(containers: readonly Container[]): string {
  return `container ${containers.map(container => `"${container.name}"`).join(', ')}`
}

/** Metrics of an autoscaling/v1 or v2 object that divide by requests. Without any metric the server scales by 80 % CPU. */
function utilizationMetrics(autoscaler: Resource): readonly Metric[] {
  const spec = specOf(autoscaler)
  if (autoscaler.apiVersion === 'autoscaling/v1')
    return [{ pointer: '/spec/targetCPUUtilizationPercentage', resource: 'cpu' }]
  if (asList(spec['metrics']).length === 0) return [{ pointer: '/spec/metrics', resource: 'cpu' }]
  return asList(spec['metrics']).flatMap((entry, index) => {
    const field = asMap(entry)['type'] === 'ContainerResource' ? 'containerResource' : 'resource'
    const source = asMap(asMap(entry)[field])
    const resource = asString(source['name'])
    const target = asMap(source['target'])
    const container = asString(source['container'])
    if (resource === undefined || (target['type'] ?? 'Utilization') !== 'Utilization') return []
    return [
      {
        pointer: pointer('spec', 'metrics', index, field),
        resource,
        ...(container === undefined ? {} : { container }),
      },
    ]
  })
}

/** KEDA's cpu and memory triggers measure utilization unless told otherwise: https://keda.sh/docs/latest/scalers/cpu/ */
function kedaMetrics(scaled: Resource): readonly Metric[] {
  return asList(specOf(scaled)['triggers']).flatMap((entry, index) => {
    const trigger = asMap(entry)
    const resource = asString(trigger['type'])
    if ((resource !== 'cpu' && resource !== 'memory') || (trigger['metricType'] ?? 'Utilization') !== 'Utilization')
      return []
    const container = asString(asMap(trigger['metadata'])['containerName'])
    return [
      { pointer: pointer('spec', 'triggers', index), resource, ...(container === undefined ? {} : { container }) },
    ]
  })
}
