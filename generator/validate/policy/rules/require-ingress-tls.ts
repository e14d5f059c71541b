// An Ingress without TLS sends passwords and cookies in plain text.

import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isIngress } from '../ingress-class.ts'
import { specOf } from '../pods.ts'

/** Annotations by which controllers take their certificate from elsewhere. */
const terminatedElsewhere = [
  'alb.ingress.kubernetes.io/certificate-arn',
  'alb.ingress.kubernetes.io/listen-ports',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
  'networking.gke.io/managed-certificates',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'traefik.ingress.kubernetes.io/router.tls',
  'traefik.ingress.kubernetes.io/router.tls.certresolver',
]

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#tls */
export const requireIngressTls = definePolicyRule({
  code: 'policy/require-ingress-tls',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'An Ingress serves its hosts over TLS.',
  kinds: ['Ingress'],
  appliesTo: isIngress,
  *check(resource) {
    if (asList(specOf(resource)['tls']).length > 0) return
    const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
    if (terminatedElsewhere.some(key => (asString(annotations[key]) ?? 'false') !== 'false')) return
    yield {
      at: { resource, pointer: '/spec/tls' },
      message: 'the Ingress has no tls: everything is sent in plain text',
      help: 'Add spec.tls with the hosts and the name of a certificate Secret.',
    }
  },
})
