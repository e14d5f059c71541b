// APIServices. https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/api-service-v1/; each refusal was seen from an API
// server of 1.34.

import { dns1035LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { at, integer, isSet, isTrue, mapOf, text } from './field.ts'
import { quote, refuseEmpty, refuseFault, requireSpec, type Inspection } from './inspection.ts'
import { refusePortNumber } from './pod/ports.ts'

const name = 'invalid-api-service'
/** Only the API server's own groups come before these. */
const highest = { groupPriorityMinimum: 20_000, versionPriority: 1000 }

export function inspectApiService(inspection: Inspection): void {
  const { root } = inspection
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const [group, version] = [at(spec, 'group'), at(spec, 'version')]
  const wanted = `${text(version)}.${text(group)}`
  const objectName = at(root, 'metadata', 'name')
  if (text(objectName) !== '' && text(objectName) !== wanted) {
    inspection.refuse(name, {
      at: objectName,
      message: `name of the APIService ${quote(text(objectName))} must be version and group, ${quote(wanted)}`,
    })
  }
  if (text(group) !== '') refuseFault(inspection, name, { field: group, what: 'group', check: dns1123SubdomainFault })
  else if (text(version) !== 'v1') refuseEmpty(inspection, group, { what: 'group' })
  if (!refuseEmpty(inspection, version, { what: 'version' }))
    refuseFault(inspection, name, { field: version, what: 'version', check: dns1035LabelFault })
  inspectPriorities(inspection)
  inspectTarget(inspection)
}

function inspectPriorities(inspection: Inspection): void {
  for (const [key, limit] of Object.entries(highest)) {
    const field = at(inspection.root, 'spec', key)
    const value = integer(field)
    if (value === undefined ? isSet(field) : value > 0 && value <= limit) continue
    inspection.refuse('out-of-range', {
      at: isSet(field) ? field : at(inspection.root, 'spec'),
      message: `${key} ${value === undefined ? 'is missing, and' : quote(value)} must be between 1 and ${limit}`,
    })
  }
}

function inspectTarget(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const service = at(spec, 'service')
  const bundle = at(spec, 'caBundle')
  const insecure = at(spec, 'insecureSkipTLSVerify')
  if (isTrue(insecure) && text(bundle) !== '') {
    inspection.refuse(name, {
      at: insecure,
      message: 'insecureSkipTLSVerify must not be true where there is a caBundle',
    })
  }
  if (mapOf(service) === undefined) {
    if (text(bundle) !== '') inspection.refuse(name, { at: bundle, message: 'caBundle needs a service' })
    if (isTrue(insecure)) inspection.refuse(name, { at: insecure, message: 'insecureSkipTLSVerify needs a service' })
    return
  }
  for (const key of ['namespace', 'name']) refuseEmpty(inspection, at(service, key), { what: `${key} of the Service` })
  refusePortNumber(inspection, at(service, 'port'), 'port')
}
