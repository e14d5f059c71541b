// R13: no controller takes care of a Gateway whose class does not exist
// (https://gateway-api.sigs.k8s.io/api-types/gatewayclass/). Sure with `gatewayClasses` in the profile.

import { valueAt } from '../../../manifest/pointer.ts'
import { groupOf } from '../../../manifest/resource.ts'
import type { Rule } from '../../rule.ts'
import { unknownClass } from '../known-classes.ts'

export const unknownGatewayClass: Rule = {
  code: 'reference/unknown-gateway-class',
  severity: 'error',
  summary: 'The class of a Gateway is one that the cluster has.',
  kinds: ['Gateway'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Gateway' && groupOf(apiVersion) === 'gateway.networking.k8s.io',
  *check(resource, context) {
    const name = valueAt(resource.object, '/spec/gatewayClassName')
    if (typeof name !== 'string') return
    const unknown = unknownClass(name, 'GatewayClass', context.profile.gatewayClasses, context)
    if (unknown === undefined) return
    yield {
      at: { resource, pointer: '/spec/gatewayClassName' },
      message: `unknown gateway class "${name}"${unknown.hint}`,
      help: 'Use a class of this cluster, or declare it in gatewayClasses.',
      ...(unknown.severity === undefined ? {} : { severity: unknown.severity }),
    }
  },
}
