// References to fields of the pod itself: the downward API, for variables and for files.
// Follows pkg/apis/core/validation/validation.go (validateObjectFieldSelector, validateContainerResourceFieldSelector) and
// pkg/apis/core/pods/helpers.go (ConvertDownwardAPIFieldLabel).

import { qualifiedNameFault } from '../../../../manifest/names.ts'
import { formatQuantity, quantityOf } from '../../../../manifest/quantity.ts'
import { hint } from '../../../../diagnostics/suggest.ts'
import { at, isSet, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, type Inspection } from '../inspection.ts'

export type FieldUse = 'variable' | 'file'

const fieldPaths: Readonly<Record<FieldUse, readonly string[]>> = {
  variable: [
    'metadata.name',
    'metadata.namespace',
    'metadata.uid',
    'spec.nodeName',
    'spec.serviceAccountName',
    'status.hostIP',
    'status.hostIPs',
    'status.podIP',
    'status.podIPs',
  ],
  file: ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'],
}

const resourceFields = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
]
const byteDivisors = new Set(['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'])
const cpuDivisors = new Set(['1m', '1'])

/** A `fieldRef`. */
export function inspectFieldRef(inspection: Inspection, ref: Field, use: FieldUse): void {
  if (mapOf(ref) === undefined) return
  const version = at(ref, 'apiVersion')
  if (text(version) !== '' && text(version) !== 'v1') {
    inspection.refuse('invalid-field-path', {
      at: version,
      message: `apiVersion of the field reference is ${quote(text(version))}, allowed: v1`,
    })
  }
  const field = at(ref, 'fieldPath')
  const path = optionalText(field)
  if (refuseEmpty(inspection, field, { what: 'fieldPath', inSchema: true }) || path === undefined) return
  const fault = pathFault(path, use)
  if (fault !== undefined)
    inspection.refuse('invalid-field-path', { at: field, message: `fieldPath ${quote(path)} ${fault}` })
}

/** A `resourceFieldRef`. */
export function inspectResourceFieldRef(inspection: Inspection, ref: Field, use: FieldUse): void {
  if (mapOf(ref) === undefined) return
  if (use === 'file') refuseEmpty(inspection, at(ref, 'containerName'), { what: 'containerName of resourceFieldRef' })
  const field = at(ref, 'resource')
  const resource = optionalText(field)
  if (refuseEmpty(inspection, field, { what: 'resource', inSchema: true }) || resource === undefined) return
  if (!resourceFields.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) {
    inspection.refuse('invalid-field-path', {
      at: field,
      message: `resource ${quote(resource)} cannot be handed to a container${hint(resource, resourceFields)}`,
    })
  }
  inspectDivisor(inspection, at(ref, 'divisor'), resource)
}

function pathFault(path: string, use: FieldUse): string | undefined {
  const subscript = /^([^[]*)\['(.*)'\]$/s.exec(path)
  if (subscript !== null) {
    const [, base, key = ''] = subscript
    if (base === 'metadata.annotations') return withKey(qualifiedNameFault(key.toLowerCase()))
    return base === 'metadata.labels' ? withKey(qualifiedNameFault(key)) : 'does not take a key in brackets'
  }
  const allowed = fieldPaths[use]
  if (allowed.includes(path) || (use === 'variable' && path === 'spec.host')) return undefined
  const keyed = use === 'variable' && (path === 'metadata.labels' || path === 'metadata.annotations')
  return keyed ? `needs a key in brackets: ${path}['key']` : `cannot be handed to a container${hint(path, allowed)}`
}

function withKey(fault: string | undefined): string | undefined {
  return fault === undefined ? undefined : `has a key that ${fault}`
}

function inspectDivisor(inspection: Inspection, field: Field, resource: string): void {
  const divisor = isSet(field) ? quantityOf(field.value) : undefined
  if (divisor === undefined || divisor.nanos === 0n) return
  const allowed = resource.endsWith('.cpu') ? cpuDivisors : byteDivisors
  const known = resourceFields.includes(resource) || resource.includes('.hugepages-')
  if (!known || allowed.has(formatQuantity(divisor))) return
  inspection.refuse('invalid-field-path', {
    at: field,
    message: `divisor ${quote(field.value)} does not fit ${quote(resource)}, allowed: ${[...allowed].join(', ')}`,
  })
}
