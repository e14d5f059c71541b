// Where rules point when they speak of an annotation.

import { pointer } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asMap, type YamlValue } from '../../manifest/value.ts'

export function annotationPlace(resource: Resource, annotation: string): Place {
  return { resource, pointer: pointer('metadata', 'annotations', annotation) }
}

/** The annotation as written, which may be no string. */
export function rawAnnotation(resource: Resource, annotation: string): YamlValue | undefined {
  return asMap(asMap(resource.object['metadata'])['annotations'])[annotation]
}
