// Two Ingresses with the same host and path: which of them answers is nobody's decision.

import { pointer } from '../../../manifest/pointer.ts'
import { describeResource, type Place, type Resource } from '../../../manifest/resource.ts'
import type { ResourceSet } from '../../../manifest/resource-set.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { ingressClassOf, isIngress } from '../ingress-class.ts'
import { specOf } from '../pods.ts'

interface Route {
  readonly key: string
  readonly host: string
  readonly path: string
  readonly place: Place
}
const firstByKey = new WeakMap<ResourceSet, ReadonlyMap<string, Place>>()

/** Accident class X9: https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches leaves the winner open. */
export const noIngressCollision = definePolicyRule({
  code: 'policy/no-ingress-collision',
  severity: 'error',
  summary: 'A host and path belong to one Ingress.',
  kinds: ['Ingress'],
  appliesTo: isIngress,
  *check(resource, { resources }) {
    for (const route of routesOf(resource)) {
      const first = firstRoutes(resources).get(route.key)
      if (first === undefined || (first.resource === resource && first.pointer === route.place.pointer)) continue
      yield {
        at: route.place,
        message: `"${route.host}${route.path}" is routed by ${describeResource(first.resource)} too: which one answers is not defined`,
        help: 'Remove one of the two, or give them different hosts or paths.',
        related: [{ at: first, note: 'routed here first' }],
      }
    }
  },
})

function firstRoutes(resources: ResourceSet): ReadonlyMap<string, Place> {
  const known = firstByKey.get(resources)
  if (known !== undefined) return known
  const first = new Map<string, Place>()
  for (const { key, place } of resources.ofKind('Ingress').filter(isIngress).flatMap(routesOf)) {
    if (!first.has(key)) first.set(key, place)
  }
  firstByKey.set(resources, first)
  return first
}

function routesOf(ingress: Resource): readonly Route[] {
  const annotations = asMap(asMap(ingress.object['metadata'])['annotations'])
  if (annotations['nginx.ingress.kubernetes.io/canary'] === 'true') return []
  const className = ingressClassOf(ingress) ?? ''
  const balancer = loadBalancerOf(ingress, className)
  return asList(specOf(ingress)['rules']).flatMap((rule, index) => {
    const host = asString(asMap(rule)['host']) ?? '*'
    return asList(asMap(asMap(rule)['http'])['paths']).map((entry, at) => {
      const path = asString(asMap(entry)['path']) ?? '/'
      const type = asString(asMap(entry)['pathType']) ?? ''
      const plain = type === 'Prefix' && path.length > 1 ? path.replace(/\/+$/, '') : path
      return {
        key: [className, balancer, host, plain, type].join(' '),
        host,
        path,
        place: { resource: ingress, pointer: pointer('spec', 'rules', index, 'http', 'paths', at, 'path') },
      }
    })
  })
}

/**
 * The AWS controller makes a load balancer per Ingress, shared only within a group
 * (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.name), and Google's
 * one per Ingress (https://docs.cloud.google.com/kubernetes-engine/docs/concepts/ingress); elsewhere a class is one entrance.
 */
function loadBalancerOf(ingress: Resource, className: string): string {
  const own = `${ingress.namespace ?? ''}/${ingress.name}`
  if (/^gce(-internal)?$/.test(className)) return own
  if (!/^alb\b/.test(className)) return ''
  return (
    asString(asMap(asMap(ingress.object['metadata'])['annotations'])['alb.ingress.kubernetes.io/group.name']) ?? own
  )
}
