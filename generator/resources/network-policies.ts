// Who may talk to whom: nobody, but for DNS and the edges the model declares, opened on both sides.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/

import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1.js'
import type { Component, ContainerSettings, Egress } from '../model/component.ts'
import type { ModelEntry } from '../model/model-finding.ts'
import { objectName } from '../model/object-names.ts'
import { usedBy, type ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels, platformLabels, selectorLabels, type Labels } from './labels.ts'
import { portOf } from './ports.ts'
import { exposureOf } from './service.ts'
import { toData, type WantedObject } from './wanted-object.ts'

const file = 'network-policies.yaml'
const defaultDnsPorts: readonly number[] = [53]

export function networkPolicies(resolved: ResolvedPlatform): readonly WantedObject[] {
  return [
    defaultDeny(resolved),
    allowDns(resolved),
    ...resolved.components.flatMap(component => componentPolicy(resolved, component)),
  ]
}

function defaultDeny(resolved: ResolvedPlatform): WantedObject {
  return policy(resolved, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
}

/** To any address: where cluster DNS answers (kube-system, a node-local cache, port 5353) differs between clouds. */
function allowDns(resolved: ResolvedPlatform): WantedObject {
  const ports = resolved.platform.settings.facts?.dnsPorts ?? defaultDnsPorts
  const egress = [
    {
      ports: ports.flatMap(port => [
        { protocol: 'UDP', port },
        { protocol: 'TCP', port },
      ]),
    },
  ]
  return policy(resolved, 'allow-dns', { podSelector: {}, policyTypes: ['Egress'], egress })
}

function componentPolicy(resolved: ResolvedPlatform, component: Component): readonly WantedObject[] {
  const ingress = ingressRules(resolved, component)
  const egress = egressRules(resolved, component)
  if (ingress.length === 0 && egress.length === 0) return []
  const platform = resolved.platform.name
  const spec: NetworkPolicy['spec'] = {
    podSelector: { matchLabels: selectorLabels(platform, component) },
    policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  }
  const entry = { site: component.site, path: ['uses'] }
  return [policy(resolved, objectName(platform, component), spec, component, entry)]
}

function ingressRules(resolved: ResolvedPlatform, component: Component): NetworkPolicyIngressRule[] {
  const port = portOf(component)
  if (port === undefined) return []
  const ports = [tcp(port)]
  const outside = fromOutside(resolved, component)
  if (outside === 'anywhere') return [{ ports }]
  const users = resolved.components.filter(user => usedBy(user, resolved).some(used => used.name === component.name))
  const from = [...users.map(user => peer(resolved.platform.name, user)), ...outside]
  return from.length === 0 ? [] : [{ from, ports }]
}

/** A load balancer shows pods the client's own address; an ingress controller comes from its namespace. */
function fromOutside(resolved: ResolvedPlatform, component: Component): readonly NetworkPolicyPeer[] | 'anywhere' {
  if (component.type !== 'service') return []
  const exposure = exposureOf(component)
  if (exposure.type === 'none') return []
  if (exposure.type === 'load-balancer') return 'anywhere'
  const controller =
    (exposure.type === 'gateway' ? exposure.gatewayNamespace : undefined) ??
    resolved.platform.settings.facts?.ingressControllerNamespace
  if (controller === undefined) return [{ namespaceSelector: {} }]
  return [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': controller } } }]
}

function egressRules(resolved: ResolvedPlatform, component: Component): NetworkPolicyEgressRule[] {
  const declared = (component.settings as Partial<ContainerSettings>).egress ?? []
  const used = usedBy(component, resolved).flatMap(target => {
    const port = portOf(target)
    return port === undefined ? [] : [{ to: [peer(resolved.platform.name, target)], ports: [tcp(port)] }]
  })
  return [...used, ...declared.map(outward)]
}

function outward({ cidr, except, ports }: Egress): NetworkPolicyEgressRule {
  return {
    to: [{ ipBlock: { cidr, ...(except === undefined ? {} : { except: [...except] }) } }],
    ports: ports.map(tcp),
  }
}

function peer(platform: string, component: Component): NetworkPolicyPeer {
  return { podSelector: { matchLabels: selectorLabels(platform, component) } }
}

function tcp(port: number): NetworkPolicyPort {
  return { protocol: 'TCP', port }
}

function policy(
  resolved: ResolvedPlatform,
  name: string,
  spec: NonNullable<NetworkPolicy['spec']>,
  component?: Component,
  entry: ModelEntry = { site: resolved.platform.site, path: ['components'] },
): WantedObject {
  const platform = resolved.platform.name
  const labels: Labels = component === undefined ? platformLabels(platform) : componentLabels(platform, component)
  const object: NetworkPolicy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: resolved.namespace, labels },
    spec,
  }
  return {
    object: toData(object),
    file,
    entry,
    fields: [],
    ...(component === undefined ? {} : { component: component.name }),
  }
}
