// Schemas of custom resources: the structural schema of a CustomResourceDefinition, or the same thing committed under
// schemas/crds/, decoded to the interpreter's nodes.
// Follows apiextensions-apiserver/pkg/apiserver/schema (structural schemas, pruning, nullable, embedded resources).

import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { withBranchRules } from './branch-rules.ts'
import { decodeExpression } from './expression.ts'
import {
  lazy,
  type Constraints,
  type Junctions,
  type NodeType,
  type SchemaNode,
  type Shape,
  type ValidationRule,
} from './schema-node.ts'

/** A file of schemas/crds/. */
export interface CustomFile {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  readonly scope: 'Namespaced' | 'Cluster'
  /** The package that a bundled schema was made from; absent where it was made from a definition. */
  readonly source?: string
  /** The schema of the object; nested schemas may be type expressions. */
  readonly schema: RawSchema
  /** What `#Name` and `{"$ref":"#Name"}` in the schema stand for. */
  readonly definitions?: Readonly<Record<string, RawSchema>>
}

/** A JSON schema as CustomResourceDefinitions spell it, or a type expression. */
export type RawSchema = YamlValue

interface Context {
  readonly version: VersionSchemas
  /** Absent in definitions of a tree, where the server knows neither references nor type expressions: they are findings. */
  readonly reference?: (name: string) => SchemaNode
  /** Inside allOf, anyOf, oneOf and not: nothing is unknown there. */
  readonly open: boolean
}

/** A committed file's text; undefined where there is no file. */
export function parseCustomFile(text: string | undefined): CustomFile | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as CustomFile)
}

/** The node of a whole custom object by a committed schema, its metadata checked as the version's ObjectMeta. */
export function decodeCustomSchema(
  { schema, definitions = {} }: Pick<CustomFile, 'schema' | 'definitions'>,
  version: VersionSchemas,
): SchemaNode {
  const known = new Map<string, SchemaNode>()
  const reference = (name: string): SchemaNode => {
    const found = known.get(name)
    if (found !== undefined) return found
    if (definitions[name] === undefined) return version.definition(name)
    const node = decode(definitions[name], context)
    known.set(name, node)
    return node
  }
  const context: Context = { version, reference, open: false }
  const node = withIdentity(decode(schema, context), version)
  return mentionsRules(schema) || mentionsRules(definitions) ? { ...node, ruled: true } : node
}

/** The same by a schema that stands in a CustomResourceDefinition. */
export function decodeDefinedSchema(schema: RawSchema, version: VersionSchemas): SchemaNode {
  const node = withIdentity(decode(schema, { version, open: false }), version)
  return mentionsRules(schema) ? { ...node, ruled: true } : node
}

/** Told from the raw schema, so that large schemas without rules need not be decoded to find none. */
function mentionsRules(raw: RawSchema | Readonly<Record<string, RawSchema>>): boolean {
  if (typeof raw !== 'object' || raw === null) return false
  return (
    (isMap(raw) && raw['x-kubernetes-validations'] !== undefined) ||
    Object.values(raw).some(part => mentionsRules(part as RawSchema))
  )
}

/** A part of a definition's schema, to check a default against. */
export function decodeFragment(schema: RawSchema, version: VersionSchemas): SchemaNode {
  return decode(schema, { version, open: false })
}

/** Adds apiVersion, kind and metadata to the fields of an object: they are checked as in every Kubernetes object. */
function withIdentity(node: SchemaNode, version: VersionSchemas): SchemaNode {
  if (node.type !== 'object') return node
  return {
    ...node,
    shape: lazy((): Shape => {
      const own = node.shape?.()
      const properties = new Map(own?.properties)
      properties.set('apiVersion', { type: 'string' })
      properties.set('kind', { type: 'string' })
      properties.set('metadata', version.definition('V1ObjectMeta'))
      return { properties, required: own?.required ?? [] }
    }),
  }
}

function decode(raw: RawSchema | undefined, context: Context): SchemaNode {
  const { reference } = context
  if (typeof raw === 'string' && reference !== undefined) return decodeExpression(raw, reference)
  if (!isMap(raw)) return { type: 'any' }
  if (typeof raw['$ref'] === 'string') return reference?.(raw['$ref'].replace(/^#/, '')) ?? { type: 'any' }
  const node = decodeOwn(isList(raw['allOf']) ? withBranchRules(raw) : raw, context)
  return node.embedded === true ? withEmbeddedIdentity(node, raw, context) : node
}

function withEmbeddedIdentity(node: SchemaNode, raw: YamlMap, context: Context): SchemaNode {
  const whole = withIdentity(node, context.version)
  const metadata = isMap(raw['properties']) ? raw['properties']['metadata'] : undefined
  return {
    ...whole,
    ...(metadata === undefined ? {} : { ownMetadata: decode(metadata, context) }),
    shape: lazy((): Shape => {
      const { properties, required } = whole.shape?.() ?? { properties: new Map(), required: [] }
      return { properties, required: [...new Set([...required, 'apiVersion', 'kind'])] }
    }),
  }
}

function decodeOwn(raw: YamlMap, context: Context): SchemaNode {
  const type = typeOf(raw)
  const node = {
    type,
    ...shapeOf(raw, type, context),
    ...listOf(raw, context),
    ...defined(
      'enum',
      Array.isArray(raw['enum']) && raw['enum'].length > 0 ? (raw['enum'] as readonly YamlValue[]) : undefined,
    ),
    ...defined('format', typeof raw['format'] === 'string' ? raw['format'] : undefined),
    ...flag('nullable', raw['nullable']),
    ...flag('embedded', raw['x-kubernetes-embedded-resource']),
    ...defined('defaultValue', raw['default']),
    ...defined('constraints', constraintsOf(raw)),
    ...defined('junctions', junctionsOf(raw, context)),
    ...defined('rules', rulesOf(raw)),
  }
  return node
}

const types: ReadonlySet<string> = new Set([
  'object',
  'array',
  'string',
  'boolean',
  'integer',
  'number',
  'quantity',
  'any',
])

function typeOf(raw: YamlMap): NodeType {
  if (raw['x-kubernetes-int-or-string'] === true) return 'int-or-string'
  const type = raw['type']
  if (typeof type === 'string' && types.has(type)) return type as NodeType
  if (raw['properties'] !== undefined || raw['additionalProperties'] !== undefined) return 'object'
  return raw['items'] === undefined ? 'any' : 'array'
}

function shapeOf(raw: YamlMap, type: NodeType, context: Context): Partial<SchemaNode> {
  if (type !== 'object' && raw['required'] === undefined) return {}
  const additional = raw['additionalProperties']
  const open = context.open || raw['x-kubernetes-preserve-unknown-fields'] === true || additional === true
  return {
    ...(open ? { open } : {}),
    ...(isMap(additional) || typeof additional === 'string' ? { values: decode(additional, context) } : {}),
    shape: lazy((): Shape => {
      const properties = new Map<string, SchemaNode>()
      const fields = raw['properties']
      if (isMap(fields))
        for (const [name, schema] of Object.entries(fields)) properties.set(name, decode(schema, context))
      const required = Array.isArray(raw['required']) ? raw['required'].filter(name => typeof name === 'string') : []
      return { properties, required }
    }),
  }
}

function listOf(raw: YamlMap, context: Context): Partial<SchemaNode> {
  if (raw['items'] === undefined) return {}
  const keys = raw['x-kubernetes-list-map-keys']
  const names = Array.isArray(keys) ? keys.filter(key => typeof key === 'string') : []
  return {
    items: decode(raw['items'], context),
    ...(raw['x-kubernetes-list-type'] === 'map' ? { keys: { names, tolerated: false } } : {}),
    ...(raw['x-kubernetes-list-type'] === 'set' ? { set: true } : {}),
  }
}

const constraintNames: readonly (keyof Constraints)[] = [
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]

function constraintsOf(raw: YamlMap): Constraints | undefined {
  const found = constraintNames.filter(name => raw[name] !== undefined && raw[name] !== null)
  if (found.length === 0) return undefined
  return Object.fromEntries(found.map(name => [name, raw[name]])) as Constraints
}

function junctionsOf(raw: YamlMap, context: Context): Junctions | undefined {
  const inner: Context = { ...context, open: true }
  const list = (name: 'allOf' | 'anyOf' | 'oneOf'): Partial<Junctions> => {
    const branches = raw[name]
    return Array.isArray(branches) ? { [name]: branches.map(branch => decode(branch as RawSchema, inner)) } : {}
  }
  const not = raw['not']
  const junctions = {
    ...list('allOf'),
    ...(raw['x-kubernetes-int-or-string'] === true ? {} : list('anyOf')),
    ...list('oneOf'),
    ...(isMap(not) ? { not: decode(not, inner) } : {}),
  }
  return Object.keys(junctions).length === 0 ? undefined : junctions
}

function rulesOf(raw: YamlMap): readonly ValidationRule[] | undefined {
  const rules = raw['x-kubernetes-validations']
  if (!Array.isArray(rules)) return undefined
  return rules.filter(rule => isMap(rule) && typeof rule['rule'] === 'string') as unknown as readonly ValidationRule[]
}

function defined<K extends keyof SchemaNode>(name: K, value: SchemaNode[K] | undefined): Partial<SchemaNode> {
  return value === undefined ? {} : { [name]: value }
}

function flag<K extends keyof SchemaNode>(name: K, value: unknown): Partial<SchemaNode> {
  return value === true ? { [name]: true } : {}
}
