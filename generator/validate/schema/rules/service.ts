// Services. Follows pkg/apis/core/validation/validation.go (validateService and the functions it calls), the defaults in
// pkg/apis/core/v1/defaults.go, and what the allocators refuse (pkg/registry/core/service/storage/alloc.go).

import { dns1123LabelFault, dns1123SubdomainFault, qualifiedNameFault } from '../../../manifest/names.ts'
import { inspectClusterIps } from './cluster-ip.ts'
import { at, count, entries, integer, isMistyped, isSet, items, mapOf, text, texts, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseOutside,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from './inspection.ts'
import { refuseIpFault, readCidr } from './ip-address.ts'
import { inspectLabels } from './metadata.ts'
import { inspectNodePorts } from './node-port.ts'
import { refusePortFault, refusePortNumber } from './pod/ports.ts'
import { endpointFault } from './endpoint-address.ts'

const typeName = 'invalid-service-type'
const maxAffinitySeconds = 86400
const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges'
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode']

export function inspectService(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const type = text(at(spec, 'type')) || 'ClusterIP'
  inspectPorts(inspection, spec, type)
  inspectLabels(inspection, at(spec, 'selector'))
  inspectType(inspection, spec, type)
  inspectTopologyAnnotations(inspection)
  inspectAffinity(inspection, spec)
  inspectTraffic(inspection, spec, type)
  inspectSourceRanges(inspection, spec, type)
  if (type !== 'ExternalName') inspectClusterIps(inspection, spec)
  for (const field of items(at(spec, 'externalIPs'))) {
    const address = refuseIpFault(inspection, field, 'external IP')
    const fault = address === undefined ? undefined : endpointFault(address)
    if (fault !== undefined) {
      inspection.refuse('invalid-ip', { at: field, message: `external IP ${quote(text(field))} ${fault}` })
    }
  }
}

/** Whether a Service is headless: `clusterIP: None`. */
export function isHeadless(spec: Field): boolean {
  const addresses = texts(at(spec, 'clusterIPs'))
  return addresses.length === 0
    ? text(at(spec, 'clusterIP')) === 'None'
    : addresses.length === 1 && addresses[0] === 'None'
}

function inspectPorts(inspection: Inspection, spec: Field, type: string): void {
  const ports = at(spec, 'ports')
  const list = items(ports)
  if (list.length === 0 && type !== 'ExternalName' && !isHeadless(spec) && !isMistyped(ports, 'list')) {
    inspection.refuse('invalid-service-port', {
      at: isSet(ports) ? ports : spec,
      message: 'the Service has no ports',
      help: 'List a port, or set "clusterIP: None" for a headless Service.',
    })
  }
  const names = new Set<string>()
  const numbers = new Set<string>()
  for (const port of list) {
    if (mapOf(port) === undefined) continue
    inspectPortName(inspection, port, { names, needed: list.length > 1 })
    inspectPort(inspection, port)
    const key = `${text(at(port, 'protocol')) || 'TCP'}/${integer(at(port, 'port'))}`
    if (numbers.has(key)) {
      inspection.refuse('duplicate-port', { at: at(port, 'port'), message: `port ${quote(key)} is listed twice` })
    }
    numbers.add(key)
  }
  inspectNodePorts(inspection, list, type)
}

function inspectPortName(
  inspection: Inspection,
  port: Field,
  { names, needed }: { readonly names: Set<string>; readonly needed: boolean },
): void {
  const field = at(port, 'name')
  const name = text(field)
  if (isMistyped(field, 'string')) return
  if (name === '') {
    if (!needed) return
    inspection.refuse('invalid-service-port', {
      at: port,
      message: 'a port has no name, but the Service has several ports',
      help: 'Name every port of a Service that has more than one.',
    })
    return
  }
  refuseFault(inspection, 'invalid-service-port', { field, what: 'port name', check: dns1123LabelFault })
  if (names.has(name))
    inspection.refuse('duplicate-port', { at: field, message: `port name ${quote(name)} is used twice` })
  names.add(name)
}

function inspectPort(inspection: Inspection, port: Field): void {
  refusePortNumber(inspection, at(port, 'port'), 'port')
  const target = at(port, 'targetPort')
  if (target.value !== 0 && target.value !== '') refusePortFault(inspection, target, 'targetPort')
  refuseFault(inspection, 'invalid-service-port', {
    field: at(port, 'appProtocol'),
    what: 'appProtocol',
    check: qualifiedNameFault,
  })
}

function inspectType(inspection: Inspection, spec: Field, type: string): void {
  if (type === 'ExternalName') inspectExternalName(inspection, spec)
  else if (type !== 'ClusterIP' && isHeadless(spec)) {
    inspection.refuse(typeName, {
      at: isSet(at(spec, 'clusterIP')) ? at(spec, 'clusterIP') : at(spec, 'clusterIPs'),
      message: `clusterIP must not be "None" for type ${quote(type)}`,
      help: 'Use type ClusterIP for a headless Service.',
    })
  }
  if (type === 'LoadBalancer') {
    refuseFault(inspection, typeName, {
      field: at(spec, 'loadBalancerClass'),
      what: 'loadBalancerClass',
      check: qualifiedNameFault,
    })
    return
  }
  for (const key of ['loadBalancerClass', 'allocateLoadBalancerNodePorts'])
    refuseOnType(inspection, at(spec, key), type)
}

function refuseOnType(inspection: Inspection, field: Field, type: string): void {
  if (!isSet(field)) return
  inspection.refuse(typeName, {
    at: field,
    on: 'key',
    message: `${field.key} must not be set for type ${quote(type)}`,
    help: `Remove ${field.key}, or change the type.`,
  })
}

function inspectExternalName(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'externalName')
  const name = text(field)
  if (name === '' || name === '.') {
    if (isMistyped(field, 'string')) return
    inspection.refuse('missing-value', {
      at: isSet(field) ? field : spec,
      message: 'type "ExternalName" needs externalName',
      help: 'Set externalName to a DNS name.',
    })
  } else {
    const check = (value: string): string | undefined => dns1123SubdomainFault(value.replace(/\.$/, ''))
    refuseFault(inspection, typeName, { field, what: 'externalName', check })
  }
  for (const key of ['clusterIPs', 'ipFamilies'])
    if (count(at(spec, key)) > 0) refuseOnType(inspection, at(spec, key), 'ExternalName')
  if (count(at(spec, 'clusterIPs')) === 0 && text(at(spec, 'clusterIP')) !== '') {
    refuseOnType(inspection, at(spec, 'clusterIP'), 'ExternalName')
  }
  refuseOnType(inspection, at(spec, 'ipFamilyPolicy'), 'ExternalName')
}

function inspectAffinity(inspection: Inspection, spec: Field): void {
  const config = at(spec, 'sessionAffinityConfig')
  if (text(at(spec, 'sessionAffinity')) === 'ClientIP') {
    const seconds = at(config, 'clientIP', 'timeoutSeconds')
    refuseOutside(inspection, seconds, { what: 'timeoutSeconds', min: 1, max: maxAffinitySeconds })
  }
}

function inspectTraffic(inspection: Inspection, spec: Field, type: string): void {
  const isExternal =
    type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && count(at(spec, 'externalIPs')) > 0)
  const policy = at(spec, 'externalTrafficPolicy')
  if (!isExternal && text(policy) !== '') refuseOnType(inspection, policy, type)
  const check = at(spec, 'healthCheckNodePort')
  const number = integer(check)
  if (number !== undefined && number !== 0) {
    if (type === 'LoadBalancer' && text(policy) === 'Local') refusePortNumber(inspection, check, 'healthCheckNodePort')
    else {
      inspection.refuse(typeName, {
        at: check,
        on: 'key',
        message: 'healthCheckNodePort needs type "LoadBalancer" and externalTrafficPolicy "Local"',
      })
    }
  }
  refuseEmpty(inspection, at(spec, 'internalTrafficPolicy'), { what: 'internalTrafficPolicy', inSchema: true })
  const distribution = at(spec, 'trafficDistribution')
  const allowed = inspection.oldest >= 34 ? distributions : distributions.slice(0, 1)
  if (inspection.oldest < 31) return
  refuseUnsupported(inspection, 'unsupported-value', { field: distribution, what: 'trafficDistribution', allowed })
}

/** Two annotations with one meaning. */
function inspectTopologyAnnotations(inspection: Inspection): void {
  const annotations = at(inspection.root, 'metadata', 'annotations')
  const mode = at(annotations, 'service.kubernetes.io/topology-mode')
  const hints = at(annotations, 'service.kubernetes.io/topology-aware-hints')
  if (!isSet(mode) || !isSet(hints) || text(mode) === text(hints)) return
  inspection.refuse('exclusive-fields', {
    at: mode,
    message: `annotations ${quote(mode.key)} and ${quote(hints.key)} contradict each other`,
    help: 'Remove the second: it is deprecated.',
  })
}

function inspectSourceRanges(inspection: Inspection, spec: Field, type: string): void {
  const ranges = at(spec, 'loadBalancerSourceRanges')
  if (count(ranges) > 0) {
    if (type !== 'LoadBalancer') refuseOnType(inspection, ranges, type)
    for (const field of items(ranges)) refuseBlock(inspection, field, text(field).trim())
    return
  }
  for (const annotation of entries(at(inspection.root, 'metadata', 'annotations'))) {
    if (annotation.key !== sourceRangesAnnotation) continue
    if (type !== 'LoadBalancer') refuseOnType(inspection, annotation, type)
    const value = text(annotation).trim()
    if (value === '') continue
    for (const range of value.split(',')) refuseBlock(inspection, annotation, range.trim())
  }
}

function refuseBlock(inspection: Inspection, field: Field, value: string): void {
  if (isMistyped(field, 'string')) return
  const { fault } = readCidr(inspection, value)
  if (fault !== undefined)
    inspection.refuse('invalid-ip', { at: field, message: `source range ${quote(value)} ${fault}` })
}
