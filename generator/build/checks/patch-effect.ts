// One patch and one object it was applied to, as the checks of patches see it.

import type { ResourceReference, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { child } from '../../manifest/pointer.ts'
import { asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { scalarText } from '../../merge/mutable.ts'

export interface PatchEffect {
  readonly before: YamlMap
  /** Absent where the patch removed the object. */
  readonly after?: YamlMap
  readonly resource: ResourceReference
  readonly at: SourceLocation
  /** The patch, when it is a strategic merge. */
  readonly patch?: YamlMap
  /** The patch is text inside a field: places within it cannot be pointed at. */
  readonly inline?: boolean
}

/** A place inside the patch. */
export function placeOf({ at, inline }: PatchEffect, path: readonly (string | number)[]): SourceLocation {
  return inline === true ? at : { ...at, pointer: child(at.pointer, ...path) }
}

/** The name of a list's element: its own, or that of its metadata. */
export function nameOf(element: YamlValue | undefined): string | undefined {
  if (!isMap(element)) return undefined
  const name = element['name'] ?? asMap(element['metadata'])['name']
  return name === undefined || name === null ? undefined : scalarText(name)
}
