// `replicas:`: the replica count of a workload, by name.
// Follows api/internal/builtins/ReplicaCountTransformer.go and api/filters/replicacount/replicacount.go.

import { isList, isMap } from '../../manifest/value.ts'
import { refuse } from '../build-fault.ts'
import { visitField, type FieldSpec } from '../field-spec.ts'
import { gvkIsSelected } from '../gvk.ts'
import type { ReplicaArgs } from '../kustomization-file.ts'
import type { ResourceList } from '../resource-list.ts'
import { setWholeNumber } from '../untyped-text.ts'

export function setReplicas(resources: ResourceList, replica: ReplicaArgs, fieldSpecs: readonly FieldSpec[]): void {
  const { name = '', count = 0 } = replica
  let found = false
  for (const spec of fieldSpecs) {
    const matching = resources.all.filter(
      resource => !resource.isRemoved && resource.allIds.some(id => id.name === name && gvkIsSelected(id, spec)),
    )
    for (const resource of matching) {
      found = true
      if (!gvkIsSelected(resource.gvk, spec)) continue
      visitField(resource.edit(), spec, {
        create: 'scalar',
        visit: slot => {
          const value = slot.get()
          if (isMap(value) || isList(value))
            refuse('kustomize/field-path', `"${spec.path}" holds a map or list, a count is a number`)
          setWholeNumber(slot, count)
        },
      })
    }
  }
  if (!found) {
    refuse('kustomize/replicas-target', `no workload is called "${name}"`, {
      help: 'Correct the name, or remove the entry of "replicas".',
    })
  }
}
