// StorageClasses, VolumeAttributesClasses and CSIDrivers. Follows pkg/apis/storage/validation/validation.go.

import { byteLength, qualifiedNameFault } from '../../../manifest/names.ts'
import { at, count, entries, integer, isMistyped, isSet, items, text, texts, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseOutside,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'

const name = 'invalid-storage-class'
const maxParameters = 512
const maxParameterBytes = 256 * 1024

export function inspectStorageClass(inspection: Inspection): void {
  const { root } = inspection
  inspectProvisioner(inspection, at(root, 'provisioner'))
  for (const [key, allowed] of [
    ['reclaimPolicy', ['Delete', 'Retain']],
    ['volumeBindingMode', ['Immediate', 'WaitForFirstConsumer']],
  ] as const) {
    const field = at(root, key)
    if (key === 'reclaimPolicy' && text(field) === '') continue
    refuseUnsupported(inspection, 'unsupported-value', { field, what: key, allowed })
  }
  inspectParameters(inspection, at(root, 'parameters'))
  inspectTopologies(inspection, at(root, 'allowedTopologies'))
}

export function inspectVolumeAttributesClass(inspection: Inspection): void {
  const { root } = inspection
  const parameters = at(root, 'parameters')
  inspectProvisioner(inspection, at(root, 'driverName'))
  inspectParameters(inspection, parameters)
  if (count(parameters) > 0 || isMistyped(parameters, 'map')) return
  refuseEmpty(inspection, parameters, { what: 'parameters', help: 'Set at least one parameter.' })
}

/** What provisions is named by a qualified name, in any case. */
function inspectProvisioner(inspection: Inspection, field: Field): void {
  const what = String(field.key)
  refuseEmpty(inspection, field, { what, inSchema: true })
  refuseNameFault(inspection, name, { field, what, check: value => qualifiedNameFault(value.toLowerCase()) })
}

export function inspectCsiDriver(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  for (const field of items(at(spec, 'volumeLifecycleModes'))) {
    refuseUnsupported(inspection, 'unsupported-value', {
      field,
      what: 'volume lifecycle mode',
      allowed: ['Persistent', 'Ephemeral'],
    })
  }
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(spec, 'fsGroupPolicy'),
    what: 'fsGroupPolicy',
    allowed: ['ReadWriteOnceWithFSType', 'File', 'None'],
  })
  const audiences = new Set<string>()
  for (const request of items(at(spec, 'tokenRequests'))) {
    const field = at(request, 'audience')
    if (audiences.has(text(field))) {
      inspection.refuse('duplicate-entry', {
        at: request,
        message: `audience ${quote(text(field))} is requested twice`,
      })
    }
    audiences.add(text(field))
    const seconds = at(request, 'expirationSeconds')
    if (integer(seconds) !== undefined) {
      refuseOutside(inspection, seconds, { what: 'expirationSeconds', min: 600, max: 2 ** 32 })
    }
  }
  const tokens = at(spec, 'serviceAccountTokenInSecrets')
  if (isSet(tokens) && audiences.size === 0) {
    inspection.refuse('missing-value', {
      at: tokens,
      on: 'key',
      message: 'serviceAccountTokenInSecrets needs tokenRequests',
      help: 'Request the tokens that the driver wants, or leave the field out.',
    })
  }
  if (inspection.oldest < 35) return
  refuseOutside(inspection, at(spec, 'nodeAllocatableUpdatePeriodSeconds'), {
    what: 'nodeAllocatableUpdatePeriodSeconds',
    min: 10,
  })
}

function inspectParameters(inspection: Inspection, parameters: Field): void {
  const all = entries(parameters)
  const bytes = all.reduce((sum, entry) => sum + byteLength(String(entry.key)) + byteLength(text(entry)), 0)
  if (all.length > maxParameters || bytes > maxParameterBytes) {
    inspection.refuse(name, {
      at: parameters,
      message: `${all.length} parameters with ${bytes} bytes are set, at most ${maxParameters} with ${maxParameterBytes} are allowed`,
    })
  }
  if (all.some(entry => entry.key === ''))
    inspection.refuse(name, { at: parameters, message: 'a parameter has an empty name' })
}

function inspectTopologies(inspection: Inspection, topologies: Field): void {
  const terms = new Set<string>()
  for (const expression of items(topologies).flatMap(term => items(at(term, 'matchLabelExpressions')))) {
    refuseFault(inspection, name, { field: at(expression, 'key'), what: 'topology key', check: qualifiedNameFault })
    const values = at(expression, 'values')
    refuseEmpty(inspection, values, { what: 'values of the topology', inSchema: true })
    const seen = new Set<string>()
    for (const field of items(values)) {
      if (isSet(field) && seen.has(text(field))) {
        inspection.refuse('duplicate-entry', {
          at: field,
          message: `topology value ${quote(text(field))} is listed twice`,
        })
      }
      seen.add(text(field))
    }
  }
  for (const term of items(topologies)) {
    if (count(at(term, 'matchLabelExpressions')) === 0) {
      inspection.refuse(name, { at: term, message: 'a topology term has no matchLabelExpressions' })
      continue
    }
    inspectTermKeys(inspection, term)
    const signature = signatureOf(term)
    if (terms.has(signature))
      inspection.refuse('duplicate-entry', { at: term, message: 'a topology term is listed twice' })
    terms.add(signature)
  }
}

/** Terms are the same where they allow the same values of the same keys, in any order. */
function signatureOf(term: Field): string {
  const parts = items(at(term, 'matchLabelExpressions')).map(
    expression => `${text(at(expression, 'key'))}=${[...texts(at(expression, 'values'))].sort().join(',')}`,
  )
  return parts.sort().join(';')
}

function inspectTermKeys(inspection: Inspection, term: Field): void {
  const seen = new Set<string>()
  const expressions = at(term, 'matchLabelExpressions')
  if (count(expressions) < 2) return
  for (const expression of items(expressions)) {
    const field = at(expression, 'key')
    if (seen.has(text(field))) {
      inspection.refuse('duplicate-entry', { at: field, message: `topology key ${quote(text(field))} is used twice` })
    }
    seen.add(text(field))
  }
}
