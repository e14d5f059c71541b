// Which controller serves an Ingress.

import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap, asString } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { specOf } from './pods.ts'

/** `spec.controller` of an IngressClass to the same names. */
const controllers: ReadonlyMap<string, string> = new Map([
  ['k8s.io/ingress-nginx', 'ingress-nginx'],
  ['traefik.io/ingress-controller', 'traefik'],
  ['ingress.k8s.aws/alb', 'alb'],
  ['nginx.org/ingress-controller', 'nginx.org'],
  ['haproxy.org/ingress-controller', 'haproxy'],
  ['haproxy-ingress.github.io/controller', 'haproxy-ingress'],
  ['ingress-controllers.konghq.com/kong', 'kong'],
  ['projectcontour.io/ingress-controller', 'contour'],
  ['azure/application-gateway', 'application-gateway'],
  ['cilium.io/ingress-controller', 'cilium'],
])
/** Class names to controllers, where no IngressClass is rendered. */
const classNames: readonly (readonly [name: RegExp, controller: string])[] = [
  [/^nginx(?:-(?:internal|external|public|private))?$/, 'ingress-nginx'],
  [/^traefik(?:-.*)?$/, 'traefik'],
  [/^alb$/, 'alb'],
  [/^haproxy$/, 'haproxy'],
  [/^kong$/, 'kong'],
  [/^contour$/, 'contour'],
  [/^azure-application-gateway$/, 'application-gateway'],
  [/^cilium$/, 'cilium'],
]

/** Whether the object is an Ingress of Kubernetes. */
export function isIngress(resource: Resource): boolean {
  return resource.kind === 'Ingress' && ['networking.k8s.io', 'extensions'].includes(groupOf(resource.apiVersion))
}

/** The class an Ingress names, in its field or in the older annotation. */
export function ingressClassOf(ingress: Resource): string | undefined {
  const annotations = asMap(asMap(ingress.object['metadata'])['annotations'])
  return asString(specOf(ingress)['ingressClassName']) ?? asString(annotations['kubernetes.io/ingress.class'])
}

/** The controller that serves an Ingress; undefined where it cannot be told. */
export function controllerOf(ingress: Resource, { resources }: RuleContext): string | undefined {
  const name = ingressClassOf(ingress)
  if (name === undefined) return undefined
  const rendered = resources.find('IngressClass', undefined, name)
  if (rendered !== undefined) return controllers.get(asString(specOf(rendered)['controller']) ?? '')
  return classNames.find(([pattern]) => pattern.test(name))?.[1]
}
