// `labels:`, `commonLabels:` and `commonAnnotations:`: entries set in every map that the field specs lead to.
// Follows api/filters/labels/labels.go and api/filters/annotations/annotations.go.

import { isMap } from '../../manifest/value.ts'
import type { MutableMap } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import type { BuildResource } from '../build-resource.ts'
import { fieldSpec, visitField, type FieldSpec } from '../field-spec.ts'
import { compareText, gvkIsSelected } from '../gvk.ts'
import { requireTextKey } from '../new-key.ts'

export function setEntries(
  resources: readonly BuildResource[],
  entries: { readonly [key: string]: string } | undefined,
  fieldSpecs: readonly FieldSpec[],
): void {
  const keys = Object.keys(entries ?? {}).toSorted(compareText)
  if (keys.length === 0 || entries === undefined) return
  for (const resource of resources) setEntriesOf(resource, entries, keys, fieldSpecs)
}

function setEntriesOf(
  resource: BuildResource,
  entries: { readonly [key: string]: string },
  keys: readonly string[],
  fieldSpecs: readonly FieldSpec[],
): void {
  const { gvk } = resource
  const added = new Map<string, MutableMap[]>()
  for (const spec of fieldSpecs) {
    if (!gvkIsSelected(gvk, spec)) continue
    visitField(resource.edit(), withNotes(resource, spec), {
      create: 'map',
      visit: slot => {
        const map = slot.get() ?? null
        if (map === null) return
        if (!isMap(map))
          refuse('kustomize/field-path', `"${spec.path}" of ${resource.kind} ${resource.name} is not a map`)
        for (const key of keys) setEntry(resource, map, key, entries[key] ?? '', added)
      },
    })
  }
  for (const [key, maps] of added) resource.linked.link(key, maps, entries[key] ?? '')
}

/** Kustomize's own notes are annotations: an object that has some has annotations. */
function withNotes(resource: BuildResource, spec: FieldSpec): FieldSpec {
  if (spec.create || spec.path !== 'metadata/annotations' || !resource.hasNotes) return spec
  const { group, version, kind, path } = spec
  return fieldSpec({ group, version, kind, path, create: true })
}

function setEntry(
  resource: BuildResource,
  map: MutableMap,
  key: string,
  value: string,
  added: Map<string, MutableMap[]>,
): void {
  if (Object.hasOwn(map, key)) {
    if (added.get(key)?.includes(map) !== true) resource.linked.overwrite(map, key, value)
    return
  }
  requireTextKey(key)
  map[key] = value
  const maps = added.get(key)
  if (maps === undefined) added.set(key, [map])
  else maps.push(map)
}
