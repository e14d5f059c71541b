// Custom resources as the API server has them once they are read: with the defaults of their schema. Admission policies see them so.
// Follows apiextensions-apiserver/pkg/apiserver (defaulting comes with decoding, before admission).

import type { Resource } from '../../manifest/resource.ts'
import { isMap } from '../../manifest/value.ts'
import { applyDefaults } from './apply-defaults.ts'
import type { SchemaCatalog } from './catalog.ts'
import { servedKinds } from './custom-kinds.ts'

export interface StoredOptions {
  readonly catalog: SchemaCatalog
  /** The Kubernetes version that reads them. */
  readonly version: string
  /** CustomResourceDefinitions in sight; they come before committed schemas. */
  readonly crds: readonly Resource[]
}

/** A function from a resource to the resource as it is stored; built-in kinds, and those without a schema, as they are. */
export function storedResources({ catalog, version, crds }: StoredOptions): (resource: Resource) => Resource {
  const served = servedKinds(crds)
  const schemas = catalog.version(version)
  const known = new WeakMap<Resource, Resource>()
  const store = (resource: Resource): Resource => {
    const { apiVersion, kind, object } = resource
    if (schemas.kinds.has(`${apiVersion} ${kind}`)) return resource
    const node = served.find(resource, schemas)?.node ?? catalog.custom(apiVersion, kind, schemas.version)
    const filled = node === undefined ? object : applyDefaults(node, object)
    return isMap(filled) && filled !== object ? { ...resource, object: filled } : resource
  }
  return resource => {
    const stored = known.get(resource) ?? store(resource)
    known.set(resource, stored)
    return stored
  }
}
