// Fields that do not fit the operating system a pod declares.
// Follows pkg/apis/core/validation/validation.go (validateOS, validateLinux, validateWindows).

import { at, count, isSet, isTrue, items, text, type Field } from '../field.ts'
import { quote, refuseUnsupported, type Inspection } from '../inspection.ts'

const containerFields = ['containers', 'initContainers']
const podContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
]
const containerContextFields = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
]

/** What `spec.os` rules out. */
export function inspectOperatingSystem(inspection: Inspection, spec: Field): void {
  const name = at(spec, 'os', 'name')
  if (!isSet(name)) return
  refuseUnsupported(inspection, 'unsupported-value', { field: name, what: 'os.name', allowed: ['linux', 'windows'] })
  const contexts = containerFields
    .flatMap(key => items(at(spec, key)))
    .map(container => at(container, 'securityContext'))
  const podContext = at(spec, 'securityContext')
  if (text(name) === 'linux') refuseAll(inspection, [podContext, ...contexts], ['windowsOptions'], 'linux')
  if (text(name) !== 'windows') return
  refuseAll(inspection, [podContext], podContextFields, 'windows')
  refuseAll(inspection, contexts, containerContextFields, 'windows')
  refuseAll(inspection, [spec], ['hostUsers', 'shareProcessNamespace'], 'windows')
  for (const key of ['hostPID', 'hostIPC']) {
    if (isTrue(at(spec, key))) refuseAll(inspection, [spec], [key], 'windows')
  }
  if (count(at(podContext, 'sysctls')) > 0) refuseAll(inspection, [podContext], ['sysctls'], 'windows')
}

function refuseAll(inspection: Inspection, owners: readonly Field[], keys: readonly string[], system: string): void {
  for (const field of owners.flatMap(owner => keys.map(key => at(owner, key)))) {
    if (!isSet(field)) continue
    inspection.refuse('forbidden-field', {
      at: field,
      on: 'key',
      message: `${quote(field.key)} must not be set on a pod for ${system}`,
      help: `Remove ${field.key}, or change spec.os.name.`,
    })
  }
}
