// NetworkPolicies. Follows pkg/apis/networking/validation/validation.go (ValidateNetworkPolicySpec, ValidateIPBlock).

import { portNameFault } from '../../../manifest/names.ts'
import { isStrictlyInside } from '../../../manifest/ip.ts'
import { at, count, integer, isMistyped, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, refuseUnsupported, type Inspection } from './inspection.ts'
import { readCidr } from './ip-address.ts'
import { refusePortNumber } from './pod/ports.ts'
import { inspectSelector } from './selector.ts'

const peerName = 'invalid-network-peer'

export function inspectNetworkPolicy(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  inspectSelector(inspection, at(spec, 'podSelector'))
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of items(at(spec, direction))) {
      for (const port of items(at(rule, 'ports'))) inspectPort(inspection, port)
      for (const peer of items(at(rule, peers))) inspectPeer(inspection, peer)
    }
  }
  const types = at(spec, 'policyTypes')
  for (const field of items(types)) {
    refuseUnsupported(inspection, 'unsupported-value', { field, what: 'policy type', allowed: ['Ingress', 'Egress'] })
  }
  if (count(types) > 2)
    inspection.refuse('duplicate-entry', {
      at: types,
      message: `${count(types)} policy types are listed, at most 2 are allowed`,
    })
}

function inspectPort(inspection: Inspection, entry: Field): void {
  const port = at(entry, 'port')
  const end = at(entry, 'endPort')
  const isName = optionalText(port) !== undefined
  refuseEmpty(inspection, at(entry, 'protocol'), { what: 'protocol', inSchema: true })
  if (isName) refuseFault(inspection, 'invalid-port', { field: port, what: 'port name', check: portNameFault })
  else refusePortNumber(inspection, port, 'port')
  const last = integer(end)
  if (last === undefined) return
  const first = integer(port)
  if (isName || !isSet(port)) {
    inspection.refuse('invalid-port', {
      at: end,
      on: 'key',
      message: `endPort needs port to be a number${isName ? `, it is ${quote(text(port))}` : ''}`,
    })
  } else if (first !== undefined && last < first) {
    inspection.refuse('invalid-port', {
      at: end,
      message: `endPort ${quote(last)} must not be less than port ${quote(first)}`,
    })
  } else refusePortNumber(inspection, end, 'endPort')
}

function inspectPeer(inspection: Inspection, peer: Field): void {
  if (mapOf(peer) === undefined) return
  const block = at(peer, 'ipBlock')
  const selectors = ['podSelector', 'namespaceSelector'].map(key => at(peer, key))
  for (const selector of selectors) inspectSelector(inspection, selector)
  const selects = selectors.some(isSet)
  if (!selects && !isSet(block)) {
    inspection.refuse(peerName, {
      at: peer,
      message: 'a peer names nobody',
      help: 'Set podSelector, namespaceSelector or ipBlock; an empty selector ("{}") means everybody.',
    })
  } else if (selects && isSet(block)) {
    inspection.refuse(peerName, {
      at: block,
      on: 'key',
      message: 'ipBlock must not stand beside podSelector or namespaceSelector',
      help: 'Make them two peers.',
    })
  }
  inspectBlock(inspection, block)
}

function inspectBlock(inspection: Inspection, block: Field): void {
  const field = at(block, 'cidr')
  if (mapOf(block) === undefined || isMistyped(field, 'string') || !isSet(field)) return
  if (refuseEmpty(inspection, field, { what: 'cidr', inSchema: true })) return
  const outer = refuseBlock(inspection, field)
  for (const exception of items(at(block, 'except'))) {
    const inner = refuseBlock(inspection, exception)
    if (inner === undefined || outer === undefined || isStrictlyInside(inner, outer)) continue
    inspection.refuse('invalid-ip-block', {
      at: exception,
      message: `exception ${quote(text(exception))} must lie inside ${quote(text(field))} and be smaller`,
    })
  }
}

function refuseBlock(inspection: Inspection, field: Field): ReturnType<typeof readCidr>['cidr'] {
  const value = optionalText(field)
  if (value === undefined) return undefined
  const { cidr, fault } = readCidr(inspection, value)
  if (fault !== undefined)
    inspection.refuse('invalid-ip-block', { at: field, message: `block ${quote(value)} ${fault}` })
  return cidr
}
