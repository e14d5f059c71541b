// R13: no controller takes care of a Gateway whose class does not exist
// (https://gateway-api.sigs.k8s.io/api-types/gatewayclass/). Needs `gatewayClasses` in the profile.

import { hint } from '../../../diagnostics/suggest.ts'
import { valueAt } from '../../../manifest/pointer.ts'
import { groupOf } from '../../../manifest/resource.ts'
import type { Rule } from '../../rule.ts'
import { knownClasses } from '../known-classes.ts'

export const unknownGatewayClass: Rule = {
  code: 'reference/unknown-gateway-class',
  severity: 'error',
  summary: 'The class of a Gateway is one that the cluster has.',
  kinds: ['Gateway'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Gateway' && groupOf(apiVersion) === 'gateway.networking.k8s.io',
  *check(resource, context) {
    const classes = knownClasses('GatewayClass', context.profile.gatewayClasses, context)
    const name = valueAt(resource.object, '/spec/gatewayClassName')
    if (classes === undefined || typeof name !== 'string' || classes.includes(name)) return
    yield {
      at: { resource, pointer: '/spec/gatewayClassName' },
      message: `unknown gateway class "${name}"${hint(name, classes)}`,
      help: 'Use a class of this cluster, or declare it in gatewayClasses.',
    }
  },
}
