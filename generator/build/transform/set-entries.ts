// `labels:`, `commonLabels:` and `commonAnnotations:`: entries set in every map that the field specs lead to.
// Follows api/filters/labels/labels.go and api/filters/annotations/annotations.go.

import { isMap } from '../../manifest/value.ts'
import { refuse } from '../build-fault.ts'
import type { BuildResource } from '../build-resource.ts'
import { visitField, type FieldSpec } from '../field-spec.ts'
import { compareText, gvkIsSelected } from '../gvk.ts'

export function setEntries(
  resources: readonly BuildResource[],
  entries: { readonly [key: string]: string } | undefined,
  fieldSpecs: readonly FieldSpec[],
): void {
  const keys = Object.keys(entries ?? {}).toSorted(compareText)
  if (keys.length === 0 || entries === undefined) return
  for (const resource of resources) {
    const { gvk } = resource
    for (const spec of fieldSpecs) {
      if (!gvkIsSelected(gvk, spec)) continue
      visitField(resource.edit(), spec, {
        create: 'map',
        visit: slot => {
          const map = slot.get() ?? null
          if (map === null) return
          if (!isMap(map))
            refuse('kustomize/field-path', `"${spec.path}" of ${resource.kind} ${resource.name} is not a map`)
          for (const key of keys) map[key] = entries[key]
        },
      })
    }
  }
}
