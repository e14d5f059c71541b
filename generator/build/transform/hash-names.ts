// Generated objects get the hash of their content into their names.
// Follows api/internal/builtins/HashTransformer.go.

import { nameHash } from '../generate/name-hash.ts'
import type { ResourceList } from '../resource-list.ts'

/** Gives generated objects the hash of their content. */
export function hashNames(resources: ResourceList): void {
  for (const resource of resources.all) {
    if (!resource.memory.needsHash) continue
    const hash = nameHash(resource.object)
    resource.rememberId()
    resource.setMetadata('name', `${resource.name}-${hash}`)
  }
  resources.identitiesChanged()
}
