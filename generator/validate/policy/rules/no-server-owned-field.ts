// Fields only the server writes: copied out of a cluster, they make every comparison wrong, or the apply fail.

import { pointer } from '../../../manifest/pointer.ts'
import { asMap, isMap, type YamlMap } from '../../../manifest/value.ts'
import type { Resource } from '../../../manifest/resource.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { podOf } from '../pods.ts'

const metadataFields = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]
const annotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'pv.kubernetes.io/bind-completed',
]

/** Accident class Y7: argoproj/argo-cd#14666, argoproj/argo-cd#15898. */
export const noServerOwnedField = definePolicyRule({
  code: 'policy/no-server-owned-field',
  severity: 'warning',
  summary: 'Manifests leave out what only the server writes.',
  appliesTo: isSuspect,
  *check(resource) {
    if (isMap(resource.object['status'])) {
      yield {
        at: { resource, pointer: '/status', on: 'key' },
        ...(resource.kind === 'CustomResourceDefinition' ? { severity: 'info' as const } : {}),
        message: '"status" is written by the cluster: in Git it is ignored, or shown as out of sync for ever',
        help: 'Remove it.',
      }
    }
    yield* inMetadata(resource, resource.object, '')
    const pod = podOf(resource)
    if (pod !== undefined && pod.pointer !== '') yield* inMetadata(resource, { metadata: pod.metadata }, pod.pointer)
  },
})

/** Cheap, and right for nearly all objects: most have none of the fields. */
function isSuspect(resource: Resource): boolean {
  if (resource.object['status'] !== undefined || holdsSuspect(asMap(resource.object['metadata']))) return true
  const pod = podOf(resource)
  return pod !== undefined && holdsSuspect(pod.metadata)
}

const suspects: ReadonlySet<string> = new Set(['annotations', ...metadataFields])

function holdsSuspect(metadata: YamlMap): boolean {
  for (const field in metadata) if (suspects.has(field)) return true
  return false
}

function* inMetadata(resource: Resource, holder: Resource['object'], at: string): Iterable<Finding> {
  const metadata = asMap(holder['metadata'])
  for (const field of metadataFields) {
    const value = metadata[field]
    if (value === undefined) continue
    yield {
      at: { resource, pointer: `${at}/metadata/${field}`, on: 'key' },
      ...(value === null ? { severity: 'info' as const } : {}),
      message: `"${field}" is written by the server${value === null ? ': null means nothing here' : ''}`,
      help: 'Remove it.',
    }
  }
  for (const key of annotations) {
    if (asMap(metadata['annotations'])[key] === undefined) continue
    yield {
      at: { resource, pointer: at + pointer('metadata', 'annotations', key), on: 'key' },
      message: `annotation "${key}" is written by the cluster or by kubectl`,
      help: 'Remove it.',
    }
  }
}
