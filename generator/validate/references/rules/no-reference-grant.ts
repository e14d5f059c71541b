// A route or Gateway may name an object of another namespace only where a ReferenceGrant there allows it; without one the
// reference is refused, and the route gets RefNotPermitted (https://gateway-api.sigs.k8s.io/api-types/referencegrant/).

import { kindsOfGroup, type Reference } from '../../../manifest/references-of.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import type { Rule, RuleContext } from '../../rule.ts'

const gatewayGroup = 'gateway.networking.k8s.io'
const routes = kindsOfGroup(gatewayGroup)

export const noReferenceGrant: Rule = {
  code: 'reference/no-reference-grant',
  severity: 'error',
  summary: 'Routes and Gateways that name objects of another namespace are allowed to by a ReferenceGrant there.',
  kinds: routes,
  appliesTo: ({ apiVersion, kind }) => routes.includes(kind) && groupOf(apiVersion) === gatewayGroup,
  *check(resource, context) {
    for (const reference of context.graph.referencesFrom(resource)) {
      const { kind, name, namespace } = reference
      if (!needsGrant(reference) || !isInTree(reference, context) || isGranted(resource, reference, context)) continue
      yield {
        at: reference.at,
        message: `no ReferenceGrant ${namespace === undefined ? '' : `in namespace "${namespace}" `}lets this ${resource.kind} name ${kind} "${name}"`,
        help: 'Add a ReferenceGrant to the namespace of the object that is named.',
      }
    }
  },
}

/** Backends and certificates need a grant; parentRefs are for the Gateway's allowedRoutes to decide. */
function needsGrant({ kind, namespace, from }: Reference): boolean {
  return (
    (kind === 'Service' || kind === 'Secret') &&
    namespace !== undefined &&
    from.namespace !== undefined &&
    namespace !== from.namespace
  )
}

/** Only where the tree shows the other namespace can it be said that there is no grant. */
function isInTree(reference: Reference, { graph, resources }: RuleContext): boolean {
  return (
    graph.resolve(reference) !== undefined ||
    resources.find('Namespace', undefined, reference.namespace ?? '') !== undefined
  )
}

function isGranted(from: Resource, { kind, namespace, name }: Reference, { resources }: RuleContext): boolean {
  return resources.ofKind('ReferenceGrant').some(grant => {
    const spec = asMap(grant.object['spec'])
    const source = asList(spec['from']).map(asMap)
    const target = asList(spec['to']).map(asMap)
    return (
      grant.namespace === namespace &&
      source.some(entry => entry['kind'] === from.kind && entry['namespace'] === from.namespace) &&
      target.some(entry => entry['kind'] === kind && (entry['name'] === undefined || entry['name'] === name))
    )
  })
}
