// The security context of a container.
// Follows pkg/apis/core/validation/validation.go (ValidateSecurityContext). Whether a cluster allows privileged containers is
// its own setting: nothing is said about it here.

import { at, isTrue, mapOf, text, texts, type Field } from '../field.ts'
import { refuseEmpty, type Inspection } from '../inspection.ts'
import { inspectAppArmor, inspectSeccomp } from './security-profiles.ts'
import { refuseIds } from './security.ts'
import { inspectWindowsOptions } from './windows.ts'

/** Before, the server ignores procMount (gate ProcMountType). */
const unmaskedSince = 33

/** `securityContext` of a container. */
export function inspectContainerSecurity(inspection: Inspection, spec: Field, container: Field): void {
  const context = at(container, 'securityContext')
  if (mapOf(context) === undefined) return
  refuseIds(inspection, context)
  inspectProcMount(inspection, spec, at(context, 'procMount'))
  inspectEscalation(inspection, context)
  inspectSeccomp(inspection, at(context, 'seccompProfile'))
  inspectAppArmor(inspection, at(context, 'appArmorProfile'))
  inspectWindowsOptions(inspection, at(context, 'windowsOptions'))
}

function inspectProcMount(inspection: Inspection, spec: Field, field: Field): void {
  if (inspection.oldest >= unmaskedSince) refuseEmpty(inspection, field, { what: 'procMount', inSchema: true })
  if (inspection.oldest < unmaskedSince || text(field) !== 'Unmasked' || at(spec, 'hostUsers').value === false) return
  inspection.refuse('invalid-security-context', {
    at: field,
    message: 'procMount "Unmasked" needs "hostUsers: false" on the pod',
  })
}

function inspectEscalation(inspection: Inspection, context: Field): void {
  const escalation = at(context, 'allowPrivilegeEscalation')
  if (escalation.value !== false) return
  if (isTrue(at(context, 'privileged'))) {
    inspection.refuse('invalid-security-context', {
      at: escalation,
      message: '"allowPrivilegeEscalation: false" contradicts "privileged: true"',
      help: 'Remove one of the two.',
    })
  }
  if (texts(at(context, 'capabilities', 'add')).includes('CAP_SYS_ADMIN')) {
    inspection.refuse('invalid-security-context', {
      at: escalation,
      message: '"allowPrivilegeEscalation: false" contradicts the added capability "CAP_SYS_ADMIN"',
      help: 'Remove one of the two.',
    })
  }
}
