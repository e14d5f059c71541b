// What stands around a workload in its environment: autoscalers, Services, the way in from outside.
// Indexed once per set of objects, so that a rule may ask for every workload.

import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { ResourceSet } from '../../manifest/resource-set.ts'
import type { RuleContext } from '../rule.ts'
import { isReplicated, replicasOf, specOf } from './pods.ts'

/** Kinds that send traffic to Services. */
const routingKinds = [
  'Ingress',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'UDPRoute',
  'IngressRoute',
  'IngressRouteTCP',
  'IngressRouteUDP',
  'VirtualService',
  'Route',
]
const autoscalerKinds: ReadonlyMap<string, string> = new Map([
  ['HorizontalPodAutoscaler', 'autoscaling'],
  ['ScaledObject', 'keda.sh'],
])

interface Index {
  /** By the name of what they scale. */
  readonly autoscalers: ReadonlyMap<string, readonly Autoscaler[]>
  readonly routed: ReadonlySet<Resource>
}
interface Autoscaler {
  readonly resource: Resource
  readonly kind: string
}
const indexes = new WeakMap<ResourceSet, Index>()
const none: readonly Resource[] = []

/** HorizontalPodAutoscalers and KEDA ScaledObjects that set the workload's replicas. */
export function autoscalersOf(workload: Resource, context: RuleContext): readonly Resource[] {
  const named = indexOf(context).autoscalers.get(workload.name)
  if (named === undefined) return none
  return named
    .filter(({ kind, resource }) => kind === workload.kind && resource.namespace === workload.namespace)
    .map(({ resource }) => resource)
}

/** Whether the object sets the replicas of another. */
export function isAutoscaler(resource: Resource): boolean {
  return autoscalerKinds.get(resource.kind) === groupOf(resource.apiVersion)
}

/** `spec.scaleTargetRef` with the kind KEDA assumes where none is given. */
export function scaleTargetOf(autoscaler: Resource): {
  readonly kind: string
  readonly group?: string
  readonly name: string
} {
  const target = asMap(specOf(autoscaler)['scaleTargetRef'])
  const apiVersion = asString(target['apiVersion'])
  return {
    kind: asString(target['kind']) ?? 'Deployment',
    ...(apiVersion === undefined ? {} : { group: groupOf(apiVersion) }),
    name: asString(target['name']) ?? '',
  }
}

/** The fewest replicas that run in normal operation: the autoscaler's minimum where there is one, the declared count otherwise. */
export function minimumReplicas(workload: Resource, context: RuleContext): number {
  const autoscalers = autoscalersOf(workload, context)
  return autoscalers.length === 0 ? replicasOf(workload) : Math.min(...autoscalers.map(minimumOf))
}

/** The most replicas that may run. */
export function maximumReplicas(workload: Resource, context: RuleContext): number {
  const autoscalers = autoscalersOf(workload, context)
  if (autoscalers.length > 0) return Math.max(...autoscalers.map(maximumOf))
  return isReplicated(workload) ? replicasOf(workload) : 1
}

/** Services that select the workload's pods. */
export function servicesOf(workload: Resource, { graph }: Pick<RuleContext, 'graph'>): readonly Resource[] {
  return graph.servicesSelecting(workload).filter(service => service.apiVersion === 'v1')
}

/** Whether anything outside the cluster sends requests to the workload: a routed Service, a load balancer or a node port. */
export function isExposed(workload: Resource, context: RuleContext): boolean {
  const { routed } = indexOf(context)
  return servicesOf(workload, context).some(service => {
    const type = specOf(service)['type']
    return type === 'LoadBalancer' || type === 'NodePort' || routed.has(service)
  })
}

function indexOf(context: RuleContext): Index {
  const known = indexes.get(context.resources)
  if (known !== undefined) return known
  const index = { autoscalers: indexAutoscalers(context.resources), routed: routedServices(context) }
  indexes.set(context.resources, index)
  return index
}

function indexAutoscalers(resources: ResourceSet): Index['autoscalers'] {
  const index = new Map<string, Autoscaler[]>()
  for (const resource of [...autoscalerKinds.keys()].flatMap(resources.ofKind).filter(isAutoscaler)) {
    const { kind, name } = scaleTargetOf(resource)
    const list = index.get(name)
    if (list === undefined) index.set(name, [{ resource, kind }])
    else list.push({ resource, kind })
  }
  return index
}

function routedServices({ resources, graph }: RuleContext): ReadonlySet<Resource> {
  const routed = new Set<Resource>()
  for (const router of routingKinds.flatMap(resources.ofKind)) {
    for (const reference of graph.referencesFrom(router)) {
      const service = reference.field.edge === 'routes' ? graph.resolve(reference) : undefined
      if (service !== undefined) routed.add(service)
    }
  }
  return routed
}

function minimumOf(autoscaler: Resource): number {
  const spec = specOf(autoscaler)
  return autoscaler.kind === 'ScaledObject' ? numberIn(spec, 'minReplicaCount', 0) : numberIn(spec, 'minReplicas', 1)
}

function maximumOf(autoscaler: Resource): number {
  const spec = specOf(autoscaler)
  return autoscaler.kind === 'ScaledObject' ? numberIn(spec, 'maxReplicaCount', 100) : numberIn(spec, 'maxReplicas', 1)
}

function numberIn(map: YamlMap, field: string, fallback: number): number {
  const value = map[field]
  return typeof value === 'number' ? value : fallback
}
