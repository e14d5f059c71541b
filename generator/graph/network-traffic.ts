// NetworkPolicies read as Kubernetes enforces them: which pods a policy isolates in which direction, and whom its rules admit.
// Answers are three-valued, because labels of namespaces and pods outside the tree, and addresses of pods, are not known here.
// Follows https://kubernetes.io/docs/concepts/services-networking/network-policies/ and the defaulting of policyTypes.

import { labelText } from '../manifest/label-selector.ts'
import { pointer } from '../manifest/pointer.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'

export type Direction = 'ingress' | 'egress'
export type Answer = 'yes' | 'no' | 'unknown'

/** One rule of one policy. */
export interface TrafficRule {
  readonly policy: Resource
  readonly at: Place
  /** Undefined: everyone, inside and outside the cluster. */
  readonly peers: readonly YamlMap[] | undefined
  /** Undefined: every port. */
  readonly ports: readonly PolicyPort[] | undefined
}

export interface PolicyPort {
  readonly protocol: string
  /** A number, a container port's name, or undefined: every port of the protocol. */
  readonly port: number | string | undefined
  readonly endPort: number | undefined
}

export interface TrafficRules {
  /** Policies that restrict this direction. None: everything is allowed. */
  readonly policies: readonly Resource[]
  readonly rules: readonly TrafficRule[]
}

/** A pod as policies see it. */
export interface PodIdentity {
  readonly namespace: string | undefined
  readonly namespaceLabels: YamlMap
  /** False: the namespace may have labels that are not known here. */
  readonly namespaceLabelsKnown: boolean
  readonly labels: YamlMap
  readonly labelsKnown: boolean
  readonly ports: readonly NamedPort[]
}

export interface NamedPort {
  readonly name: string
  readonly number: number
  readonly protocol: string
}

/** A port at the destination pod. */
export interface NetworkPort {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  readonly number: number
}

export interface NetworkVerdict {
  readonly egress: Answer
  readonly ingress: Answer
}

/** The directions a policy isolates. Without `policyTypes`: ingress always, egress where it has egress rules. */
export function directionsOf(policy: Resource): readonly Direction[] {
  const spec = asMap(policy.object['spec'])
  const types = asList(spec['policyTypes'])
  if (types.length === 0) return asList(spec['egress']).length > 0 ? ['ingress', 'egress'] : ['ingress']
  return (['ingress', 'egress'] as const).filter(direction =>
    types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'),
  )
}

/** The rules of one direction, from the policies that select a pod. */
export function trafficRules(policies: readonly Resource[], direction: Direction): TrafficRules {
  const isolating: Resource[] = []
  const rules: TrafficRule[] = []
  for (const policy of policies) {
    const own = rulesOf(policy, direction)
    if (own === undefined) continue
    isolating.push(policy)
    rules.push(...own)
  }
  return { policies: isolating, rules }
}

const readPolicies: Readonly<Record<Direction, WeakMap<Resource, readonly TrafficRule[] | 'no isolation'>>> = {
  ingress: new WeakMap(),
  egress: new WeakMap(),
}

/** The rules of a policy, read once for all pods it selects; undefined where it does not isolate the direction. */
function rulesOf(policy: Resource, direction: Direction): readonly TrafficRule[] | undefined {
  let rules = readPolicies[direction].get(policy)
  if (rules === undefined) {
    rules = directionsOf(policy).includes(direction) ? readRules(policy, direction) : 'no isolation'
    readPolicies[direction].set(policy, rules)
  }
  return rules === 'no isolation' ? undefined : rules
}

function readRules(policy: Resource, direction: Direction): readonly TrafficRule[] {
  const peerField = direction === 'ingress' ? 'from' : 'to'
  return asList(asMap(policy.object['spec'])[direction]).map((entry, index) => {
    const rule = asMap(entry)
    const peers = asList(rule[peerField]).filter(isMap)
    const ports = asList(rule['ports']).filter(isMap).map(readPort)
    return {
      policy,
      at: { resource: policy, pointer: pointer('spec', direction, index) },
      peers: peers.length > 0 ? peers : undefined,
      ports: ports.length > 0 ? ports : undefined,
    }
  })
}

function readPort(entry: YamlMap): PolicyPort {
  const port = entry['port']
  const endPort = entry['endPort']
  return {
    protocol: asString(entry['protocol']) ?? 'TCP',
    port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
    endPort: typeof endPort === 'number' ? endPort : undefined,
  }
}

/** Whether some rule admits the other pod on a port of the destination; `yes` where nothing restricts the direction. */
export function admits(traffic: TrafficRules, peer: PodIdentity, destination: PodIdentity, port: NetworkPort): Answer {
  if (traffic.policies.length === 0) return 'yes'
  return best(traffic.rules, rule => both(rulePeers(rule, peer), rulePorts(rule, destination, port)))
}

/** Whether a rule's peers include a pod. */
export function rulePeers(rule: TrafficRule, pod: PodIdentity): Answer {
  return rule.peers === undefined ? 'yes' : best(rule.peers, peer => peerMatches(peer, pod, rule.policy.namespace))
}

/** Whether a rule's ports include a port of the destination pod. */
export function rulePorts(rule: TrafficRule, destination: PodIdentity, port: NetworkPort): Answer {
  return rule.ports === undefined ? 'yes' : best(rule.ports, allowed => portMatches(allowed, destination, port))
}

function portMatches(allowed: PolicyPort, destination: PodIdentity, port: NetworkPort): Answer {
  if (allowed.protocol !== port.protocol) return 'no'
  if (allowed.port === undefined) return 'yes'
  if (typeof allowed.port === 'number') {
    const last = allowed.endPort ?? allowed.port
    return port.number >= allowed.port && port.number <= last ? 'yes' : 'no'
  }
  if (!destination.labelsKnown && destination.ports.length === 0) return 'unknown'
  return destination.ports.some(
    named => named.name === allowed.port && named.number === port.number && named.protocol === port.protocol,
  )
    ? 'yes'
    : 'no'
}

function peerMatches(peer: YamlMap, pod: PodIdentity, policyNamespace: string | undefined): Answer {
  if (isMap(peer['ipBlock'])) return blockCoversPods(peer['ipBlock'])
  const namespaceSelector = peer['namespaceSelector']
  const namespace = isMap(namespaceSelector)
    ? selectorAnswer(namespaceSelector, pod.namespaceLabels, pod.namespaceLabelsKnown)
    : pod.namespace === policyNamespace
      ? 'yes'
      : 'no'
  const podSelector = peer['podSelector']
  const pods = isMap(podSelector) ? selectorAnswer(podSelector, pod.labels, pod.labelsKnown) : 'yes'
  return both(namespace, pods)
}

/** Pod addresses are not known: a block can be ruled out only where it holds no private addresses. */
function blockCoversPods(block: YamlMap): Answer {
  const excepted = asList(block['except'])
  const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  if (privateBlocks.every(range => excepted.includes(range))) return 'no'
  const cidr = asString(block['cidr']) ?? ''
  if (cidr.endsWith('/0')) return 'unknown'
  return /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.|f[cd])/i.test(cidr) ? 'unknown' : 'no'
}

/** A LabelSelector against labels of which some may not be known. */
export function selectorAnswer(selector: YamlMap, labels: YamlMap, known: boolean): Answer {
  let answer: Answer = 'yes'
  const wanted = asMap(selector['matchLabels'])
  for (const label of Object.keys(wanted)) {
    answer = both(answer, expressionAnswer(label, 'In', [labelText(wanted[label]) ?? ''], labels, known))
    if (answer === 'no') return answer
  }
  for (const entry of asList(selector['matchExpressions'])) {
    const expression = asMap(entry)
    const values = isList(expression['values'])
      ? expression['values'].map(value => labelText(value as YamlValue) ?? '')
      : []
    const [key, operator] = [asString(expression['key']) ?? '', asString(expression['operator']) ?? '']
    answer = both(answer, expressionAnswer(key, operator, values, labels, known))
  }
  return answer
}

function expressionAnswer(
  label: string,
  operator: string,
  values: readonly string[],
  labels: YamlMap,
  known: boolean,
): Answer {
  const value = labelText(labels[label])
  if (value === undefined && !known) return 'unknown'
  const holds =
    operator === 'In'
      ? value !== undefined && values.includes(value)
      : operator === 'NotIn'
        ? value === undefined || !values.includes(value)
        : operator === 'Exists'
          ? value !== undefined
          : operator === 'DoesNotExist' && value === undefined
  return holds ? 'yes' : 'no'
}

function both(left: Answer, right: Answer): Answer {
  if (left === 'no' || right === 'no') return 'no'
  return left === 'yes' && right === 'yes' ? 'yes' : 'unknown'
}

/** The best answer of any; the first `yes` is enough. */
function best<T>(items: readonly T[], ask: (item: T) => Answer): Answer {
  let found: Answer = 'no'
  for (const item of items) {
    const answer = ask(item)
    if (answer === 'yes') return answer
    if (answer === 'unknown') found = answer
  }
  return found
}
