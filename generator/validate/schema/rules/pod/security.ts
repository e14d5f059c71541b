// The security context of a pod.
// Follows pkg/apis/core/validation/validation.go (validatePodSpecSecurityContext, validateSysctls, ValidateHostSysctl).

import { at, isTrue, items, optionalText, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseOutside, refuseUnsupported, type Inspection } from '../inspection.ts'
import { inspectAppArmor, inspectSeccomp } from './security-profiles.ts'
import { inspectWindowsOptions } from './windows.ts'

const maxId = 2 ** 31 - 1
const sysctlPattern = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const ipcSysctls = new Set([
  'kernel.sem',
  ...['', 'all', 'max', 'mni', '_rmid_forced'].map(end => `kernel.shm${end}`),
  ...['', 'max', 'mnb', 'mni'].map(end => `kernel.msg${end}`),
])

/** `securityContext` of a pod, and `shareProcessNamespace`. */
export function inspectPodSecurity(inspection: Inspection, spec: Field): void {
  const context = at(spec, 'securityContext')
  refuseIds(inspection, context)
  refuseOutside(inspection, at(context, 'fsGroup'), { what: 'fsGroup', min: 0, max: maxId })
  for (const group of items(at(context, 'supplementalGroups'))) {
    refuseOutside(inspection, group, { what: 'supplemental group', min: 0, max: maxId })
  }
  if (isTrue(at(spec, 'shareProcessNamespace')) && isTrue(at(spec, 'hostPID'))) {
    inspection.refuse('exclusive-fields', {
      at: at(spec, 'shareProcessNamespace'),
      message: 'shareProcessNamespace and hostPID must not both be true',
    })
  }
  refuseChoices(inspection, context)
  inspectSysctls(inspection, spec, at(context, 'sysctls'))
  inspectSeccomp(inspection, at(context, 'seccompProfile'))
  inspectAppArmor(inspection, at(context, 'appArmorProfile'))
  inspectWindowsOptions(inspection, at(context, 'windowsOptions'))
}

/** Choices whose empty text is no default; SELinux labels by mount option are behind a gate (SELinuxMount). */
function refuseChoices(inspection: Inspection, context: Field): void {
  for (const [key, allowed] of [
    ['fsGroupChangePolicy', ['Always', 'OnRootMismatch']],
    ['supplementalGroupsPolicy', ['Merge', 'Strict']],
    ['seLinuxChangePolicy', ['Recursive']],
  ] as const) {
    if (key !== 'fsGroupChangePolicy' && inspection.oldest < 33) continue
    refuseUnsupported(inspection, 'unsupported-value', { field: at(context, key), what: key, allowed })
  }
}

/** User and group of a pod or container. */
export function refuseIds(inspection: Inspection, context: Field): void {
  for (const key of ['runAsUser', 'runAsGroup']) {
    refuseOutside(inspection, at(context, key), { what: key, min: 0, max: maxId })
  }
}

function inspectSysctls(inspection: Inspection, spec: Field, sysctls: Field): void {
  const names = new Set<string>()
  for (const sysctl of items(sysctls)) {
    const field = at(sysctl, 'name')
    const name = optionalText(field)
    if (name === undefined || refuseEmpty(inspection, field, { what: 'name of the sysctl', inSchema: true })) continue
    const fault = sysctlFault(spec, name)
    if (fault !== undefined) {
      inspection.refuse('invalid-security-context', { at: field, message: `sysctl ${quote(name)} ${fault}` })
    } else if (names.has(name)) {
      inspection.refuse('duplicate-entry', { at: field, message: `sysctl ${quote(name)} is set twice` })
    }
    names.add(name)
  }
}

function sysctlFault(spec: Field, name: string): string | undefined {
  if (name.length > 253 || !sysctlPattern.test(name)) {
    return 'must be lower case letters, digits, "-" and "_" in parts joined by "." or "/"'
  }
  const dotted = name.replaceAll('/', '.')
  if (isTrue(at(spec, 'hostNetwork')) && dotted.startsWith('net.')) return 'must not be set on the host network'
  const isIpc = ipcSysctls.has(dotted) || dotted.startsWith('fs.mqueue.')
  return isTrue(at(spec, 'hostIPC')) && isIpc ? 'must not be set where the pod shares the IPC of the host' : undefined
}
