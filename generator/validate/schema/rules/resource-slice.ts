// ResourceSlices: the devices that a driver offers on nodes.
// Follows pkg/apis/resource/validation/validation.go (validateResourceSliceSpec, validateDevice); each refusal was seen from an API
// server of 1.34 or 1.36. Version v1beta1 wraps what describes a device in `basic`.

import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from '../../../manifest/names.ts'
import { attributeNameFault, driverFault, poolFault } from './device-names.ts'
import { inspectBindingConditions, inspectRequestPolicies } from './device-sharing.ts'
import { at, count, entries, isSet, isTrue, items, mapOf, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseOutside,
  refuseRepeated,
  refuseTooMany,
  refuseUnsupported,
  setFields,
  type Inspection,
} from './inspection.ts'
import { inspectNodeSelector } from './pod/affinity.ts'
import { semanticVersionFault } from './semantic-version.ts'

const name = 'invalid-resource-slice'
const mostDevices = 128
const mostAttributes = 32
const mostTaints = 16
const longestValue = 64
/** Before, the server drops counters, taints and more of what devices say. */
const partitionsSince = 36

export function inspectResourceSlice(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  if (mapOf(spec) === undefined) return
  const driver = at(spec, 'driver')
  refuseEmpty(inspection, driver, { what: 'driver', inSchema: true })
  refuseNameFault(inspection, 'invalid-reference-name', { field: driver, what: 'driver', check: driverFault })
  inspectPool(inspection, at(spec, 'pool'))
  const isPartitionable = inspection.newest >= partitionsSince
  inspectNodes(inspection, spec, isPartitionable ? [...nodeFields, 'perDeviceNodeSelection'] : nodeFields)
  inspectTerms(inspection, spec)
  const devices = at(spec, 'devices')
  if (isPartitionable) {
    const counters = at(spec, 'sharedCounters')
    inspectCounters(inspection, counters)
    if (count(counters) > 0 && count(devices) > 0) {
      inspection.refuse(name, {
        at: counters,
        on: 'key',
        message: 'a slice has either sharedCounters or devices',
        help: 'Put the counters into a slice of their own, in the same pool.',
      })
    }
  }
  refuseTooMany(inspection, devices, mostDevices)
  refuseRepeated(
    inspection,
    items(devices).map(device => at(device, 'name')),
    'device',
  )
  for (const device of items(devices)) {
    const body = inspectDevice(inspection, device)
    if (body === undefined || !isPartitionable) continue
    inspectNewer(inspection, body, isTrue(at(spec, 'perDeviceNodeSelection')))
  }
}

function inspectPool(inspection: Inspection, pool: Field): void {
  const poolName = at(pool, 'name')
  refuseEmpty(inspection, poolName, { what: 'name of the pool', inSchema: true })
  refuseNameFault(inspection, 'invalid-reference-name', { field: poolName, what: 'pool', check: poolFault })
  refuseOutside(inspection, at(pool, 'resourceSliceCount'), { what: 'resourceSliceCount', min: 1 })
  refuseOutside(inspection, at(pool, 'generation'), { what: 'generation', min: 0 })
}

const nodeFields = ['nodeName', 'nodeSelector', 'allNodes']

/** Exactly one way of saying which nodes reach the devices. */
function inspectNodes(inspection: Inspection, owner: Field, keys: readonly string[]): void {
  const chosen = setFields(owner, keys)
  for (const field of chosen) {
    if (field.value !== false && field.value !== '') continue
    inspection.refuse(name, { at: field, message: `${field.key} must be left out or have a value` })
  }
  const effective = chosen.filter(({ value }) => value !== false && value !== '')
  if (effective.length !== 1) {
    inspection.refuse(name, { at: owner, message: `exactly one of ${keys.join(', ')} is needed` })
  }
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: at(owner, 'nodeName'),
    what: 'nodeName',
    check: dns1123SubdomainFault,
  })
  inspectNodeSelector(inspection, at(owner, 'nodeSelector'))
}

/** The nodes of a slice are selected by one term, those of a device by any number. */
function inspectTerms(inspection: Inspection, spec: Field): void {
  const terms = at(spec, 'nodeSelector', 'nodeSelectorTerms')
  if (count(terms) <= 1) return
  inspection.refuse(name, { at: terms, message: 'nodeSelectorTerms must have exactly one entry' })
}

function inspectCounters(inspection: Inspection, sets: Field): void {
  for (const set of items(sets)) {
    const setName = at(set, 'name')
    refuseEmpty(inspection, setName, { what: 'name of the counter set', inSchema: true })
    refuseNameFault(inspection, name, { field: setName, what: 'counter set', check: dns1123LabelFault })
    refuseEmpty(inspection, at(set, 'counters'), { what: 'counters', inSchema: true })
    inspectKeys(inspection, at(set, 'counters'), 'counter', dns1123LabelFault)
  }
  refuseRepeated(
    inspection,
    items(sets).map(set => at(set, 'name')),
    'counter set',
  )
}

/** Returns what describes the device. */
function inspectDevice(inspection: Inspection, device: Field): Field | undefined {
  if (mapOf(device) === undefined) return undefined
  const own = at(device, 'name')
  if (!refuseEmpty(inspection, own, { what: 'name of the device', inSchema: true })) {
    refuseFault(inspection, name, { field: own, what: 'name of the device', check: dns1123LabelFault })
  }
  const wrapped = inspection.resource.apiVersion.endsWith('/v1beta1')
  const body = wrapped ? at(device, 'basic') : device
  if (!isSet(body)) {
    refuseEmpty(inspection, body, { what: 'basic' })
    return undefined
  }
  inspectAttributes(inspection, body)
  return body
}

/** What the server drops before 1.36 (gates DRAPartitionableDevices, DRADeviceTaints, DRAConsumableCapacity and others). */
function inspectNewer(inspection: Inspection, body: Field, perDevice: boolean): void {
  refuseTooMany(inspection, at(body, 'taints'), mostTaints)
  for (const taint of items(at(body, 'taints'))) inspectTaint(inspection, taint)
  inspectRequestPolicies(inspection, body)
  inspectBindingConditions(inspection, body)
  inspectConsumption(inspection, at(body, 'consumesCounters'))
  if (perDevice) return inspectNodes(inspection, body, nodeFields)
  for (const field of setFields(body, nodeFields)) {
    inspection.refuse(name, { at: field, on: 'key', message: `${field.key} of a device needs perDeviceNodeSelection` })
  }
}

function inspectAttributes(inspection: Inspection, device: Field): void {
  const attributes = at(device, 'attributes')
  const total = count(attributes) + count(at(device, 'capacity'))
  if (total > mostAttributes) {
    inspection.refuse('out-of-range', {
      at: device,
      message: `the device has ${total} attributes and capacities, at most ${mostAttributes} are allowed`,
    })
  }
  for (const list of [attributes, at(device, 'capacity')])
    inspectKeys(inspection, list, String(list.key), attributeNameFault)
  for (const attribute of entries(attributes)) {
    const values = setFields(attribute, ['bool', 'int', 'string', 'version'])
    if (values.length !== 1) {
      inspection.refuse(name, { at: attribute, message: 'an attribute has exactly one of bool, int, string, version' })
    }
    refuseFault(inspection, name, { field: at(attribute, 'string'), what: 'string', check: valueFault })
    refuseFault(inspection, name, { field: at(attribute, 'version'), what: 'version', check: versionFault })
  }
}

/** The counters may be those of another slice of the pool. */
function inspectConsumption(inspection: Inspection, consumed: Field): void {
  for (const entry of items(consumed)) {
    for (const key of ['counterSet', 'counters']) refuseEmpty(inspection, at(entry, key), { what: key, inSchema: true })
  }
  refuseRepeated(
    inspection,
    items(consumed).map(entry => at(entry, 'counterSet')),
    'counter set',
  )
}

function inspectTaint(inspection: Inspection, taint: Field): void {
  const effect = at(taint, 'effect')
  refuseFault(inspection, 'invalid-label', { field: at(taint, 'key'), what: 'taint', check: qualifiedNameFault })
  refuseFault(inspection, 'invalid-label', {
    field: at(taint, 'value'),
    what: 'value of the taint',
    check: labelValueFault,
  })
  if (refuseEmpty(inspection, effect, { what: 'effect', inSchema: true })) return
  refuseUnsupported(inspection, 'unsupported-value', {
    field: effect,
    what: 'effect',
    allowed: ['None', 'NoSchedule', 'NoExecute'],
  })
}

function inspectKeys(
  inspection: Inspection,
  map: Field,
  what: string,
  check: (key: string) => string | undefined,
): void {
  for (const entry of entries(map)) {
    const fault = check(String(entry.key))
    if (fault !== undefined)
      inspection.refuse(name, { at: entry, on: 'key', message: `${what} ${quote(entry.key)} ${fault}` })
  }
}

function valueFault(value: string): string | undefined {
  return value.length > longestValue ? `must have no more than ${longestValue} characters` : undefined
}

function versionFault(value: string): string | undefined {
  return semanticVersionFault(value) ?? valueFault(value)
}
