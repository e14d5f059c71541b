// Windows options of pods and containers.
// Follows pkg/apis/core/validation/validation.go (validateWindowsSecurityContextOptions, validateWindowsHostProcessPod).

import { dns1123SubdomainFault } from '../../../../manifest/names.ts'
import { at, isTrue, items, type Field } from '../field.ts'
import { quote, refuseFault, type Inspection } from '../inspection.ts'

const containerFields = ['containers', 'initContainers']
const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/
const dnsDomain = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/
const maxCredentialSpec = 64 * 1024

/** `windowsOptions`. */
export function inspectWindowsOptions(inspection: Inspection, options: Field): void {
  const name = 'invalid-windows-options'
  refuseFault(inspection, name, {
    field: at(options, 'gmsaCredentialSpecName'),
    what: 'gmsaCredentialSpecName',
    check: dns1123SubdomainFault,
  })
  refuseFault(inspection, name, {
    field: at(options, 'gmsaCredentialSpec'),
    what: 'gmsaCredentialSpec',
    check: credentialSpecFault,
  })
  refuseFault(inspection, name, { field: at(options, 'runAsUserName'), what: 'runAsUserName', check: userNameFault })
}

/** Host process containers: all of them or none, and only on the host network. */
export function inspectWindowsPod(inspection: Inspection, spec: Field): void {
  const podField = at(spec, 'securityContext', 'windowsOptions', 'hostProcess')
  const containers = containerFields.flatMap(key => items(at(spec, key)))
  let hostProcesses = 0
  for (const container of containers) {
    const field = at(container, 'securityContext', 'windowsOptions', 'hostProcess')
    const own = field.value
    if (typeof own === 'boolean' && typeof podField.value === 'boolean' && own !== podField.value) {
      inspection.refuse('invalid-windows-options', {
        at: field,
        message: `hostProcess of the container is ${quote(own)}, of the pod ${quote(podField.value)}`,
      })
    }
    if (own === true || (own === undefined && podField.value === true)) hostProcesses++
  }
  if (hostProcesses === 0) return
  if (hostProcesses !== containers.length) {
    inspection.refuse('invalid-windows-options', {
      at: spec,
      message: 'a pod with a host process container must have only such containers',
    })
  }
  if (isTrue(at(spec, 'hostNetwork'))) return
  inspection.refuse('invalid-windows-options', {
    at: spec,
    message: 'a pod with host process containers needs "hostNetwork: true"',
  })
}

function credentialSpecFault(value: string): string | undefined {
  if (value === '') return 'must not be empty'
  return value.length > maxCredentialSpec ? 'must have no more than 64 KiB' : undefined
}

function userNameFault(value: string): string | undefined {
  if (value === '') return 'must not be empty'
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(value)) return 'must not contain control characters'
  const parts = value.split('\\')
  if (parts.length > 2) return 'must have at most one backslash'
  const user = parts.at(-1) ?? ''
  return (parts.length === 2 ? domainFault(parts[0] ?? '') : undefined) ?? accountFault(user)
}

function domainFault(domain: string): string | undefined {
  if (domain.length >= 256) return 'must have a domain of less than 256 characters'
  return netBiosDomain.test(domain) || dnsDomain.test(domain) ? undefined : 'must have a NetBIOS or DNS domain'
}

function accountFault(user: string): string | undefined {
  if (user === '') return 'must name a user'
  if (user.length > 104) return 'must have a user of at most 104 characters'
  if (/^[. ]+$/.test(user)) return 'must not be only dots and blanks'
  return /["/\\:;|=,+*?<>@[\]]/.test(user) ? 'must not contain any of "/\\:;|=,+*?<>@[]' : undefined
}
