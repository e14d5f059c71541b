// How large the values of a schema can be: the bounds it declares, or what fits into the largest request.
// Follows k8s.io/apiserver/pkg/cel/common/schemas.go (SchemaDeclType) and pkg/cel/limits.go.

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../../manifest/value.ts'
import { escapeProperty } from '../property-names.ts'

/** A place in a schema that expressions can reach. */
export interface DeclaredSize {
  /** Characters, entries or properties at most; 0 for what has none of them. */
  readonly most: number
  /** Bytes of JSON at least. */
  readonly leastBytes: number
  /** Of objects with named fields, by the name that expressions use. */
  readonly fields?: ReadonlyMap<string, DeclaredSize>
  /** Of lists and maps. */
  readonly element?: DeclaredSize
  readonly isMap?: true
  /** What bounds it, or could. */
  readonly bound?: SizeBound
}

export interface SizeBound {
  /** Where it stands in an object: `.spec.ports[].name`. */
  readonly path: string
  readonly name: 'maxItems' | 'maxProperties' | 'maxLength'
  readonly isMissing: boolean
}

/** Bytes of the largest request an API server takes. */
const largestRequest = 3 * 1024 * 1024

/** How often data of at least so many bytes, and a comma, fits into a request. */
export function mostOften(leastBytes: number): number {
  return Math.floor(largestRequest / (leastBytes + 1))
}

export interface SizeOptions {
  /** The schema of a whole object. */
  readonly root: boolean
  /** The minor of Kubernetes: since 34, maxLength bounds int-or-string. */
  readonly minor: number
  readonly path?: string
}

/** Undefined where expressions cannot reach. */
export function declaredSize(schema: YamlMap, options: SizeOptions): DeclaredSize | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) return intOrString(schema, options)
  switch (schema['type']) {
    case 'array':
      return listSize(schema, options)
    case 'object':
      return isMap(schema['additionalProperties']) ? mapSize(schema, options) : objectSize(schema, options)
    case 'string':
      return stringSize(schema, options)
    case 'boolean':
      return { most: 0, leastBytes: 4 }
    case 'number':
    case 'integer':
      return { most: 0, leastBytes: 1 }
    default:
      return undefined
  }
}

function intOrString(schema: YamlMap, { minor, path }: SizeOptions): DeclaredSize {
  if (minor < 34) return { most: largestRequest - 2, leastBytes: 1 }
  const most = charactersOf(schema)
  return { most: most ?? largestRequest - 2, leastBytes: 1, ...bounded('maxLength', path, most) }
}

function listSize(schema: YamlMap, options: SizeOptions): DeclaredSize | undefined {
  const { path } = options
  const element = isMap(schema['items']) ? inner(schema['items'], options, '[]') : undefined
  if (element === undefined) return undefined
  const most = boundOf(schema, 'maxItems')
  const fitting = Math.floor((largestRequest - 2) / (element.leastBytes + 1))
  return { most: most ?? fitting, leastBytes: 2, element, ...bounded('maxItems', path, most) }
}

function mapSize(schema: YamlMap, options: SizeOptions): DeclaredSize | undefined {
  const { path } = options
  const element = inner(asMap(schema['additionalProperties']), options, '{}')
  if (element === undefined) return undefined
  const most = boundOf(schema, 'maxProperties')
  const fitting = Math.floor((largestRequest - 2) / (element.leastBytes + 6))
  return { most: most ?? fitting, leastBytes: 2, element, isMap: true, ...bounded('maxProperties', path, most) }
}

function objectSize(schema: YamlMap, options: SizeOptions): DeclaredSize {
  const properties = options.root ? withIdentity(asMap(schema['properties'])) : asMap(schema['properties'])
  const required = new Set(asList(schema['required']))
  const fields = new Map<string, DeclaredSize>()
  let leastBytes = 2
  for (const [name, value] of Object.entries(properties)) {
    const field = isMap(value) ? inner(value, options, `.${name}`) : undefined
    if (field === undefined) continue
    const escaped = escapeProperty(name)
    if (escaped !== undefined) fields.set(escaped, field)
    // The server fills in defaults: they need not be sent.
    const sent = required.has(name) && (asMap(value)['default'] ?? null) === null
    if (sent) leastBytes += Buffer.byteLength(name) + field.leastBytes + 4
  }
  return { most: 0, leastBytes, fields }
}

const text: YamlMap = { type: 'string' }
const metadata: YamlMap = { type: 'object', properties: { name: text, generateName: text } }

/** Kind, version and name can be read of every whole object; an embedded one may say more of its metadata. */
function withIdentity(properties: YamlMap): YamlMap {
  const own = asMap(properties['metadata'])
  const named = asMap(own['properties'])
  const complete =
    ['kind', 'apiVersion'].every(name => asMap(properties[name])['type'] === 'string') &&
    own['type'] === 'object' &&
    ['name', 'generateName'].every(name => asMap(named[name])['type'] === 'string')
  return complete ? properties : { ...properties, kind: text, apiVersion: text, metadata }
}

/** Bytes that the values of a format have in JSON: the fewest, and the most characters. */
const formats: Readonly<Record<string, Pick<DeclaredSize, 'most' | 'leastBytes'>>> = {
  duration: { leastBytes: 3, most: 32 },
  date: { leastBytes: 12, most: 12 },
  'date-time': { leastBytes: 21, most: 32 },
}

function stringSize(schema: YamlMap, { path }: SizeOptions): DeclaredSize {
  const format = asString(schema['format']) ?? ''
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (known !== undefined) return known
  const most = format === 'byte' ? boundOf(schema, 'maxLength') : (charactersOf(schema) ?? longestOf(schema))
  return { most: most ?? largestRequest - 2, leastBytes: 2, ...bounded('maxLength', path, most) }
}

/** A character may take four bytes, and bytes are what the server counts. */
function charactersOf(schema: YamlMap): number | undefined {
  const most = boundOf(schema, 'maxLength')
  return most === undefined ? undefined : most * 4
}

function longestOf(schema: YamlMap): number | undefined {
  const values = asList(schema['enum'])
  if (values.length === 0) return undefined
  return Math.max(0, ...values.map(value => (typeof value === 'string' ? Buffer.byteLength(value) : 0)))
}

/** A bound that the schema declares; a negative one counts as none left. */
export function boundOf(schema: YamlMap, name: SizeBound['name']): number | undefined {
  const value: YamlValue | undefined = schema[name]
  return typeof value === 'number' || typeof value === 'bigint' ? Math.max(0, Number(value)) : undefined
}

function inner(schema: YamlMap, { minor, path = '' }: SizeOptions, step: string): DeclaredSize | undefined {
  return declaredSize(schema, { minor, root: schema['x-kubernetes-embedded-resource'] === true, path: path + step })
}

function bounded(name: SizeBound['name'], path: string = '', most?: number): Pick<DeclaredSize, 'bound'> {
  return { bound: { name, path, isMissing: most === undefined } }
}
