// The CEL type of a place in a structural schema: what rules on it may do with `self`.
// Follows SchemaDeclType of k8s.io/apiserver/pkg/cel/common/schemas.go: what has no schema cannot be reached.

import { memoized, type SchemaNode } from '../schema/schema-node.ts'
import {
  boolType,
  bytesType,
  doubleType,
  durationType,
  dynType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
  timestampType,
  type CelType,
} from './cel-type.ts'
import { propertyOf } from './property-names.ts'

/** Type of a value, by the format of its string. */
const formats: Readonly<Record<string, CelType>> = {
  byte: bytesType,
  date: timestampType,
  'date-time': timestampType,
  duration: durationType,
}

/** The parts of metadata that rules may read. */
export const metadataNode: SchemaNode = {
  type: 'object',
  shape: () => ({
    properties: new Map<string, SchemaNode>([
      ['name', { type: 'string' }],
      ['generateName', { type: 'string' }],
    ]),
    required: [],
  }),
}

/** The schema of a property as rules see it; undefined where it has none. */
export function propertyNode(node: SchemaNode, name: string, root: boolean): SchemaNode | undefined {
  if ((root || node.embedded === true) && identity.has(name)) {
    return ownMetadata(node, name) ?? identity.get(name)
  }
  return node.shape?.().properties.get(name)
}

/** An embedded object may say more of its metadata, if it says the least of it as well. */
function ownMetadata(node: SchemaNode, name: string): SchemaNode | undefined {
  if (name !== 'metadata' || node.ownMetadata === undefined) return undefined
  const properties = node.ownMetadata.shape?.().properties
  const complete = ['name', 'generateName'].every(field => properties?.get(field)?.type === 'string')
  return complete ? node.ownMetadata : undefined
}

const identity: ReadonlyMap<string, SchemaNode> = new Map<string, SchemaNode>([
  ['apiVersion', { type: 'string' }],
  ['kind', { type: 'string' }],
  ['metadata', metadataNode],
])

/**
 * @param path names the type in messages, and tells types of different places apart
 * @param root the schema of a whole object: its kind, name and so on can be read although no schema names them
 * @returns undefined where the schema says too little: no rule can be there
 */
export function schemaType(node: SchemaNode, path: string, root = false): CelType | undefined {
  return typeAt(node, { path, root })
}

/**
 * The type of a whole object in an admission policy: all of its metadata can be read. The API server cannot read amounts there; so
 * nothing is said of them here.
 */
export function publishedType(node: SchemaNode, kind: string): CelType | undefined {
  return typeAt(node, { path: kind, root: false, around: [] })
}

interface TypePlace {
  readonly path: string
  readonly root: boolean
  /** In published schemas: what a node is part of. A schema inside itself is an object without fields there. */
  readonly around?: readonly SchemaNode[]
}

// oxlint-disable-next-line complexity -- one case per type
function typeAt(node: SchemaNode, place: TypePlace): CelType | undefined {
  const { path, around } = place
  if (around?.includes(node) === true) return objectType(path, () => undefined)
  const inner = { root: false, ...(around === undefined ? {} : { around: [...around, node] }) }
  switch (node.type) {
    case 'int-or-string':
      return dynType
    case 'array': {
      const element = node.items === undefined ? undefined : typeAt(node.items, { ...inner, path: `${path}.@idx` })
      return element === undefined ? undefined : listType(element)
    }
    case 'object':
      return objectOrMap(node, place, inner)
    case 'string':
      return formats[node.format ?? ''] ?? stringType
    case 'quantity':
      return around === undefined ? stringType : dynType
    case 'boolean':
      return boolType
    case 'integer':
      return intType
    case 'number':
      return doubleType
    default:
      return undefined
  }
}

function objectOrMap(node: SchemaNode, { path, root }: TypePlace, inner: Omit<TypePlace, 'path'>): CelType | undefined {
  if (node.values !== undefined) {
    const value = typeAt(node.values, { ...inner, path: `${path}.@elem` })
    return value === undefined ? undefined : mapType(stringType, value)
  }
  const fieldOf = memoized((field: string): CelType | undefined => {
    const name = propertyOf(field, node.shape?.().properties.keys() ?? [])
    const property = name === undefined ? undefined : propertyNode(node, name, root)
    return property === undefined ? undefined : typeAt(property, { ...inner, path: `${path}.${field}` })
  })
  return objectType(path, fieldOf)
}
