// A custom resource as the rules of its schema see it: typed by the schema, with its defaults filled in, field names escaped.
// Follows apiextensions-apiserver/pkg/apiserver/schema/cel and k8s.io/apiserver/pkg/cel/common/values.go.

import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { lazyMap } from '../cel/cel-map.ts'
import { fromData } from '../cel/data.ts'
import { parseDuration, parseTimestamp } from '../cel/time.ts'
import type { CelValue } from '../cel/values.ts'
import type { SchemaNode } from './schema-node.ts'

/** The value of `self` for a place of an object. */
export function schemaValue(node: SchemaNode, value: YamlValue): CelValue {
  if (value === null) return null
  if (isMap(value)) return node.type === 'object' ? objectValue(node, value) : fromData(value)
  if (isList(value))
    return value.map(entry => (node.items === undefined ? fromData(entry) : schemaValue(node.items, entry)))
  if (typeof value === 'string') return stringValue(node.format, value)
  return node.type === 'number' && typeof value !== 'boolean' ? Number(value) : fromData(value)
}

/** An object has the fields its schema names; a map has whatever keys it has. */
function objectValue({ shape, values }: SchemaNode, map: YamlMap): CelValue {
  if (values !== undefined) return lazyMap(presentKeys(map), key => schemaValue(values, map[key] ?? null))
  const properties = shape?.().properties ?? new Map<string, SchemaNode>()
  const fields = new Map<string, string>()
  for (const [name, field] of properties) {
    if (isPresent(map[name], field)) fields.set(escapeField(name), name)
  }
  return lazyMap([...fields.keys()], escaped => {
    const name = fields.get(escaped) ?? ''
    const field = properties.get(name)
    return field === undefined ? null : schemaValue(field, map[name] ?? field.defaultValue ?? null)
  })
}

/** The server drops null where it is not allowed, and fills in defaults, before it looks at rules. */
function isPresent(value: YamlValue | undefined, field: SchemaNode): boolean {
  if (value !== undefined && value !== null) return true
  return field.defaultValue !== undefined || (value === null && field.nullable === true)
}

function presentKeys(map: YamlMap): readonly string[] {
  return Object.keys(map).filter(key => map[key] !== undefined && map[key] !== null)
}

function stringValue(format: string | undefined, value: string): CelValue {
  switch (format) {
    case 'byte':
      return Uint8Array.from(atob(value), character => character.charCodeAt(0))
    case 'date-time':
      return parseTimestamp(value) ?? value
    case 'date':
      return parseTimestamp(`${value}T00:00:00Z`) ?? value
    case 'duration':
      return parseDuration(value) ?? value
    default:
      return value
  }
}

const reserved: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

/** How a rule writes a field whose name is no identifier: `__namespace__`, `x__dash__y`. */
function escapeField(name: string): string {
  if (reserved.has(name)) return `__${name}__`
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__')
}
