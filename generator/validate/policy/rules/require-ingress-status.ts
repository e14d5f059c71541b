// Traefik writes no address into an Ingress unless told to, and Argo CD waits for that address for ever.

import { definePolicyRule } from '../define-policy-rule.ts'
import { controllerOf, isIngress } from '../ingress-class.ts'

/** Accident class X10: https://argo-cd.readthedocs.io/en/stable/faq/#why-is-my-application-stuck-in-progressing-state */
export const requireIngressStatus = definePolicyRule({
  code: 'policy/require-ingress-status',
  severity: 'info',
  summary: 'Traefik is known to publish the status of Ingresses.',
  kinds: ['Ingress'],
  appliesTo: isIngress,
  *check(resource, context) {
    const declared = context.profile.traefikPublishesStatus
    if (declared === true || controllerOf(resource, context) !== 'traefik') return
    yield {
      at: { resource, pointer: '/spec/ingressClassName' },
      ...(declared === false ? { severity: 'warning' as const } : {}),
      message:
        declared === false
          ? 'Traefik publishes no address for this Ingress: Argo CD shows it as "Progressing" and later waves wait'
          : 'whether Traefik publishes an address for this Ingress is not declared; if not, Argo CD shows it as "Progressing" for ever',
      help: 'Set providers.kubernetesIngress.publishedService in Traefik, and traefikPublishesStatus in the platform.',
    }
  },
})
