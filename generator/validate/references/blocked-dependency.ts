// Dependencies of a workload that NetworkPolicies cut, on the side of the caller or of the called.

import type { Dependency } from '../../graph/dependencies.ts'
import type { Workload } from '../../graph/graph.ts'
import type { Direction } from '../../graph/network-traffic.ts'
import { podPort, type ServicePort } from '../../graph/service-ports.ts'
import { describeResource, type Resource } from '../../manifest/resource.ts'
import type { Finding, RuleContext } from '../rule.ts'
import { hasOtherPolicies } from './other-policies.ts'

interface Blocked {
  readonly dependency: Dependency
  readonly port: ServicePort
  /** The workload whose policies refuse. */
  readonly side: Resource
}

/** A finding for each called Service of which one side's policies surely refuse every pod behind it. */
export function* blockedDependencies(
  resource: Resource,
  direction: Direction,
  context: RuleContext,
): Iterable<Finding> {
  const { graph } = context
  if (direction === 'egress' && graph.allowedEgress(resource).policies.length === 0) return
  for (const dependency of graph.dependenciesOf(resource)) {
    const blocked = blockedSide(resource, dependency, direction, context)
    if (blocked !== undefined && !hasOtherPolicies(blocked.side.namespace, context)) {
      yield direction === 'egress' ? egressFinding(blocked, context) : ingressFinding(blocked, context)
    }
  }
}

/** Where an address names no port, one that can be reached is enough. */
function blockedSide(
  resource: Resource,
  dependency: Dependency,
  direction: Direction,
  { graph }: RuleContext,
): Blocked | undefined {
  const targets = graph.workloadsSelectedBy(dependency.service).filter(target => target.resource !== resource)
  const [target] = targets
  const [port] = dependency.ports
  if (target === undefined || port === undefined) return undefined
  const refused = (candidate: ServicePort, to: Workload): boolean => {
    const at = podPort(candidate, to)
    return at !== undefined && graph.mayTalk(resource, to.resource, at)[direction] === 'no'
  }
  if (!dependency.ports.every(candidate => targets.every(to => refused(candidate, to)))) return undefined
  return { dependency, port, side: direction === 'egress' ? resource : target.resource }
}

function egressFinding({ dependency, port, side }: Blocked, { graph }: RuleContext): Finding {
  return {
    at: dependency.at,
    message: `"${dependency.variable}" names Service "${dependency.service.name}", but no NetworkPolicy lets these pods reach its port "${port.port}"`,
    help: 'Add an egress rule towards the pods of that Service, on the port of the pods.',
    related: graph.allowedEgress(side).policies.slice(0, 1).map(restricts('egress')),
  }
}

function ingressFinding({ dependency, port, side }: Blocked, { graph }: RuleContext): Finding {
  return {
    at: dependency.at,
    message: `"${dependency.variable}" names Service "${dependency.service.name}", but no NetworkPolicy lets these pods into ${describeResource(side)} on port "${String(port.targetPort)}"`,
    help: 'Add an ingress rule for these pods, on the port of the pods that are called.',
    related: graph.allowedIngress(side).policies.slice(0, 1).map(restricts('ingress')),
  }
}

function restricts(direction: Direction): (policy: Resource) => NonNullable<Finding['related']>[number] {
  return policy => ({ at: { resource: policy, pointer: '/spec' }, note: `this policy restricts ${direction}` })
}
