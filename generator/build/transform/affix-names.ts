// `namePrefix:` and `nameSuffix:`.
// Follows api/internal/builtins/PrefixTransformer.go, SuffixTransformer.go and api/filters/prefix, api/filters/suffix.

import { isList, isMap } from '../../manifest/value.ts'
import { newMap } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import type { BuildResource } from '../build-resource.ts'
import { visitField, type FieldSpec } from '../field-spec.ts'
import { gvkIsSelected, type Gvk } from '../gvk.ts'
import type { ResourceList } from '../resource-list.ts'
import { setUntyped, slotText } from '../untyped-text.ts'

export interface AffixOptions {
  readonly side: 'prefix' | 'suffix'
  readonly text: string
  readonly fieldSpecs: readonly FieldSpec[]
}

/** Kinds whose names mean something to the cluster: they keep them. */
const skipped: readonly Gvk[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
]

export function affixNames(resources: ResourceList, options: AffixOptions): void {
  for (const resource of resources.all) {
    const original = resource.originalId
    if (skipped.some(gvk => gvkIsSelected(original, gvk))) continue
    for (const spec of options.fieldSpecs) {
      if (gvkIsSelected(original, spec)) affixField(resource, spec, options)
    }
  }
  resources.identitiesChanged()
}

function affixField(resource: BuildResource, spec: FieldSpec, { side, text }: AffixOptions): void {
  if (spec.path === 'metadata/name' && text !== '') {
    const list = side === 'prefix' ? 'prefixes' : 'suffixes'
    resource.memory[list] = [...resource.memory[list], text]
    resource.rememberId()
    resource.edit()['metadata'] ??= newMap()
  }
  if (!gvkIsSelected(resource.gvk, spec)) return
  visitField(resource.edit(), spec, {
    create: 'scalar',
    visit: slot => {
      const value = slot.get()
      if (isMap(value) || isList(value)) {
        refuse('kustomize/field-path', `"${spec.path}" holds a map or list, a ${side} needs text`)
      }
      const written = slotText(slot)
      setUntyped(slot, side === 'prefix' ? text + written : written + text, 'remember')
    },
  })
}
