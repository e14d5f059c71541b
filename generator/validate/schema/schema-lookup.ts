// What rules of other families ask of schemas: the schema of a kind, the kinds behind a resource's name, and objects as the API server has
// them once they are read (custom resources get their defaults with decoding, before admission: apiextensions-apiserver/pkg/apiserver).

import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { asMap, isMap } from '../../manifest/value.ts'
import { applyDefaults } from './apply-defaults.ts'
import type { SchemaCatalog } from './catalog.ts'
import { servedKinds } from './custom-kinds.ts'
import type { SchemaNode } from './schema-node.ts'
import { withoutEmptyMaps } from './without-empty-maps.ts'

export interface KindName {
  readonly apiVersion: string
  readonly kind: string
}

export interface SchemaLookup {
  /** A resource as it is stored: custom ones with their defaults, built-in ones without empty maps, those without a schema as they are. */
  readonly stored: (resource: Resource) => Resource
  readonly nodeOf: (kind: KindName) => SchemaNode | undefined
  /** The kind of an API version that the server knows by this plural. */
  readonly kindOf: (apiVersion: string, plural: string) => string | undefined
}

export interface LookupOptions {
  readonly catalog: SchemaCatalog
  /** The Kubernetes version that is asked. */
  readonly version: string
  /** CustomResourceDefinitions in sight; they come before committed schemas. */
  readonly crds: readonly Resource[]
}

export function schemaLookup({ catalog, version, crds }: LookupOptions): SchemaLookup {
  const served = servedKinds(crds)
  const schemas = catalog.version(version)
  const customNode = (kind: KindName): SchemaNode | undefined =>
    served.find(kind, schemas)?.node ?? catalog.custom(kind.apiVersion, kind.kind, schemas.version)
  const known = new WeakMap<Resource, Resource>()
  const store = (resource: Resource): Resource => {
    const { apiVersion, kind, object } = resource
    const builtin = schemas.nodeOf(`${apiVersion} ${kind}`)
    const node = builtin ?? customNode(resource)
    const filled =
      node === undefined ? object : builtin === undefined ? applyDefaults(node, object) : withoutEmptyMaps(node, object)
    return isMap(filled) && filled !== object ? { ...resource, object: filled } : resource
  }
  return {
    stored: resource => {
      const stored = known.get(resource) ?? store(resource)
      known.set(resource, stored)
      return stored
    },
    nodeOf: kind => schemas.nodeOf(`${kind.apiVersion} ${kind.kind}`) ?? customNode(kind),
    kindOf: (apiVersion, plural) => {
      const builtin = [...schemas.kinds].find(
        ([key, info]) => info.plural === plural && key.startsWith(`${apiVersion} `),
      )
      return builtin?.[0].slice(apiVersion.length + 1) ?? definedKind(crds, apiVersion, plural)
    },
  }
}

function definedKind(crds: readonly Resource[], apiVersion: string, plural: string): string | undefined {
  const spec = crds
    .map(({ object }) => asMap(object['spec']))
    .find(one => one['group'] === groupOf(apiVersion) && asMap(one['names'])['plural'] === plural)
  const versions = Array.isArray(spec?.['versions']) ? spec['versions'].map(asMap) : []
  const isServed = versions.some(one => one['served'] === true && one['name'] === versionOf(apiVersion))
  const kind = asMap(spec?.['names'])['kind']
  return isServed && typeof kind === 'string' ? kind : undefined
}
