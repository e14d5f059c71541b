// Kubernetes data as CEL values. Under a structural schema: a byte string is bytes, a time a timestamp, a set a list whose order
// does not count, a property is found by its escaped name and has its default, and what has no schema is not there.
// Follows UnstructuredToVal of k8s.io/apiserver/pkg/cel/common/values.go, and the server's defaulting before validation.

import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { NodeType, SchemaNode } from '../schema/schema-node.ts'
import { lazyMap } from './cel-map.ts'
import { fromData } from './data.ts'
import { withKeys } from './list-semantics.ts'
import { escapeProperty, propertyOf } from './property-names.ts'
import { propertyNode } from './schema-type.ts'
import { parseDuration, parseTimestamp } from './time.ts'
import { fail, isCelMap, NotEvaluated, type CelMap, type CelValue } from './values.ts'

/**
 * @param root the value is a whole object: its kind and name can be read although no schema names them
 * @throws CelError for what does not fit its schema
 */
export function typedValue(node: SchemaNode, value: YamlValue, root = false): CelValue {
  if (value === null) return node.nullable === true ? null : misfit('a value', value)
  if (node.type === 'object') return isMap(value) ? typedMap(node, value, root) : misfit('an object', value)
  if (node.type === 'array') return isList(value) ? typedList(node, value) : misfit('a list', value)
  const scalar = scalars[node.type]
  return scalar === undefined ? fromData(value) : (scalar(value, node.format) ?? misfit(`the type ${node.type}`, value))
}

const text = (value: YamlValue, format?: string): CelValue | undefined =>
  typeof value === 'string' ? formatted(value, format) : undefined

const scalars: Partial<Readonly<Record<NodeType, (value: YamlValue, format?: string) => CelValue | undefined>>> = {
  string: text,
  quantity: text,
  integer,
  number: value => (typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined),
  boolean: value => (typeof value === 'boolean' ? value : undefined),
  'int-or-string': value => (typeof value === 'string' ? value : integer(value)),
}

function misfit(wanted: string, value: YamlValue): never {
  return fail(`invalid data, expected ${wanted}, got ${value === null ? 'null' : typeof value}`)
}

function integer(value: YamlValue): bigint | undefined {
  if (typeof value === 'bigint') return value
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined
}

const readers: Readonly<Record<string, (text: string) => CelValue | undefined>> = {
  byte: text =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
      ? new Uint8Array(Buffer.from(text, 'base64'))
      : undefined,
  date: text => (/^\d{4}-\d\d-\d\d$/.test(text) ? parseTimestamp(`${text}T00:00:00Z`) : undefined),
  'date-time': text => parseTimestamp(text.replace(' ', 'T')),
  duration: text => parseDuration(text.replaceAll(/\s+/g, '')) ?? days(text),
}

/** Beyond Go's syntax the server reads days and weeks: https://github.com/go-openapi/strfmt (duration.go). */
function days(text: string): CelValue | undefined {
  const match = /^(\d+) ?(d|days?|w|weeks?)$/.exec(text)
  if (match === null) return undefined
  return parseDuration(`${Number(match[1]) * (match[2]?.startsWith('w') === true ? 168 : 24)}h`)
}

function formatted(text: string, format = ''): CelValue {
  const reader = Object.hasOwn(readers, format) ? readers[format] : undefined
  return reader === undefined ? text : (reader(text) ?? fail(`invalid data, "${text}" is not of format ${format}`))
}

function typedList(node: SchemaNode, value: YamlList): CelValue {
  const { items } = node
  if (items === undefined) return fail('invalid data, a list without a schema of its entries')
  const list = value.map(item => typedValue(items, item))
  if (node.set === true) return withKeys(list, entry => entry)
  const names = node.keys?.names.map(name => escapeProperty(name) ?? name)
  if (names === undefined) return list
  return withKeys(list, entry => (isCelMap(entry) ? names.map(name => entry.entryOf(name)?.value ?? null) : entry))
}

function typedMap(node: SchemaNode, value: YamlMap, root: boolean): CelMap {
  const { values } = node
  if (values === undefined) return typedObject(node, value, root)
  // A null that is not allowed was dropped before validation.
  const keys = Object.keys(value).filter(
    key => value[key] !== undefined && (value[key] !== null || values.nullable === true),
  )
  return lazyMap(keys, key => typedValue(values, value[key] ?? null))
}

function typedObject(node: SchemaNode, value: YamlMap, root: boolean): CelMap {
  const read = (name: string): YamlValue | undefined => {
    const property = propertyNode(node, name, root)
    return property === undefined ? undefined : presentValue(value[name], property)
  }
  const names = (): readonly string[] => {
    const known = new Set([...Object.keys(value), ...(node.shape?.().properties.keys() ?? [])])
    return [...known].filter(name => read(name) !== undefined && escapeProperty(name) !== undefined)
  }
  return {
    get size() {
      return names().length
    },
    keys: () => names().map(name => escapeProperty(name) ?? name),
    entryOf: key => {
      const name = typeof key === 'string' ? propertyOf(key, node.shape?.().properties.keys() ?? []) : undefined
      if (name === undefined) return undefined
      const property = propertyNode(node, name, root)
      const found = read(name)
      if (property === undefined || found === undefined) return undefined
      if (name === 'metadata' && (root || node.embedded === true)) return { value: metadata(property, found) }
      return { value: typedValue(property, found) }
    },
  }
}

/** The value with its default; undefined where it is absent, as a null is in an object with named fields. */
function presentValue(value: YamlValue | undefined, property: SchemaNode): YamlValue | undefined {
  const defaulted = value === undefined || (value === null && property.nullable !== true)
  const present = defaulted ? property.defaultValue : value
  return present ?? undefined
}

/** The server makes up a generated name before it validates: nobody knows it here. */
function metadata(node: SchemaNode, value: YamlValue): CelValue {
  const known = typedValue(node, value)
  if (!isCelMap(known) || !isMap(value) || value['name'] !== undefined || value['generateName'] === undefined)
    return known
  return {
    ...known,
    entryOf: key => {
      if (key === 'name') throw new NotEvaluated('the server makes up the rest of the name')
      return known.entryOf(key)
    },
  }
}
