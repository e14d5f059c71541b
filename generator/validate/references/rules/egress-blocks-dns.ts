// R10: a policy that restricts egress also denies DNS, unless a rule admits it: nothing can be reached by name any more
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/, kubernetes/website#54997).
// DNS needs UDP and, for long answers, TCP. Where the port is translated before policies see it (OpenShift: 5353), the profile's
// dnsPorts say so. A workload that a policy of its own cuts off entirely, and that calls nobody, is meant to be cut off.

import {
  directionsOf,
  rulePeers,
  rulePorts,
  type PodIdentity,
  type TrafficRule,
  type TrafficRules,
} from '../../../graph/network-traffic.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asMap, isMap, type YamlMap } from '../../../manifest/value.ts'
import type { Rule, RuleContext } from '../../rule.ts'
import { hasOtherPolicies } from '../other-policies.ts'
import { jsonText } from '../../../manifest/json-text.ts'

/** The pods of cluster DNS, as far as they are alike everywhere. */
const clusterDns: PodIdentity = {
  namespace: 'kube-system',
  namespaceLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
  namespaceLabelsKnown: false,
  labels: { 'k8s-app': 'kube-dns' },
  labelsKnown: false,
  ports: [],
}

export const egressBlocksDns: Rule = {
  code: 'reference/egress-blocks-dns',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Pods under an egress policy may still ask cluster DNS, by UDP and TCP.',
  kinds: ['NetworkPolicy'],
  appliesTo: ({ kind }) => kind === 'NetworkPolicy',
  *check(policy, context) {
    if (!directionsOf(policy).includes('egress')) return
    const { graph, profile } = context
    const ports = profile.dnsPorts ?? [53]
    const concerned = graph
      .workloadsSelectedBy(policy)
      // The first policy speaks for all that restrict the same pods.
      .filter(({ resource }) => graph.allowedEgress(resource).policies[0] === policy)
      .filter(({ resource }) => !hasOtherPolicies(resource.namespace, context))
      .map(({ resource }) => ({ resource, blocked: blockedProtocols(resource, ports, context) }))
    for (const protocols of ['UDP and TCP', 'UDP', 'TCP']) {
      const workloads = concerned.filter(({ blocked }) => blocked === protocols).map(({ resource }) => resource)
      if (workloads.length === 0) continue
      yield {
        at: { resource: policy, pointer: '/spec' },
        message: `pods of ${listed(workloads)} may not reach cluster DNS on ${protocols} port "${ports.join(', ')}"`,
        help: 'Add an egress rule for ports 53/UDP and 53/TCP to the pods k8s-app=kube-dns in kube-system.',
        ...(protocols === 'TCP' ? { severity: 'warning' as const } : {}),
        related: workloads
          .slice(0, 5)
          .map(resource => ({ at: { resource, pointer: '/metadata/name' }, note: 'pods concerned' })),
      }
    }
  },
}

/** `UDP and TCP`, `UDP`, `TCP`, or '' where DNS can be asked, or need not be. */
function blockedProtocols(resource: Resource, ports: readonly number[], context: RuleContext): string {
  const egress = context.graph.allowedEgress(resource)
  if (isCutOffOnPurpose(resource, egress, context)) return ''
  const blocked = (['UDP', 'TCP'] as const).filter(
    protocol => !ports.every(number => egress.rules.some(rule => admitsDns(rule, { protocol, number }))),
  )
  return blocked.join(' and ')
}

function listed(workloads: readonly Resource[]): string {
  const names = workloads.slice(0, 3).map(({ kind, name }) => `${kind} "${name}"`)
  return workloads.length <= 3 ? names.join(', ') : `${names.join(', ')} and ${workloads.length - 3} more`
}

interface DnsPort {
  readonly protocol: 'UDP' | 'TCP'
  readonly number: number
}

const answers = new WeakMap<TrafficRule, Map<string, boolean>>()

/** Asked for every pod, answered once for every rule. */
function admitsDns(rule: TrafficRule, port: DnsPort): boolean {
  let known = answers.get(rule)
  if (known === undefined) answers.set(rule, (known = new Map()))
  const key = `${port.protocol} ${port.number}`
  const before = known.get(key)
  if (before !== undefined) return before
  const answer = ruleAdmitsDns(rule, port)
  known.set(key, answer)
  return answer
}

function ruleAdmitsDns(rule: TrafficRule, port: DnsPort): boolean {
  if (rulePorts(rule, clusterDns, port) === 'no') return false
  if (rulePeers(rule, clusterDns) !== 'no') return true
  // A rule about exactly this port means DNS, wherever the cluster's DNS lives (node-local caches, openshift-dns).
  const isAboutPort = rule.ports?.some(({ port: number, endPort }) => number === port.number && endPort === undefined)
  return isAboutPort === true && (rule.peers ?? []).some(isElsewhereDns)
}

/** An address, or pods of another namespace that are called after DNS; pods of the policy's own namespace are never meant. */
function isElsewhereDns(peer: YamlMap): boolean {
  if (isMap(peer['ipBlock'])) return true
  return isMap(peer['namespaceSelector']) && jsonText(peer).includes('dns')
}

function isCutOffOnPurpose(resource: Resource, { rules, policies }: TrafficRules, { graph }: RuleContext): boolean {
  if (rules.length > 0 || graph.dependenciesOf(resource).length > 0) return false
  return policies.some(policy => Object.keys(asMap(asMap(policy.object['spec'])['podSelector'])).length > 0)
}
