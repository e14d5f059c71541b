// R11: pods behind an Ingress or a route are under an ingress policy that admits nobody from the controller's namespace: 502
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/). Without a declared namespace of the controller,
// only policies that admit nobody from any other namespace are reported.

import type { Workload } from '../../../graph/graph.ts'
import { admits, type PodIdentity } from '../../../graph/network-traffic.ts'
import { podPort, servicePorts } from '../../../graph/service-ports.ts'
import { namespaceLabels } from '../../../graph/build-graph.ts'
import { routingKinds } from '../../../manifest/references-of.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import type { Rule, RuleContext } from '../../rule.ts'
import { hasOtherPolicies } from '../other-policies.ts'

export const ingressBlocksController: Rule = {
  code: 'reference/ingress-blocks-controller',
  severity: 'warning',
  summary: 'Policies of pods behind an Ingress admit the ingress controller.',
  kinds: routingKinds,
  appliesTo: ({ kind }) => routingKinds.includes(kind) && kind !== 'VirtualService',
  *check(resource, context) {
    const { graph } = context
    const seen = new Set<Resource>()
    for (const reference of graph.referencesFrom(resource)) {
      if (reference.field.edge !== 'routes' || reference.kind !== 'Service') continue
      const service = graph.resolve(reference)
      if (service === undefined || seen.has(service)) continue
      seen.add(service)
      const blocked = graph.workloadsSelectedBy(service).find(workload => isBlocked(service, workload, context))
      if (blocked === undefined) continue
      const [policy] = graph.allowedIngress(blocked.resource).policies
      const namespace = context.profile.ingressControllerNamespace
      yield {
        at: reference.at,
        message:
          `no NetworkPolicy lets ${namespace === undefined ? 'another namespace' : `namespace "${namespace}"`} ` +
          `into the pods of ${describeResource(blocked.resource)}, so the ingress controller cannot reach them`,
        help: 'Add an ingress rule with a namespaceSelector for the namespace of the ingress controller.',
        related:
          policy === undefined
            ? []
            : [{ at: { resource: policy, pointer: '/spec' }, note: 'this policy restricts ingress' }],
      }
    }
  },
}

function isBlocked(service: Resource, workload: Workload, context: RuleContext): boolean {
  const { graph } = context
  const traffic = graph.allowedIngress(workload.resource)
  if (traffic.policies.length === 0 || hasOtherPolicies(workload.resource.namespace, context)) return false
  const destination = graph.podIdentity(workload.resource)
  const controller = controllerIdentity(context)
  return servicePorts(service).every(port => {
    const target = podPort(port, workload)
    return target !== undefined && admits(traffic, controller, destination, target) === 'no'
  })
}

function controllerIdentity({ profile, resources }: RuleContext): PodIdentity {
  const namespace = profile.ingressControllerNamespace
  const rendered = namespace === undefined ? undefined : resources.find('Namespace', undefined, namespace)
  return {
    // No namespace has this name: pods of "some other namespace".
    namespace: namespace ?? '*',
    namespaceLabels: namespaceLabels(namespace, rendered),
    namespaceLabelsKnown: rendered !== undefined,
    labels: {},
    labelsKnown: false,
    ports: [],
  }
}
