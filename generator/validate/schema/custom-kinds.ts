// The kinds that CustomResourceDefinitions in the tree define: found by apiVersion and kind, decoded once per version.

import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'
import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { withoutNulls } from '../../manifest/without-nulls.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { decodeDefinedSchema } from './custom-schema.ts'
import type { SchemaNode } from './schema-node.ts'
import type { RawFinding } from './walk.ts'

export interface ServedKind {
  readonly node?: SchemaNode
  /** The definition is there, but does not serve this version. */
  readonly problem?: RawFinding
}

export interface ServedKinds {
  readonly find: (kind: Pick<Resource, 'apiVersion' | 'kind'>, version: VersionSchemas) => ServedKind | undefined
}

/** @param crds CustomResourceDefinition objects; anything else is ignored */
export function servedKinds(crds: readonly Resource[]): ServedKinds {
  const definitions = new Map<string, YamlMap>()
  for (const crd of crds) {
    const spec = withoutNulls(asMap(crd.object['spec']))
    const kind = asString(asMap(spec['names'])['kind'])
    const group = asString(spec['group'])
    if (crd.kind === 'CustomResourceDefinition' && kind !== undefined && group !== undefined)
      definitions.set(`${group} ${kind}`, spec)
  }
  const nodes = new Map<string, SchemaNode>()
  return {
    find: (resource, version) => {
      const spec = definitions.get(`${groupOf(resource.apiVersion)} ${resource.kind}`)
      if (spec === undefined) return undefined
      const served = asList(spec['versions'])
        .filter(isMap)
        .filter(entry => entry['served'] === true)
      const entry = served.find(candidate => candidate['name'] === versionOf(resource.apiVersion))
      if (entry === undefined) return { problem: notServed(resource, served) }
      const key = `${resource.apiVersion} ${resource.kind} ${version.version}`
      const node = nodes.get(key) ?? decodeDefinedSchema(asMap(asMap(entry['schema'])['openAPIV3Schema']), version)
      nodes.set(key, node)
      return { node }
    },
  }
}

function notServed(resource: Pick<Resource, 'apiVersion' | 'kind'>, served: readonly YamlMap[]): RawFinding {
  const names = served.map(entry => `${groupOf(resource.apiVersion)}/${asString(entry['name']) ?? ''}`)
  return {
    code: 'schema/unknown-kind',
    pointer: '/apiVersion',
    message: `the CustomResourceDefinition of ${resource.kind} does not serve "${resource.apiVersion}", allowed: ${names.join(', ')}`,
    help: `Write apiVersion: ${names[0] ?? 'one that is served'}.`,
  }
}
