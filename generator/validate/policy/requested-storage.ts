// The claims an object makes on storage: a PersistentVolumeClaim itself, the claim templates of a StatefulSet.

import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { specOf } from './pods.ts'

export interface RequestedStorage {
  readonly name: string
  readonly spec: YamlMap
  /** Pointer of the claim's spec. */
  readonly pointer: string
}

/** Claims an object makes. */
export function requestedStorage(resource: Resource): readonly RequestedStorage[] {
  if (resource.kind === 'PersistentVolumeClaim')
    return [{ name: resource.name, spec: specOf(resource), pointer: '/spec' }]
  if (resource.kind !== 'StatefulSet') return []
  return asList(specOf(resource)['volumeClaimTemplates']).map((entry, index) => ({
    name: asString(asMap(asMap(entry)['metadata'])['name']) ?? '',
    spec: asMap(asMap(entry)['spec']),
    pointer: pointer('spec', 'volumeClaimTemplates', index, 'spec'),
  }))
}
