// `openapi:`: merge keys from a schema file instead of the built-in ones.
// Follows kyaml/openapi/openapi.go (SetSchema, AddDefinitions).

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import type { FieldSchema, MergeSchema, SchemaLookup } from '../merge/merge-keys.ts'
import { scalarText } from '../merge/mutable.ts'

/** The only Kubernetes release whose schema kustomize 5.8 carries. */
export const builtInVersion = 'v1.21.2'

/** Merge keys as an OpenAPI document states them. */
export function schemaFrom(document: YamlValue | undefined): SchemaLookup {
  const definitions = asMap(asMap(document)['definitions'])
  const byKind = new Map<string, YamlMap>()
  for (const definition of Object.values(definitions)) {
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

function mergeSchema(definition: YamlMap, definitions: YamlMap): MergeSchema {
  const properties = asMap(definition['properties'])
  const additional = definition['additionalProperties']
  return {
    field: name => {
      const property = Object.hasOwn(properties, name) ? properties[name] : additional
      return isMap(property) ? fieldSchema(resolve(property, definitions), definitions) : undefined
    },
  }
}

function fieldSchema(property: YamlMap, definitions: YamlMap): FieldSchema {
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
function resolve(schema: YamlMap, definitions: YamlMap): YamlMap {
  let current = schema
  for (let depth = 0; depth < 32; depth++) {
    const reference = asString(current['$ref'])
    if (reference === undefined) return current
    current = asMap(definitions[reference.replace('#/definitions/', '')])
  }
  return current
}
