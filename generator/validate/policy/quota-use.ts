// What the objects of a namespace need of a ResourceQuota at their most: autoscalers at the maximum, rolling updates at their surge.
// Pods count as the scheduler counts them: main containers and sidecars together, or the largest init container.

import { addQuantities, compareQuantities, quantityOf, type Quantity } from '../../manifest/quantity.ts'
import type { Container } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { intOrPercent } from './int-or-percent.ts'
import { containersIn, hasPod, isReplicated, isSidecar, podOf, specOf } from './pods.ts'
import { maximumReplicas } from './surroundings.ts'

/** What a quota's entry measures. */
export interface QuotaResource {
  readonly field: 'requests' | 'limits'
  readonly resource: 'cpu' | 'memory'
}

const measured: ReadonlyMap<string, QuotaResource> = new Map([
  ['cpu', { field: 'requests', resource: 'cpu' }],
  ['memory', { field: 'requests', resource: 'memory' }],
  ['requests.cpu', { field: 'requests', resource: 'cpu' }],
  ['requests.memory', { field: 'requests', resource: 'memory' }],
  ['limits.cpu', { field: 'limits', resource: 'cpu' }],
  ['limits.memory', { field: 'limits', resource: 'memory' }],
])
const zero: Quantity = { nanos: 0n, format: 'DecimalSI' }

/** The container resource behind an entry of `hard`; undefined for counts and others. */
export function quotaResource(name: string): QuotaResource | undefined {
  return measured.get(name)
}

/** The sum over all pods of the objects, at their most. */
export function quotaUse(objects: readonly Resource[], wanted: QuotaResource, context: RuleContext): Quantity {
  return objects.reduce((sum, object) => {
    const pods = podsAtMost(object, context)
    return pods === 0 ? sum : addQuantities(sum, times(podAmount(object, wanted), pods))
  }, zero)
}

/** How many pods of an object may run at once. A DaemonSet counts once: the number of nodes is not known here. */
export function podsAtMost(resource: Resource, context: RuleContext): number {
  if (!hasPod(resource) || resource.kind === 'PodTemplate') return 0
  const spec = specOf(resource)
  if (resource.kind === 'Job') return typeof spec['parallelism'] === 'number' ? spec['parallelism'] : 1
  if (!isReplicated(resource)) return 1
  const replicas = maximumReplicas(resource, context)
  const strategy = asMap(spec['strategy'])
  if (resource.kind !== 'Deployment' || strategy['type'] === 'Recreate' || replicas === 0) return replicas
  return replicas + (intOrPercent(asMap(strategy['rollingUpdate'])['maxSurge'] ?? '25%', replicas, 'up') ?? 0)
}

/** Containers of the quota's namespace that state no amount, and are given none by a LimitRange. */
export function unboundedContainers(
  quota: Resource,
  wanted: QuotaResource,
  { resources }: RuleContext,
): readonly { readonly resource: Resource; readonly container: Container }[] {
  const defaulted = resources
    .ofKind('LimitRange')
    .some(range => range.namespace === quota.namespace && gives(range, wanted))
  if (defaulted) return []
  return resources.all
    .filter(resource => resource.namespace === quota.namespace && hasPod(resource))
    .flatMap(resource =>
      containersIn(resource)
        .filter(container => amount(container, wanted) === undefined && !podStates(resource, wanted))
        .map(container => ({ resource, container })),
    )
}

function gives(range: Resource, { field, resource }: QuotaResource): boolean {
  return asList(specOf(range)['limits']).some(entry => {
    const item = asMap(entry)
    if (asString(item['type']) !== 'Container') return false
    const fields = field === 'limits' ? ['default', 'max'] : ['defaultRequest', 'default', 'min', 'max']
    return fields.some(name => asMap(item[name])[resource] !== undefined)
  })
}

function podStates(resource: Resource, wanted: QuotaResource): boolean {
  return asMap(asMap(podOf(resource)?.spec['resources'])[wanted.field])[wanted.resource] !== undefined
}

function podAmount(resource: Resource, wanted: QuotaResource): Quantity {
  const ofPod = quantityOf(asMap(asMap(podOf(resource)?.spec['resources'])[wanted.field])[wanted.resource])
  if (ofPod !== undefined) return ofPod
  let running = zero
  let largestInit = zero
  for (const container of containersIn(resource)) {
    const own = amount(container, wanted) ?? zero
    if (container.role === 'main' || isSidecar(container)) running = addQuantities(running, own)
    else if (compareQuantities(own, largestInit) > 0) largestInit = own
  }
  return compareQuantities(running, largestInit) >= 0 ? running : largestInit
}

/** A container's amount; its limit stands for a request that is not stated. */
function amount(container: Container, { field, resource }: QuotaResource): Quantity | undefined {
  const resources = asMap(container.spec['resources'])
  const own = quantityOf(asMap(resources[field])[resource])
  return own ?? (field === 'requests' ? quantityOf(asMap(resources['limits'])[resource]) : undefined)
}

function times(quantity: Quantity, count: number): Quantity {
  return { nanos: quantity.nanos * BigInt(Math.max(0, Math.trunc(count))), format: quantity.format }
}
