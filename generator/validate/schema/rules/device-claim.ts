// ResourceClaims, their templates and DeviceClasses: which devices are asked for, and how they are set up.
// Follows pkg/apis/resource/validation/validation.go; each refusal was seen from an API server of 1.34. The versions before v1 have
// no `exactly`: what it holds stands in the request itself (v1beta1). Whether selectors compile: admission/device-selectors.ts.

import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from '../../../manifest/names.ts'
import { attributeNameFault, driverFault } from './device-names.ts'
import { at, count, integer, isSet, items, mapOf, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseRepeated,
  refuseSet,
  refuseTooMany,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'
import { inspectTemplateMetadata } from './metadata.ts'
import { resourceNameFault } from './resource-names.ts'
import { jsonText } from '../../../manifest/json-text.ts'

const name = 'invalid-device-claim'
const most = 32
const mostAlternatives = 8
const longestExpression = 10 * 1024
const longestParameters = 10 * 1024
/** Before, the server drops the name of the extended resource (gate DRAExtendedResource). */
const extendedSince = 36

export function inspectDeviceClass(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  inspectSelectors(inspection, at(spec, 'selectors'))
  refuseTooMany(inspection, at(spec, 'config'), most)
  for (const config of items(at(spec, 'config'))) inspectConfiguration(inspection, config)
  if (inspection.newest < extendedSince) return
  refuseFault(inspection, 'invalid-resource-name', {
    field: at(spec, 'extendedResourceName'),
    what: 'extendedResourceName',
    check: extendedResourceFault,
  })
}

export function inspectResourceClaim(inspection: Inspection): void {
  inspectDevices(inspection, at(inspection.root, 'spec', 'devices'))
}

export function inspectResourceClaimTemplate(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  inspectTemplateMetadata(inspection, at(spec, 'metadata'), 'the template of a claim')
  inspectDevices(inspection, at(spec, 'spec', 'devices'))
}

function inspectDevices(inspection: Inspection, devices: Field): void {
  const requests = at(devices, 'requests')
  refuseTooMany(inspection, requests, most)
  for (const request of items(requests)) inspectRequest(inspection, request)
  refuseRepeated(
    inspection,
    items(requests).map(request => at(request, 'name')),
    'request',
  )
  const known = requestNames(requests)
  for (const key of ['constraints', 'config']) {
    refuseTooMany(inspection, at(devices, key), most)
    for (const entry of items(at(devices, key))) inspectReferences(inspection, at(entry, 'requests'), known)
  }
  for (const constraint of items(at(devices, 'constraints'))) inspectConstraint(inspection, constraint)
  for (const config of items(at(devices, 'config'))) inspectConfiguration(inspection, config)
}

/** `request`, and `request/alternative`. */
function requestNames(requests: Field): ReadonlySet<string> {
  return new Set(
    items(requests).flatMap(request => {
      const own = text(at(request, 'name'))
      return [own, ...items(at(request, 'firstAvailable')).map(other => `${own}/${text(at(other, 'name'))}`)]
    }),
  )
}

function inspectReferences(inspection: Inspection, references: Field, known: ReadonlySet<string>): void {
  refuseTooMany(inspection, references, most)
  refuseRepeated(inspection, items(references), 'request')
  for (const reference of items(references)) {
    if (known.has(text(reference))) continue
    inspection.refuse(name, {
      at: reference,
      message: `${quote(text(reference))} is no request of this claim, allowed: ${[...known].join(', ')}`,
    })
  }
}

function inspectRequest(inspection: Inspection, request: Field): void {
  if (mapOf(request) === undefined) return
  inspectName(inspection, request)
  const alternatives = at(request, 'firstAvailable')
  const exactly = inspection.resource.apiVersion.endsWith('/v1beta1') ? request : at(request, 'exactly')
  const isExact = exactly === request ? text(at(request, 'deviceClassName')) !== '' : isSet(exactly)
  if (isExact === count(alternatives) > 0) {
    inspection.refuse(name, {
      at: request,
      message: `the request must have exactly one of ${exactly === request ? 'deviceClassName' : 'exactly'} and firstAvailable`,
    })
  }
  if (isExact) inspectWanted(inspection, exactly)
  refuseTooMany(inspection, alternatives, mostAlternatives)
  for (const alternative of items(alternatives)) {
    inspectName(inspection, alternative)
    inspectWanted(inspection, alternative)
  }
  refuseRepeated(
    inspection,
    items(alternatives).map(alternative => at(alternative, 'name')),
    'alternative',
  )
}

function inspectName(inspection: Inspection, owner: Field): void {
  const field = at(owner, 'name')
  if (!refuseEmpty(inspection, field, { what: 'name of the request', inSchema: true })) {
    refuseFault(inspection, name, { field, what: 'name of the request', check: dns1123LabelFault })
  }
}

/** What a request asks for: a class, and how many devices of it. */
function inspectWanted(inspection: Inspection, wanted: Field): void {
  const deviceClass = at(wanted, 'deviceClassName')
  refuseEmpty(inspection, deviceClass, { what: 'deviceClassName' })
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: deviceClass,
    what: 'deviceClassName',
    check: dns1123SubdomainFault,
  })
  inspectSelectors(inspection, at(wanted, 'selectors'))
  const mode = at(wanted, 'allocationMode')
  const amount = at(wanted, 'count')
  if (text(mode) === 'All' && (integer(amount) ?? 0) !== 0) refuseSet(inspection, amount, 'for allocationMode "All"')
  // Zero is "not set", and the server writes its default, 1.
  else if (text(mode) !== 'All' && (integer(amount) ?? 0) < 0) {
    inspection.refuse('out-of-range', { at: amount, message: `count ${quote(amount.value)} must be 1 or more` })
  }
  if (text(mode) !== '') {
    refuseUnsupported(inspection, 'unsupported-value', {
      field: mode,
      what: 'allocationMode',
      allowed: ['ExactCount', 'All'],
    })
  }
  for (const toleration of items(at(wanted, 'tolerations'))) inspectToleration(inspection, toleration)
}

function inspectToleration(inspection: Inspection, toleration: Field): void {
  const operator = at(toleration, 'operator')
  const value = at(toleration, 'value')
  refuseNameFault(inspection, 'invalid-toleration', {
    field: at(toleration, 'key'),
    what: 'key',
    check: qualifiedNameFault,
  })
  if (text(operator) === 'Exists') {
    if (text(value) !== '') refuseSet(inspection, value, 'for operator "Exists"')
  } else refuseFault(inspection, 'invalid-toleration', { field: value, what: 'value', check: labelValueFault })
  refuseUnsupported(inspection, 'invalid-toleration', {
    field: at(toleration, 'effect'),
    what: 'effect',
    allowed: ['', ...(inspection.oldest >= 36 ? ['None'] : []), 'NoSchedule', 'NoExecute'],
  })
}

function inspectSelectors(inspection: Inspection, selectors: Field): void {
  refuseTooMany(inspection, selectors, most)
  for (const selector of items(selectors)) {
    const cel = at(selector, 'cel')
    const expression = at(cel, 'expression')
    if (!isSet(cel)) refuseEmpty(inspection, cel, { what: 'cel' })
    refuseEmpty(inspection, expression, { what: 'expression', inSchema: true })
    if (text(expression).length <= longestExpression) continue
    inspection.refuse(name, { at: expression, message: `expression is longer than ${longestExpression} characters` })
  }
}

function inspectConstraint(inspection: Inspection, constraint: Field): void {
  if (mapOf(constraint) === undefined) return
  const keys = ['matchAttribute', 'distinctAttribute']
  const field = keys.map(key => at(constraint, key)).find(isSet)
  if (field === undefined) {
    refuseEmpty(inspection, at(constraint, 'matchAttribute'), { what: 'matchAttribute' })
    return
  }
  refuseFault(inspection, name, {
    field,
    what: String(field.key),
    check: value => (value.includes('/') || value === '' ? undefined : 'must name a domain before "/"'),
  })
  refuseEmpty(inspection, field, { what: String(field.key) })
  refuseNameFault(inspection, name, { field, what: String(field.key), check: attributeNameFault })
}

function inspectConfiguration(inspection: Inspection, config: Field): void {
  const opaque = at(config, 'opaque')
  if (!isSet(opaque)) {
    refuseEmpty(inspection, opaque, { what: 'opaque' })
    return
  }
  const driver = at(opaque, 'driver')
  refuseEmpty(inspection, driver, { what: 'driver', inSchema: true })
  refuseNameFault(inspection, 'invalid-reference-name', { field: driver, what: 'driver', check: driverFault })
  const parameters = at(opaque, 'parameters')
  if (!isSet(parameters)) return
  const size = jsonText(parameters.value).length
  if (size > longestParameters) {
    inspection.refuse(name, {
      at: parameters,
      message: `parameters have ${size} characters, at most ${longestParameters} are allowed`,
    })
  }
}

function extendedResourceFault(value: string): string | undefined {
  if (!value.includes('/') || value.includes('kubernetes.io/')) return 'must have a domain other than kubernetes.io'
  return resourceNameFault(value, 'container')
}
