// User namespaces, the host name and other settings of the whole pod that exclude each other.
// Follows pkg/apis/core/validation/validation.go (validateHostUsers, validatePodHostName).

import { dns1123SubdomainFault } from '../../../../manifest/names.ts'
import { at, count, isSet, isTrue, items, optionalText, type Field } from '../field.ts'
import { refuseFault, type Inspection } from '../inspection.ts'

/** Before, the server drops the field (gate UserNamespacesSupport). */
const usersSince = 33
const containerFields = ['containers', 'initContainers']

/** `hostUsers: false`, and `hostnameOverride`. */
export function inspectHostUsers(inspection: Inspection, spec: Field): void {
  if (at(spec, 'hostUsers').value === false && inspection.newest >= usersSince) {
    for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (isTrue(at(spec, key))) refuseBeside(inspection, at(spec, key), 'hostUsers: false')
    }
    for (const container of containerFields.flatMap(key => items(at(spec, key)))) {
      const devices = at(container, 'volumeDevices')
      if (count(devices) > 0) refuseBeside(inspection, devices, 'hostUsers: false')
    }
  }
  inspectHostnameOverride(inspection, spec)
}

function inspectHostnameOverride(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'hostnameOverride')
  if (!isSet(field) || inspection.newest < 35) return
  refuseFault(inspection, 'invalid-host-name', {
    field,
    what: 'hostnameOverride',
    check: value => (value.length > 64 ? 'must have no more than 64 characters' : dns1123SubdomainFault(value)),
  })
  if (optionalText(field) === undefined) return
  for (const key of ['setHostnameAsFQDN', 'hostNetwork']) {
    if (isTrue(at(spec, key))) refuseBeside(inspection, field, `${key}: true`)
  }
}

function refuseBeside(inspection: Inspection, field: Field, other: string): void {
  inspection.refuse('exclusive-fields', {
    at: field,
    on: 'key',
    message: `"${field.key}" must not be set beside "${other}"`,
  })
}
