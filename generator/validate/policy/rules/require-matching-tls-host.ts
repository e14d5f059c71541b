// A host that no certificate of its Ingress covers is served with the controller's own: every browser refuses it.

import { pointer } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isIngress } from '../ingress-class.ts'
import { specOf } from '../pods.ts'

/** Accident class X9: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls */
export const requireMatchingTlsHost = definePolicyRule({
  code: 'policy/require-matching-tls-host',
  severity: 'error',
  summary: 'Every host of an Ingress with TLS is covered by its tls entries.',
  kinds: ['Ingress'],
  appliesTo: isIngress,
  *check(resource) {
    const entries = asList(specOf(resource)['tls']).map(asMap)
    if (entries.length === 0 || entries.some(entry => asList(entry['hosts']).length === 0)) return
    const covered = entries.flatMap(entry => asList(entry['hosts']).map(host => asString(host) ?? ''))
    for (const [index, rule] of asList(specOf(resource)['rules']).entries()) {
      const host = asString(asMap(rule)['host'])
      if (host === undefined || covered.some(pattern => covers(pattern, host))) continue
      yield {
        at: { resource, pointer: pointer('spec', 'rules', index, 'host') },
        message: `no tls entry covers "${host}": it is served with a wrong certificate`,
        help: `Add "${host}" to the hosts of a tls entry.`,
      }
    }
  },
})

function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true
  return pattern.startsWith('*.') && host.slice(host.indexOf('.')) === pattern.slice(1) && !host.startsWith('*')
}
