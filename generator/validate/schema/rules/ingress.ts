// Ingresses and IngressClasses. Follows pkg/apis/networking/validation/validation.go.

import { parseIp } from '../../../manifest/ip.ts'
import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  portNameFault,
  wildcardSubdomainFault,
} from '../../../manifest/names.ts'
import { at, count, integer, isMistyped, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from './inspection.ts'
import { serviceNameCheck } from './metadata.ts'
import { inspectObjectReference } from './object-reference.ts'
import { refusePortNumber } from './pod/ports.ts'
import { domainPathFault } from './domain-path.ts'

const backendName = 'invalid-ingress-backend'
const pathName = 'invalid-ingress-path'
const classAnnotation = 'kubernetes.io/ingress.class'
const refusedParts = ['//', '/./', '/../', '%2f', '%2F']
const refusedEnds = ['/..', '/.']

export function inspectIngress(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const rules = at(spec, 'rules')
  const fallback = at(spec, 'defaultBackend')
  if (mapOf(spec) === undefined) return
  if (count(rules) === 0 && !isSet(fallback) && !isMistyped(rules, 'list')) {
    inspection.refuse(backendName, { at: spec, message: 'the Ingress has neither rules nor defaultBackend' })
  }
  inspectBackend(inspection, fallback)
  for (const rule of items(rules)) inspectRule(inspection, rule)
  for (const tls of items(at(spec, 'tls'))) inspectTls(inspection, tls)
  inspectClassName(inspection, at(spec, 'ingressClassName'))
}

export function inspectIngressClass(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const controller = at(spec, 'controller')
  if (mapOf(spec) === undefined) return
  refuseEmpty(inspection, controller, { what: 'controller' })
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: controller,
    what: 'controller',
    check: value => (value.length > 250 ? 'must have no more than 250 characters' : domainPathFault(value)),
  })
  inspectParameters(inspection, at(spec, 'parameters'))
}

function inspectParameters(inspection: Inspection, parameters: Field): void {
  if (mapOf(parameters) === undefined) return
  inspectObjectReference(inspection, parameters)
  refuseFault(inspection, 'invalid-reference-name', {
    field: at(parameters, 'apiGroup'),
    what: 'apiGroup',
    check: dns1123SubdomainFault,
  })
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: at(parameters, 'namespace'),
    what: 'namespace',
    check: dns1123LabelFault,
  })
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(parameters, 'scope'),
    what: 'scope',
    allowed: ['Cluster', 'Namespace'],
  })
  const scope = text(at(parameters, 'scope')) || 'Cluster'
  const namespace = at(parameters, 'namespace')
  if (scope === 'Namespace' && text(namespace) === '') {
    inspection.refuse('missing-value', {
      at: parameters,
      message: 'parameters with scope "Namespace" need a namespace',
    })
  } else if (scope === 'Cluster' && isSet(namespace)) {
    inspection.refuse('forbidden-field', {
      at: namespace,
      on: 'key',
      message: '"namespace" must not be set for parameters with scope "Cluster"',
    })
  }
}

function inspectClassName(inspection: Inspection, field: Field): void {
  refuseFault(inspection, 'invalid-reference-name', { field, what: 'ingressClassName', check: dns1123SubdomainFault })
  const annotation = at(inspection.root, 'metadata', 'annotations', classAnnotation)
  const name = optionalText(field)
  const old = optionalText(annotation)
  if (name === undefined || old === undefined || name === old) return
  inspection.refuse('exclusive-fields', {
    at: annotation,
    message: `annotation ${quote(classAnnotation)} is ${quote(old)}, but ingressClassName is ${quote(name)}`,
    help: 'Remove the annotation: ingressClassName replaced it.',
  })
}

function inspectRule(inspection: Inspection, rule: Field): void {
  const host = at(rule, 'host')
  if (text(host) !== '') refuseHost(inspection, host)
  const http = at(rule, 'http')
  if (mapOf(http) === undefined) return
  refuseEmpty(inspection, at(http, 'paths'), { what: 'paths', inSchema: true })
  for (const path of items(at(http, 'paths'))) inspectPath(inspection, path)
}

function refuseHost(inspection: Inspection, field: Field): void {
  const host = text(field)
  const fault =
    parseIp(host) !== undefined
      ? 'must be a DNS name, not an IP address'
      : (host.includes('*') ? wildcardSubdomainFault : dns1123SubdomainFault)(host)
  if (fault !== undefined)
    inspection.refuse('invalid-ingress-host', { at: field, message: `host ${quote(host)} ${fault}` })
}

function inspectPath(inspection: Inspection, entry: Field): void {
  if (mapOf(entry) === undefined) return
  const field = at(entry, 'path')
  const path = text(field)
  refuseEmpty(inspection, at(entry, 'pathType'), { what: 'pathType', inSchema: true })
  const type = text(at(entry, 'pathType'))
  const fault = isMistyped(field, 'string') ? undefined : pathFault(path, type)
  if (fault !== undefined) {
    inspection.refuse(pathName, { at: isSet(field) ? field : entry, message: `path ${quote(path)} ${fault}` })
  }
  inspectBackend(inspection, at(entry, 'backend'))
}

function pathFault(path: string, type: string): string | undefined {
  if (type === 'ImplementationSpecific') {
    return path === '' || path.startsWith('/') ? undefined : 'must start with "/"'
  }
  if (type !== 'Exact' && type !== 'Prefix') return undefined
  if (!path.startsWith('/')) return `must start with "/" for pathType "${type}"`
  const part = refusedParts.find(sequence => path.includes(sequence))
  if (part !== undefined) return `must not contain "${part}"`
  const end = refusedEnds.find(suffix => path.endsWith(suffix))
  return end === undefined ? undefined : `must not end with "${end}"`
}

function inspectBackend(inspection: Inspection, backend: Field): void {
  if (mapOf(backend) === undefined) return
  const service = at(backend, 'service')
  const resource = at(backend, 'resource')
  if (isSet(service) === isSet(resource)) {
    inspection.refuse(backendName, {
      at: backend,
      message: isSet(service)
        ? 'a backend has both service and resource'
        : 'a backend has neither service nor resource',
      help: 'Set exactly one of service and resource.',
    })
    return
  }
  inspectObjectReference(inspection, resource)
  refuseFault(inspection, backendName, {
    field: at(resource, 'apiGroup'),
    what: 'apiGroup',
    check: dns1123SubdomainFault,
  })
  if (mapOf(service) === undefined) return
  const name = at(service, 'name')
  refuseEmpty(inspection, name, { what: 'name of the Service', inSchema: true })
  refuseNameFault(inspection, backendName, { field: name, what: 'Service', check: serviceNameCheck(inspection) })
  inspectServicePort(inspection, service)
}

function inspectServicePort(inspection: Inspection, service: Field): void {
  const portName = at(service, 'port', 'name')
  const number = at(service, 'port', 'number')
  const hasName = text(portName) !== ''
  const hasNumber = isSet(number) && integer(number) !== 0
  if (isMistyped(at(service, 'port'), 'map') || isMistyped(portName, 'string')) return
  if (hasName && hasNumber) {
    inspection.refuse(backendName, { at: at(service, 'port'), message: 'a backend port has both name and number' })
  } else if (hasName)
    refuseFault(inspection, 'invalid-port', { field: portName, what: 'port name', check: portNameFault })
  else if (hasNumber) refusePortNumber(inspection, number, 'port')
  else
    inspection.refuse(backendName, {
      at: service,
      message: 'a backend has no port',
      help: 'Set port.name or port.number.',
    })
}

function inspectTls(inspection: Inspection, tls: Field): void {
  for (const field of items(at(tls, 'hosts'))) {
    const check = text(field).includes('*') ? wildcardSubdomainFault : dns1123SubdomainFault
    refuseFault(inspection, 'invalid-ingress-host', { field, what: 'host', check })
  }
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: at(tls, 'secretName'),
    what: 'secretName',
    check: dns1123SubdomainFault,
  })
}
