// Annotations of pods that the server reads: deletion cost, and the profiles of old.
// Follows pkg/apis/core/validation/validation.go (ValidatePodSpecificAnnotations, validateSeccompAnnotationsAndFields,
// validateAppArmorAnnotationsAndFieldsMatchOnCreate).

import { at, entries, isSet, items, optionalText, text, type Field } from '../field.ts'
import { quote, type Inspection } from '../inspection.ts'
import type { PodContext } from './pod-context.ts'
import { descendingPathFault } from './volume-paths.ts'

const mirror = 'kubernetes.io/config.mirror'
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost'
const oldTolerations = 'scheduler.alpha.kubernetes.io/tolerations'
const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/'
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod'
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/'
const seccompNames = new Set(['runtime/default', 'docker/default', 'unconfined'])
const appArmorNames = new Set(['', 'runtime/default', 'unconfined'])
const containerFields = ['containers', 'initContainers', 'ephemeralContainers']

/** Annotations that mean something to the server. */
export function inspectPodAnnotations(inspection: Inspection, { metadata, spec, isPod }: PodContext): void {
  inspectProfiles(inspection, metadata, spec, isPod)
  for (const annotation of entries(at(metadata, 'annotations'))) {
    const fault = annotationFault(String(annotation.key), annotation, spec)
    if (fault === undefined) continue
    inspection.refuse('invalid-annotation', {
      at: annotation,
      message: `annotation ${quote(annotation.key)} is ${quote(text(annotation))}: ${fault}`,
    })
  }
}

/** Old annotations that contradict the fields that replaced them. */
function inspectProfiles(inspection: Inspection, metadata: Field, spec: Field, isPod: boolean): void {
  const annotations = at(metadata, 'annotations')
  if (!isSet(annotations)) return
  const podSeccomp = at(spec, 'securityContext', 'seccompProfile')
  refuseContradiction(inspection, at(annotations, seccompPod), podSeccomp)
  for (const container of containerFields.flatMap(field => items(at(spec, field)))) {
    const name = text(at(container, 'name'))
    const context = at(container, 'securityContext')
    refuseContradiction(inspection, at(annotations, seccompPrefix + name), at(context, 'seccompProfile'))
    const own = at(context, 'appArmorProfile')
    // For a Pod the server copies the annotation to a container without a profile before it compares.
    const profile = isSet(own) || isPod ? own : at(spec, 'securityContext', 'appArmorProfile')
    if (text(at(spec, 'os', 'name')) !== 'windows') {
      refuseContradiction(inspection, at(annotations, appArmorPrefix + name), profile)
    }
  }
}

function refuseContradiction(inspection: Inspection, annotation: Field, profile: Field): void {
  const value = optionalText(annotation)
  const type = text(at(profile, 'type'))
  if (value === undefined || type === '') return
  const expected: Readonly<Record<string, readonly string[]>> = {
    Unconfined: ['unconfined'],
    RuntimeDefault:
      annotation.key === seccompPod || String(annotation.key).startsWith(seccompPrefix)
        ? ['runtime/default', 'docker/default']
        : ['runtime/default'],
    Localhost: [`localhost/${text(at(profile, 'localhostProfile'))}`],
  }
  if (expected[type]?.includes(value) ?? true) return
  inspection.refuse('invalid-security-profile', {
    at: annotation,
    message: `annotation ${quote(annotation.key)} is ${quote(value)}, but the field says ${quote(type)}`,
    help: 'Remove the annotation: the field replaced it.',
  })
}

function annotationFault(key: string, annotation: Field, spec: Field): string | undefined {
  const value = optionalText(annotation)
  if (value === undefined) return undefined
  if (key === mirror) return text(at(spec, 'nodeName')) === '' ? 'a mirror pod needs nodeName' : undefined
  if (key === oldTolerations) return isJsonList(value || '[]') ? undefined : 'must be a list in JSON'
  if (key === deletionCost) return deletionCostFault(value)
  if (key === seccompPod || key.startsWith(seccompPrefix)) return seccompFault(value)
  return key.startsWith(appArmorPrefix) ? appArmorFault(key.slice(appArmorPrefix.length), value, spec) : undefined
}

function appArmorFault(name: string, value: string, spec: Field): string | undefined {
  const names = containerFields.flatMap(field => items(at(spec, field))).map(container => text(at(container, 'name')))
  if (!names.includes(name)) return `the pod has no container ${quote(name)}`
  const known = appArmorNames.has(value) || value.startsWith('localhost/')
  return known ? undefined : 'must be runtime/default, unconfined or localhost/<profile>'
}

function isJsonList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function deletionCostFault(value: string): string | undefined {
  const fits = /^(-\d+|0|[1-9]\d*)$/.test(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31
  return fits ? undefined : 'must be a 32-bit integer'
}

function seccompFault(value: string): string | undefined {
  if (seccompNames.has(value)) return undefined
  if (value.startsWith('localhost/')) return descendingPathFault(value.slice('localhost/'.length))
  return 'must be runtime/default, unconfined or localhost/<profile>'
}
