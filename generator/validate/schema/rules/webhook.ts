// Validating and mutating webhook configurations.
// Follows pkg/apis/admissionregistration/validation/validation.go.

import { dns1035LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { inspectMatchConditions, inspectOperations } from './admission-rules.ts'
import { at, isMistyped, isSet, items, mapOf, optionalText, text, texts, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, refuseOutside, type Inspection } from './inspection.ts'
import { refusePortNumber } from './pod/ports.ts'
import { inspectSelector } from './selector.ts'
import { webhookPathFault, webhookUrlFault } from './webhook-address.ts'

const name = 'invalid-webhook'

export function inspectWebhooks(inspection: Inspection): void {
  const names = new Set<string>()
  for (const webhook of items(at(inspection.root, 'webhooks'))) {
    if (mapOf(webhook) === undefined) continue
    const field = at(webhook, 'name')
    refuseFault(inspection, name, { field, what: 'webhook', check: threePartsFault })
    if (text(field) !== '' && names.has(text(field))) {
      inspection.refuse('duplicate-entry', { at: field, message: `webhook name ${quote(text(field))} is used twice` })
    }
    names.add(text(field))
    for (const rule of items(at(webhook, 'rules'))) inspectOperations(inspection, rule, name)
    for (const key of ['namespaceSelector', 'objectSelector']) inspectSelector(inspection, at(webhook, key))
    refuseOutside(inspection, at(webhook, 'timeoutSeconds'), { what: 'timeoutSeconds', min: 1, max: 30 })
    for (const key of ['failurePolicy', 'matchPolicy', 'reinvocationPolicy'])
      refuseEmpty(inspection, at(webhook, key), { what: key, inSchema: true })
    inspectSideEffects(inspection, at(webhook, 'sideEffects'))
    inspectReviewVersions(inspection, at(webhook, 'admissionReviewVersions'))
    inspectClient(inspection, at(webhook, 'clientConfig'))
    inspectMatchConditions(inspection, at(webhook, 'matchConditions'), name)
  }
}

function threePartsFault(value: string): string | undefined {
  return value.split('.').length < 3 ? 'must be a DNS name of at least three parts' : dns1123SubdomainFault(value)
}

function inspectSideEffects(inspection: Inspection, field: Field): void {
  const value = optionalText(field)
  if (value === undefined || value === 'None' || value === 'NoneOnDryRun') return
  inspection.refuse(name, { at: field, message: `sideEffects is ${quote(value)}, allowed: None, NoneOnDryRun` })
}

function inspectReviewVersions(inspection: Inspection, field: Field): void {
  const versions = texts(field)
  if (!Array.isArray(field.value)) return
  if (!versions.includes('v1') && !versions.includes('v1beta1')) {
    inspection.refuse(name, { at: field, message: 'admissionReviewVersions must include v1 or v1beta1' })
  }
  const seen = new Set<string>()
  for (const version of items(field)) {
    refuseFault(inspection, name, { field: version, what: 'version', check: dns1035LabelFault })
    if (seen.has(text(version)))
      inspection.refuse('duplicate-entry', { at: version, message: `version ${quote(text(version))} is listed twice` })
    seen.add(text(version))
  }
}

function inspectClient(inspection: Inspection, client: Field): void {
  const url = at(client, 'url')
  const service = at(client, 'service')
  if (mapOf(client) === undefined || isMistyped(url, 'string') || isMistyped(service, 'map')) return
  if (isSet(url) === isSet(service)) {
    inspection.refuse(name, { at: client, message: 'clientConfig must have exactly one of url and service' })
    return
  }
  if (isSet(url)) {
    const fault = webhookUrlFault(text(url))
    if (fault !== undefined) inspection.refuse(name, { at: url, message: `url ${quote(text(url))} ${fault}` })
    return
  }
  for (const key of ['name', 'namespace'])
    refuseEmpty(inspection, at(service, key), { what: `${key} of the Service`, inSchema: true })
  refusePortNumber(inspection, at(service, 'port'), 'port')
  refuseFault(inspection, name, { field: at(service, 'path'), what: 'path', check: webhookPathFault })
}
