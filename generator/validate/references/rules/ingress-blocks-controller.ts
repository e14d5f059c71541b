// R11: pods behind an Ingress or a route are under an ingress policy that admits nobody from the controller's namespace: 502
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/). Without a declared namespace of the controller,
// only policies that admit nobody from any other namespace are reported. Likewise behind a load balancer: it needs a rule for everyone,
// or for addresses, as selectors admit pods alone.

import type { Workload } from '../../../graph/graph.ts'
import {
  admits,
  rulePorts,
  type NetworkPort,
  type PodIdentity,
  type TrafficRule,
  type TrafficRules,
} from '../../../graph/network-traffic.ts'
import { podPort, servicePorts } from '../../../graph/service-ports.ts'
import { namespaceLabels } from '../../../graph/build-graph.ts'
import { routingKinds } from '../../../manifest/references-of.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { hasOtherPolicies } from '../other-policies.ts'

export const ingressBlocksController: Rule = {
  code: 'reference/ingress-blocks-controller',
  severity: 'warning',
  summary: 'Policies of pods behind an Ingress admit the ingress controller, those behind a load balancer its clients.',
  kinds: [...routingKinds, 'Service'],
  appliesTo: resource =>
    (routingKinds.includes(resource.kind) && resource.kind !== 'VirtualService') || isLoadBalancer(resource),
  *check(resource, context) {
    const { graph } = context
    if (resource.kind === 'Service') yield* checkLoadBalancer(resource, context)
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
        related: restrictedBy(policy),
      }
    }
  },
}

function isLoadBalancer({ kind, apiVersion, object }: Resource): boolean {
  return kind === 'Service' && apiVersion === 'v1' && asMap(object['spec'])['type'] === 'LoadBalancer'
}

function* checkLoadBalancer(service: Resource, context: RuleContext): Iterable<Finding> {
  const { graph } = context
  const blocked = graph
    .workloadsSelectedBy(service)
    .find(workload =>
      isClosed({ service, workload, context }, (traffic, destination, port) =>
        traffic.rules.some(rule => isForAddresses(rule) && rulePorts(rule, destination, port) !== 'no'),
      ),
    )
  if (blocked === undefined) return
  const [policy] = graph.allowedIngress(blocked.resource).policies
  yield {
    at: { resource: service, pointer: '/spec/type' },
    message: `no NetworkPolicy lets addresses outside the cluster into the pods of ${describeResource(blocked.resource)}, so the load balancer cannot reach them`,
    help: 'Add an ingress rule without "from", or with an ipBlock: selectors admit pods alone.',
    related: restrictedBy(policy),
  }
}

function isForAddresses({ peers }: TrafficRule): boolean {
  return peers === undefined || peers.some(peer => peer['ipBlock'] !== undefined)
}

function isBlocked(service: Resource, workload: Workload, context: RuleContext): boolean {
  const controller = controllerIdentity(context)
  return isClosed(
    { service, workload, context },
    (traffic, destination, port) => admits(traffic, controller, destination, port) !== 'no',
  )
}

interface Entrance {
  readonly service: Resource
  readonly workload: Workload
  readonly context: RuleContext
}

/** Whether policies restrict the pods, and none of the Service's ports is open. */
function isClosed(
  { service, workload, context }: Entrance,
  isOpen: (traffic: TrafficRules, destination: PodIdentity, port: NetworkPort) => boolean,
): boolean {
  const traffic = context.graph.allowedIngress(workload.resource)
  if (traffic.policies.length === 0 || hasOtherPolicies(workload.resource.namespace, context)) return false
  const destination = context.graph.podIdentity(workload.resource)
  return servicePorts(service).every(port => {
    const target = podPort(port, workload)
    return target !== undefined && !isOpen(traffic, destination, target)
  })
}

function restrictedBy(policy: Resource | undefined): NonNullable<Finding['related']> {
  return policy === undefined
    ? []
    : [{ at: { resource: policy, pointer: '/spec' }, note: 'this policy restricts ingress' }]
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
