// `openapi:`: merge keys from a schema file instead of the built-in ones.
// Follows kyaml/openapi/openapi.go (SetSchema, AddDefinitions).

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import {
  kubernetesDefinition,
  kubernetesSchema,
  type FieldSchema,
  type MergeSchema,
  type SchemaLookup,
} from '../merge/merge-keys.ts'
import { scalarText } from '../merge/mutable.ts'

/** The only Kubernetes release whose schema kustomize 5.8 carries. */
export const builtInVersion = 'v1.21.2'

/**
 * What has become of the built-in schema when `openapi:` brings another one: not looked at yet, in which case it is gone; wanted
 * by an object of a kind it does not have, in which case it is read after the other one; or read before it. The later one wins.
 * Follows kyaml/openapi/openapi.go (isInitSchemaNeededForNamespaceScopeCheck, initSchema, AddDefinitions).
 */
export type SchemaUse = 'unread' | 'wanted' | 'read'

const uses: readonly SchemaUse[] = ['unread', 'wanted', 'read']

export function furtherUse(one: SchemaUse, other: SchemaUse): SchemaUse {
  return uses.indexOf(one) > uses.indexOf(other) ? one : other
}

/** What loading objects makes of the built-in schema: kinds whose scope is known by heart do not need it. */
export function useOf(objects: readonly YamlMap[]): SchemaUse {
  const known = objects.every(
    ({ apiVersion, kind }) => kubernetesSchema(scalarText(apiVersion), scalarText(kind)) !== undefined,
  )
  return known ? 'unread' : 'wanted'
}

type Definitions = (name: string) => YamlMap | MergeSchema | undefined

/** Merge keys as an OpenAPI document states them, beside or without the built-in ones. */
export function schemaFrom(document: YamlValue | undefined, builtIn: SchemaUse): SchemaLookup {
  const written = asMap(asMap(document)['definitions'])
  const own = ownSchema(written, definitionsOf(written, builtIn))
  if (builtIn === 'unread') return own
  const [first, second] = builtIn === 'wanted' ? [kubernetesSchema, own] : [own, kubernetesSchema]
  return (apiVersion, kind) => first(apiVersion, kind) ?? second(apiVersion, kind)
}

function definitionsOf(written: YamlMap, builtIn: SchemaUse): Definitions {
  const own = (name: string): YamlMap | undefined => (Object.hasOwn(written, name) ? asMap(written[name]) : undefined)
  if (builtIn === 'unread') return own
  if (builtIn === 'wanted') return name => kubernetesDefinition(name) ?? own(name)
  return name => own(name) ?? kubernetesDefinition(name)
}

function ownSchema(written: YamlMap, definitions: Definitions): SchemaLookup {
  const byKind = new Map<string, YamlMap>()
  for (const definition of Object.values(written)) {
    for (const kind of asList(asMap(definition)['x-kubernetes-group-version-kind'])) {
      const { group, version, kind: name } = asMap(kind)
      const apiVersion = scalarText(group) === '' ? scalarText(version) : `${scalarText(group)}/${scalarText(version)}`
      byKind.set(`${apiVersion}/${scalarText(name)}`, asMap(definition))
    }
  }
  return (apiVersion, kind) => {
    const definition = byKind.get(`${apiVersion}/${kind}`)
    return definition === undefined ? undefined : mergeSchema(definition, definitions)
  }
}

function mergeSchema(definition: YamlMap | MergeSchema, definitions: Definitions): MergeSchema {
  if (isBuiltIn(definition)) return definition
  const properties = asMap(definition['properties'])
  const additional = definition['additionalProperties']
  return {
    field: name => {
      const property = Object.hasOwn(properties, name) ? properties[name] : additional
      return isMap(property) ? fieldSchema(property, definitions) : undefined
    },
  }
}

function isBuiltIn(definition: YamlMap | MergeSchema): definition is MergeSchema {
  return typeof definition['field'] === 'function'
}

function fieldSchema(reference: YamlMap, definitions: Definitions): FieldSchema {
  const property = resolve(reference, definitions)
  if (isBuiltIn(property)) return { value: property }
  const strategies = scalarText(property['x-kubernetes-patch-strategy']).split(',')
  const element = isMap(property['items']) ? resolve(property['items'], definitions) : property
  const value = { value: mergeSchema(element, definitions) }
  return strategies.includes('merge') ? { ...value, mergeKeys: mergeKeys(property) } : value
}

function mergeKeys(property: YamlMap): readonly string[] {
  const list = asList(property['x-kubernetes-list-map-keys']).map(scalarText)
  if (list.length > 0) return list
  const key = asString(property['x-kubernetes-patch-merge-key'])
  return key === undefined ? [] : [key]
}

/** Follows `$ref` as far as it leads; a circle ends it. */
function resolve(schema: YamlMap, definitions: Definitions): YamlMap | MergeSchema {
  let current: YamlMap | MergeSchema = schema
  for (let depth = 0; depth < 32; depth++) {
    if (isBuiltIn(current)) return current
    const reference = asString(current['$ref'])
    if (reference === undefined) return current
    current = definitions(reference.replace('#/definitions/', '')) ?? {}
  }
  return current
}
