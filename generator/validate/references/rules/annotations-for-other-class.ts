// R13: annotations of one ingress controller on an Ingress of another's class do nothing: authentication, limits and redirects are
// silently off (https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource).

import { pointer, valueAt } from '../../../manifest/pointer.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asMap, asString } from '../../../manifest/value.ts'
import type { Rule, RuleContext } from '../../rule.ts'

/** Prefix of annotations, and what the class or the controller of its family is called. */
const families: readonly (readonly [prefix: string, family: RegExp, name: string])[] = [
  ['nginx.ingress.kubernetes.io/', /nginx|webapprouting/, 'ingress-nginx'],
  ['nginx.org/', /nginx/, 'NGINX'],
  ['traefik.ingress.kubernetes.io/', /traefik/, 'Traefik'],
  ['alb.ingress.kubernetes.io/', /alb|aws/, 'AWS Load Balancer Controller'],
  ['haproxy.org/', /haproxy/, 'HAProxy'],
  ['haproxy-ingress.github.io/', /haproxy/, 'HAProxy Ingress'],
  ['konghq.com/', /kong/, 'Kong'],
  ['appgw.ingress.kubernetes.io/', /azure|appgw|application-gateway/, 'Application Gateway'],
]

/** What an annotation protects: ignored, it leaves the door open. */
const protection =
  /auth|whitelist|allowlist|denylist|source-range|ssl-redirect|force-ssl|tls|waf|limit|cors|modsecurity/

export const annotationsForOtherClass: Rule = {
  code: 'reference/annotations-for-other-class',
  severity: 'warning',
  summary: 'Annotations of an Ingress belong to the controller of its class.',
  kinds: ['Ingress'],
  appliesTo: ({ kind }) => kind === 'Ingress',
  *check(resource, context) {
    const controller = controllerOf(resource, context)
    if (controller === undefined || !families.some(([, family]) => family.test(controller))) return
    for (const annotation of Object.keys(asMap(asMap(resource.object['metadata'])['annotations']))) {
      const owner = families.find(([prefix]) => annotation.startsWith(prefix))
      if (owner === undefined || owner[1].test(controller)) continue
      yield {
        at: { resource, pointer: pointer('metadata', 'annotations', annotation), on: 'key' },
        ...(protection.test(annotation) ? { severity: 'error' as const } : {}),
        message: `annotation "${annotation}" is for ${owner[2]}, but the class of this Ingress is "${controller}"`,
        help: 'Use the means of the controller that serves this class.',
      }
    }
  },
}

/** The class and, where it is rendered, the controller that it names. */
function controllerOf(resource: Resource, { graph }: RuleContext): string | undefined {
  const name =
    asString(valueAt(resource.object, '/spec/ingressClassName')) ??
    asString(asMap(asMap(resource.object['metadata'])['annotations'])['kubernetes.io/ingress.class'])
  if (name === undefined) return undefined
  const rendered = graph.find('IngressClass', undefined, name)
  const controller = asString(asMap(rendered?.object['spec'])['controller'])
  return controller === undefined ? name : `${name} (${controller})`
}
