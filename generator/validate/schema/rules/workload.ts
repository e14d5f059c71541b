// Deployments, StatefulSets, DaemonSets, ReplicaSets, ReplicationControllers and PodTemplates.
// Follows pkg/apis/apps/validation/validation.go and pkg/apis/core/validation/validation.go
// (ValidateReplicationControllerSpec).

import { dns1123LabelFault } from '../../../manifest/names.ts'
import { at, count, integer, isSet, items, mapOf, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseNameFault,
  refuseOutside,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from './inspection.ts'
import { inspectTemplate } from './pod/pod.ts'
import { inspectDaemonSetStrategy, inspectDeploymentStrategy, inspectStatefulSetStrategy } from './rollout.ts'
import { parseLabelMap, requirementsMatch } from './selector-match.ts'
import { inspectOwnSelector } from './selector.ts'
import { inspectClaimSpec } from './volume-claim.ts'

const defaultProgressDeadline = 600

export function inspectDeployment(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectReplicated(inspection, spec)
  inspectOwnSelector(inspection, spec)
  inspectLongRunning(inspection, at(spec, 'template'))
  inspectDeploymentStrategy(inspection, at(spec, 'strategy'))
  inspectProgressDeadline(inspection, spec)
}

export function inspectReplicaSet(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectReplicated(inspection, spec)
  inspectOwnSelector(inspection, spec)
  inspectLongRunning(inspection, at(spec, 'template'))
}

export function inspectDaemonSet(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectReplicated(inspection, spec)
  inspectOwnSelector(inspection, spec)
  inspectLongRunning(inspection, at(spec, 'template'))
  inspectDaemonSetStrategy(inspection, at(spec, 'updateStrategy'))
}

export function inspectStatefulSet(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectReplicated(inspection, spec)
  refuseOutside(inspection, at(spec, 'ordinals', 'start'), { what: 'ordinals.start', min: 0 })
  inspectOwnSelector(inspection, spec)
  inspectStatefulSetStrategy(inspection, at(spec, 'updateStrategy'))
  if (inspection.oldest >= 34) {
    const field = at(spec, 'serviceName')
    refuseNameFault(inspection, 'invalid-reference-name', { field, what: 'serviceName', check: dns1123LabelFault })
  }
  for (const key of ['whenDeleted', 'whenScaled']) {
    const field = at(spec, 'persistentVolumeClaimRetentionPolicy', key)
    // The server reads an empty text as the default.
    const allowed = ['Retain', 'Delete', '']
    refuseUnsupported(inspection, 'unsupported-value', { field, what: key, allowed })
  }
  const claims = items(at(spec, 'volumeClaimTemplates'))
  for (const claim of claims) inspectClaimTemplate(inspection, claim)
  const names = claims.map(claim => text(at(claim, 'metadata', 'name')))
  inspectLongRunning(inspection, at(spec, 'template'), names)
}

/** ReplicationControllers select by a plain map of labels, which defaults to the template's. */
export function inspectReplicationController(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectReplicated(inspection, spec)
  const selector = at(spec, 'selector')
  const template = at(spec, 'template')
  if (refuseEmpty(inspection, template, { what: 'template' })) return
  const labels = at(template, 'metadata', 'labels')
  if (count(selector) === 0 && count(labels) === 0) {
    inspection.refuse('empty-selector', { at: spec, message: 'the ReplicationController selects by no label' })
  }
  const requirements = parseLabelMap(mapOf(selector) ?? {}) ?? []
  if (!requirementsMatch(requirements, mapOf(labels) ?? {})) {
    inspection.refuse('selector-mismatch', {
      at: labels,
      message: 'labels of the pod template do not match the selector',
      help: 'Give the pod template every label that the selector names, with the same values.',
    })
  }
  inspectLongRunning(inspection, template)
}

export function inspectPodTemplateObject(inspection: Inspection): void {
  const template = at(inspection.root, 'template')
  refuseEmpty(inspection, template, { what: 'template' })
  inspectTemplate(inspection, template)
}

function inspectReplicated(inspection: Inspection, spec: Field): void {
  for (const key of ['replicas', 'minReadySeconds', 'revisionHistoryLimit']) {
    refuseOutside(inspection, at(spec, key), { what: key, min: 0 })
  }
}

/** A template whose pods run until they are removed. */
function inspectLongRunning(inspection: Inspection, template: Field, claims: readonly string[] = []): void {
  inspectTemplate(inspection, template, claims)
  const policy = at(template, 'spec', 'restartPolicy')
  if (text(policy) !== '' && text(policy) !== 'Always') {
    inspection.refuse('invalid-restart-policy', {
      at: policy,
      message: `restartPolicy of a ${inspection.resource.kind} is ${quote(text(policy))}, allowed: Always`,
      help: 'Use a Job for pods that end.',
    })
  }
  const deadline = at(template, 'spec', 'activeDeadlineSeconds')
  if (!isSet(deadline)) return
  inspection.refuse('forbidden-field', {
    at: deadline,
    on: 'key',
    message: `"activeDeadlineSeconds" must not be set on the pods of a ${inspection.resource.kind}`,
    help: 'Use a Job for pods that end.',
  })
}

function inspectProgressDeadline(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'progressDeadlineSeconds')
  const ready = integer(at(spec, 'minReadySeconds')) ?? 0
  refuseOutside(inspection, field, { what: 'progressDeadlineSeconds', min: 0 })
  const deadline = integer(field) ?? defaultProgressDeadline
  if (deadline < 0 || deadline > ready) return
  inspection.refuse('invalid-rollout', {
    at: isSet(field) ? field : at(spec, 'minReadySeconds'),
    message: `progressDeadlineSeconds ${quote(deadline)} must be greater than minReadySeconds ${quote(ready)}`,
    help: 'Raise progressDeadlineSeconds, or lower minReadySeconds.',
  })
}

function inspectClaimTemplate(inspection: Inspection, claim: Field): void {
  if (mapOf(claim) === undefined) return
  const name = at(claim, 'metadata', 'name')
  refuseEmpty(inspection, name, { what: 'name of the volume claim template' })
  refuseNameFault(inspection, 'invalid-volume', { field: name, what: 'volume name', check: dns1123LabelFault })
  inspectClaimSpec(inspection, at(claim, 'spec'))
}

/** What a controller remembers: an object of any shape, and a number. */
export function inspectControllerRevision(inspection: Inspection): void {
  const data = at(inspection.root, 'data')
  refuseOutside(inspection, at(inspection.root, 'revision'), { what: 'revision', min: 0 })
  if (mapOf(data) !== undefined) return
  if (isSet(data)) inspection.refuse('missing-value', { at: data, message: 'data must be a map' })
  else refuseEmpty(inspection, data, { what: 'data' })
}
