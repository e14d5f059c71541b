// R4: traffic is sent to a Service that does not exist: 503 for every request
// (https://kubernetes.io/docs/concepts/services-networking/ingress/).

import { asMap } from '../../../manifest/value.ts'
import { danglingRule } from '../dangling-rule.ts'

export const noBackend = danglingRule({
  code: 'reference/no-backend',
  summary: 'The Services that an Ingress or a route sends traffic to exist.',
  help: 'Add the Service, correct its name, or declare it among externalObjects.',
  // Actions of the AWS controller are written as backends (alb.ingress.kubernetes.io/actions.…).
  concerns: ({ field, holder }) => field.edge === 'routes' && asMap(holder['port'])['name'] !== 'use-annotation',
})
