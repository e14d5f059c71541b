// R4: an Ingress or route names a port that its Service does not have
// (https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend).

import { hint } from '../../../diagnostics/suggest.ts'
import { servicePorts } from '../../../graph/service-ports.ts'
import type { Reference } from '../../../manifest/references-of.ts'
import { routingKinds } from '../../../manifest/references-of.ts'
import { asMap } from '../../../manifest/value.ts'
import type { Rule } from '../../rule.ts'

/**
 * What the AWS controller wants for a port where the backend names an action of an annotation instead of a Service
 * (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions).
 */
const awsAction = 'use-annotation'

export const noBackendPort: Rule = {
  code: 'reference/no-backend-port',
  severity: 'error',
  summary: 'The ports that an Ingress or a route sends traffic to exist in their Service.',
  kinds: routingKinds,
  appliesTo: ({ kind }) => routingKinds.includes(kind),
  *check(resource, { graph }) {
    for (const reference of graph.referencesFrom(resource)) {
      if (reference.field.edge !== 'routes' || reference.kind !== 'Service') continue
      const service = graph.resolve(reference)
      const port = backendPort(reference)
      if (service === undefined || port === undefined) continue
      if (asMap(service.object['spec'])['type'] === 'ExternalName') continue
      const ports = servicePorts(service)
      if (ports.some(candidate => (typeof port === 'number' ? candidate.port : candidate.name) === port)) continue
      const allowed = ports.map(candidate =>
        String(typeof port === 'number' ? candidate.port : (candidate.name ?? candidate.port)),
      )
      yield {
        at: reference.at,
        message: `Service "${service.name}" has no port "${port}"${hint(String(port), allowed)}`,
        help: 'Name a port of the Service: ports[].port or ports[].name, not the container’s.',
        related: [{ at: { resource: service, pointer: '/spec/ports' }, note: 'the ports of the Service' }],
      }
    }
  },
}

/** The port beside a backend's name: a number, a name, or nothing where the field is absent (one port) or filled in later. */
function backendPort({ holder, field }: Reference): number | string | undefined {
  if (field.path.endsWith('/serviceName')) return scalarPort(holder['servicePort'])
  const port = holder['port']
  if (typeof port === 'object' && port !== null) return scalarPort(asMap(port)['number'] ?? asMap(port)['name'])
  return scalarPort(port)
}

function scalarPort(value: unknown): number | string | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.includes('$') || value === awsAction) return undefined
  return /^\d+$/.test(value) ? Number(value) : value
}
