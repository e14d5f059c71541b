// `Recreate` stops all replicas before it starts new ones: an outage at every deployment of something that could do without.

import { asMap } from '../../../manifest/value.ts'
import { singleWriterClaims } from '../claims.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'
import { minimumReplicas, servicesOf } from '../surroundings.ts'

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment */
export const noRecreateWhenReplicated = definePolicyRule({
  code: 'policy/no-recreate-when-replicated',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Served Deployments of several replicas are updated without stopping all of them.',
  kinds: ['Deployment'],
  appliesTo: resource => resource.kind === 'Deployment',
  *check(resource, context) {
    if (asMap(specOf(resource)['strategy'])['type'] !== 'Recreate' || minimumReplicas(resource, context) < 2) return
    if (servicesOf(resource, context).length === 0 || singleWriterClaims(resource, context).length > 0) return
    yield {
      at: { resource, pointer: '/spec/strategy/type' },
      message: 'strategy "Recreate" stops all replicas at every update, though there are several behind a Service',
      help: 'Use RollingUpdate with maxUnavailable: 0 and maxSurge: 1.',
    }
  },
})
