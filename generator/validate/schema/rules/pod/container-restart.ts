// How single containers restart, and what a resize does to them.
// Follows pkg/apis/core/validation/validation.go (validateContainerRestartPolicy, validateInitContainerRestartPolicy,
// validateResizePolicy); restart policies of single containers are refused until Kubernetes
// 1.33, ignored by 1.34 and accepted since 1.35 (gate ContainerRestartRules).

import { at, isSet, items, optionalText, text, type Field } from '../field.ts'
import { quote, refuseUnsupported, type Inspection } from '../inspection.ts'

const toleratedSince = 34
/** Before, the server ignores resize policies (gate InPlacePodVerticalScaling). */
const resizeSince = 33
const checkedAgainSince = 35

/** A main container may have a restart policy of its own since 1.35. */
export function inspectContainerRestart(inspection: Inspection, container: Field): void {
  const policy = at(container, 'restartPolicy')
  if (inspection.newest >= checkedAgainSince) {
    const allowed = ['Always', 'Never', 'OnFailure']
    refuseUnsupported(inspection, 'invalid-restart-policy', { field: policy, what: 'restartPolicy', allowed })
    inspectRules(inspection, container, policy)
  }
  if (!isSet(policy) || inspection.oldest >= toleratedSince) return
  inspection.refuse('invalid-restart-policy', {
    at: policy,
    on: 'key',
    message: 'restartPolicy of a container that is no init container is refused before Kubernetes 1.34',
    help: 'Set restartPolicy on the pod, or move the container to initContainers to make it a sidecar.',
  })
}

/** An init container is a sidecar with `Always`; other policies are accepted since 1.35. */
export function inspectInitRestart(inspection: Inspection, container: Field): void {
  const policy = at(container, 'restartPolicy')
  if (inspection.newest >= checkedAgainSince) inspectRules(inspection, container, policy)
  const value = optionalText(policy)
  if (value === undefined || value === 'Always') return
  const isKnown = value === 'Never' || value === 'OnFailure'
  if (inspection.oldest >= toleratedSince && (isKnown || inspection.newest < checkedAgainSince)) return
  inspection.refuse('invalid-restart-policy', {
    at: policy,
    message: `restartPolicy of an init container is ${quote(value)}, allowed: Always`,
    help: 'Use "Always" for a sidecar, or remove restartPolicy for an init container that runs to completion.',
  })
}

function inspectRules(inspection: Inspection, container: Field, policy: Field): void {
  const rules = items(at(container, 'restartPolicyRules'))
  if (rules.length > 0 && !isSet(policy)) {
    inspection.refuse('missing-value', { at: container, message: 'restartPolicyRules need restartPolicy' })
  }
  for (const rule of rules) {
    const exitCodes = at(rule, 'exitCodes')
    refuseUnsupported(inspection, 'unsupported-value', {
      field: at(rule, 'action'),
      what: 'action',
      allowed: ['Restart', 'RestartAllContainers'],
    })
    refuseUnsupported(inspection, 'unsupported-value', {
      field: at(exitCodes, 'operator'),
      what: 'operator',
      allowed: ['In', 'NotIn'],
    })
    if (isSet(exitCodes)) continue
    inspection.refuse('missing-value', { at: rule, message: 'a restart rule has no exitCodes' })
  }
}

/** Which resources may be resized, and how. */
export function inspectResizePolicy(inspection: Inspection, spec: Field, container: Field): void {
  if (inspection.oldest < resizeSince) return
  const seen = new Set<string>()
  const podPolicy = text(at(spec, 'restartPolicy'))
  for (const policy of items(at(container, 'resizePolicy'))) {
    const field = at(policy, 'resourceName')
    const name = optionalText(field)
    if (name === undefined) continue
    if (name !== 'cpu' && name !== 'memory') {
      inspection.refuse('unsupported-value', {
        at: field,
        message: `resource of the resize policy is ${quote(name)}, allowed: cpu, memory`,
      })
    } else if (seen.has(name)) {
      inspection.refuse('duplicate-entry', { at: field, message: `resize policy for ${quote(name)} is set twice` })
    }
    seen.add(name)
    refuseUnsupported(inspection, 'unsupported-value', {
      field: at(policy, 'restartPolicy'),
      what: 'restartPolicy of the resize policy',
      allowed: ['NotRequired', 'RestartContainer'],
    })
    if (podPolicy !== 'Never' || text(at(policy, 'restartPolicy')) !== 'RestartContainer') continue
    inspection.refuse('invalid-restart-policy', {
      at: at(policy, 'restartPolicy'),
      message: 'a resize must not restart the container of a pod whose restartPolicy is "Never"',
      help: 'Use "NotRequired".',
    })
  }
}
