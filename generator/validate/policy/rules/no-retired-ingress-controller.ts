// ingress-nginx is retired: no more fixes, not even for security.

import { definePolicyRule } from '../define-policy-rule.ts'
import { controllerOf, ingressClassOf, isIngress } from '../ingress-class.ts'

/** Accident class X7: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/ */
export const noRetiredIngressController = definePolicyRule({
  code: 'policy/no-retired-ingress-controller',
  severity: 'warning',
  summary: 'Ingresses do not depend on the retired ingress-nginx controller.',
  kinds: ['Ingress'],
  appliesTo: isIngress,
  *check(resource, context) {
    if (controllerOf(resource, context) !== 'ingress-nginx') return
    const className = ingressClassOf(resource) ?? ''
    yield {
      at: { resource, pointer: '/spec/ingressClassName' },
      message: `class "${className}" means ingress-nginx, which has had no fixes since March 2026`,
      help: 'Move to Traefik or to a Gateway API implementation; other controllers named nginx declare their IngressClass in the tree.',
    }
  },
})
