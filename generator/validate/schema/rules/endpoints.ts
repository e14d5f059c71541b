// Endpoints and EndpointSlices.
// Follows pkg/apis/core/validation/validation.go (validateEndpointSubsets) and pkg/apis/discovery/validation/validation.go.

import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  qualifiedNameFault,
  type NameCheck,
} from '../../../manifest/names.ts'
import type { IpAddress } from '../../../manifest/ip.ts'
import { endpointFault } from './endpoint-address.ts'
import { at, count, isMistyped, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseRepeated,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'
import { isCanonical, refuseIpFault } from './ip-address.ts'
import { refusePortNumber } from './pod/ports.ts'

const name = 'invalid-endpoint'
const maxEndpoints = 1000
const maxAddresses = 100
/** Before, the server drops hints of nodes (gate PreferSameTrafficDistribution). */
const nodeHintsSince = 34
/** Since then new slices hold IPv6 addresses in canonical form only. */
const canonicalSince = 33
const maxHints = 8

export function inspectEndpoints(inspection: Inspection): void {
  for (const subset of items(at(inspection.root, 'subsets'))) {
    if (mapOf(subset) === undefined) continue
    const addresses = ['addresses', 'notReadyAddresses'].flatMap(key => items(at(subset, key)))
    if (addresses.length === 0) {
      inspection.refuse(name, {
        at: subset,
        message: 'a subset has no addresses',
        help: 'List addresses or notReadyAddresses.',
      })
    }
    for (const address of addresses) {
      refuseAddress(inspection, at(address, 'ip'))
      inspectHost(inspection, address)
    }
    const ports = items(at(subset, 'ports'))
    for (const port of ports) {
      refusePortNumber(inspection, at(port, 'port'), 'port')
      inspectPortName(inspection, port, ports.length > 1)
    }
  }
}

export function inspectEndpointSlice(inspection: Inspection): void {
  const { root } = inspection
  const type = text(at(root, 'addressType'))
  const endpoints = items(at(root, 'endpoints'))
  refuseUnsupported(inspection, name, {
    field: at(root, 'addressType'),
    what: 'addressType',
    allowed: ['IPv4', 'IPv6', 'FQDN'],
  })
  if (endpoints.length > maxEndpoints) {
    inspection.refuse(name, {
      at: at(root, 'endpoints'),
      message: `${endpoints.length} endpoints are listed, at most ${maxEndpoints} are allowed`,
    })
  }
  for (const endpoint of endpoints) inspectSliceEndpoint(inspection, endpoint, type)
  const names = new Set<string>()
  for (const port of items(at(root, 'ports'))) {
    inspectPortName(inspection, port, false)
    refuseEmpty(inspection, at(port, 'protocol'), { what: 'protocol', inSchema: true })
    const portName = text(at(port, 'name'))
    if (names.has(portName))
      inspection.refuse('duplicate-port', { at: port, message: `port name ${quote(portName)} is used twice` })
    names.add(portName)
  }
}

function inspectSliceEndpoint(inspection: Inspection, endpoint: Field, type: string): void {
  const addresses = at(endpoint, 'addresses')
  const size = count(addresses)
  if (mapOf(endpoint) === undefined) return
  if (isSet(addresses) && !isMistyped(addresses, 'list') && (size === 0 || size > maxAddresses)) {
    inspection.refuse(name, {
      at: addresses,
      message: `an endpoint has ${size} addresses, 1 to ${maxAddresses} are allowed`,
    })
  }
  for (const field of items(addresses)) inspectSliceAddress(inspection, field, type)
  refuseEmpty(inspection, at(endpoint, 'hostname'), { what: 'hostname', inSchema: true })
  inspectHost(inspection, endpoint)
  inspectHints(inspection, at(endpoint, 'hints', 'forZones'), 'zone', labelValueFault)
  if (inspection.oldest < nodeHintsSince) return
  inspectHints(inspection, at(endpoint, 'hints', 'forNodes'), 'node', dns1123SubdomainFault)
}

function inspectHints(inspection: Inspection, hints: Field, what: string, check: NameCheck): void {
  if (count(hints) > maxHints) {
    inspection.refuse(name, {
      at: hints,
      message: `${count(hints)} ${what}s are hinted at, at most ${maxHints} are allowed`,
    })
  }
  const names = items(hints).map(hint => at(hint, 'name'))
  for (const field of names) refuseFault(inspection, name, { field, what, check })
  refuseRepeated(inspection, names, what)
}

function inspectSliceAddress(inspection: Inspection, field: Field, type: string): void {
  if (type === 'FQDN') {
    refuseFault(inspection, name, { field, what: 'address', check: fullNameFault })
    return
  }
  if (type !== 'IPv4' && type !== 'IPv6') return
  const address = refuseAddress(inspection, field)
  if (address === undefined) return
  if (address.family === 6 && inspection.newest >= canonicalSince && !isCanonical(text(field), address)) {
    inspection.refuse(name, {
      at: field,
      message: `address ${quote(text(field))} must be written in its shortest form`,
    })
  }
  if (type === `IPv${address.family}`) return
  inspection.refuse(name, { at: field, message: `address ${quote(text(field))} must be ${type}` })
}

function refuseAddress(inspection: Inspection, field: Field): IpAddress | undefined {
  const address = refuseIpFault(inspection, field, 'address')
  const fault = address === undefined ? undefined : endpointFault(address)
  if (fault !== undefined) inspection.refuse(name, { at: field, message: `address ${quote(text(field))} ${fault}` })
  return address
}

function inspectHost(inspection: Inspection, address: Field): void {
  const hostname = at(address, 'hostname')
  if (optionalText(hostname) !== '')
    refuseFault(inspection, 'invalid-host-name', { field: hostname, what: 'hostname', check: dns1123LabelFault })
  refuseFault(inspection, 'invalid-reference-name', {
    field: at(address, 'nodeName'),
    what: 'nodeName',
    check: dns1123SubdomainFault,
  })
}

function inspectPortName(inspection: Inspection, port: Field, needed: boolean): void {
  const field = at(port, 'name')
  refuseNameFault(inspection, name, { field, what: 'port name', check: dns1123LabelFault })
  if (needed && text(field) === '' && !isMistyped(field, 'string')) {
    inspection.refuse(name, { at: port, message: 'a port has no name, but there are several ports' })
  }
  refuseFault(inspection, name, { field: at(port, 'appProtocol'), what: 'appProtocol', check: qualifiedNameFault })
}

function fullNameFault(value: string): string | undefined {
  const host = value.replace(/\.$/, '')
  return host.includes('.') ? dns1123SubdomainFault(host) : 'must be a DNS name of at least two parts'
}
