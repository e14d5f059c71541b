// Our own schemas as JSON Schema, for kubeconform to read: both programs then hold the same objects to the same fields and types.

import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Resource } from '../../generator/manifest/resource.ts'
import type { SchemaCatalog } from '../../generator/validate/schema/catalog.ts'
import type { SchemaNode } from '../../generator/validate/schema/schema-node.ts'

type JsonSchema = Readonly<Record<string, unknown>>

/**
 * Writes a file for each kind among the objects.
 * @returns the value of kubeconform's -schema-location
 */
export function writeJsonSchemas(
  directory: string,
  resources: readonly Resource[],
  { catalog, version }: { readonly catalog: SchemaCatalog; readonly version: string },
): string {
  mkdirSync(directory, { recursive: true })
  const kinds = new Map(resources.map(resource => [`${resource.apiVersion} ${resource.kind}`, resource]))
  for (const [key, { apiVersion, kind }] of kinds) {
    const node = catalog.version(version).nodeOf(key) ?? catalog.custom(apiVersion, kind, version)
    if (node === undefined) throw new Error(`no schema for ${key}`)
    // What kubeconform calls the group of a core kind is its version.
    const [group = '', apiLevel = group] = apiVersion.split('/')
    const file = `${group}_${apiLevel}_${kind.toLowerCase()}.json`
    writeFileSync(path.join(directory, file), JSON.stringify(toJsonSchema(node)))
  }
  return path.join(directory, '{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json')
}

/** A node with everything it leads to: objects with named fields become definitions, since they refer to each other. */
export function toJsonSchema(root: SchemaNode): JsonSchema {
  const names = new Map<SchemaNode, string>()
  const definitions: Record<string, JsonSchema> = {}
  const convert = (node: SchemaNode): JsonSchema => {
    if (node.shape === undefined) return plain(node, convert)
    let name = names.get(node)
    if (name === undefined) {
      names.set(node, (name = `d${names.size}`))
      const { properties, required } = node.shape()
      definitions[name] = {
        type: 'object',
        properties: Object.fromEntries([...properties].map(([field, child]) => [field, convert(child)])),
        ...(node.open === true ? {} : { additionalProperties: false }),
        ...(required.length === 0 ? {} : { required }),
      }
    }
    return { $ref: `#/definitions/${name}` }
  }
  return { $schema: 'http://json-schema.org/draft-07/schema#', allOf: [convert(root)], definitions }
}

function plain(
  { type, items, values, enum: allowed }: SchemaNode,
  convert: (node: SchemaNode) => JsonSchema,
): JsonSchema {
  const item = items === undefined ? {} : convert(items)
  switch (type) {
    case 'any':
      return {}
    case 'object':
      return { type, ...(values === undefined ? {} : { additionalProperties: convert(values) }) }
    case 'array':
      return { type, items: item }
    case 'int-or-string':
      return { type: ['integer', 'string'] }
    case 'quantity':
      return { type: ['number', 'string'] }
    case 'boolean-or':
      return { anyOf: [{ type: 'boolean' }, item] }
    case 'list-or':
      return { anyOf: [{ type: 'array', items: item }, item] }
    case 'string':
    case 'boolean':
    case 'integer':
    case 'number':
      return { type, ...(allowed === undefined ? {} : { enum: allowed }) }
  }
}
