// Reads plain data into a declared shape, as Go's JSON decoder does for kustomize: names match whatever their case, unknown names are
// refused (or skipped), a null leaves the zero value, a value of another type is refused.

import type { DiagnosticCode, SourceLocation } from '../diagnostics/diagnostic.ts'
import { hint } from '../diagnostics/suggest.ts'
import { child } from '../manifest/pointer.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { scalarText } from '../merge/mutable.ts'
import { refuse } from './build-fault.ts'

export type Shape =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'any'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: { readonly [name: string]: Shape } }

export interface DecodeOptions {
  readonly code: DiagnosticCode
  readonly at: SourceLocation
  /** Skip unknown fields instead of refusing them. */
  readonly lenient?: boolean
  /** Take numbers and booleans where text is wanted. */
  readonly coerce?: boolean
}

/** The data in the declared shape; absent where it was absent or null. The caller names the type that the shape describes. */
export function decode<T>(value: YamlValue | undefined, shape: Shape, options: DecodeOptions): T {
  return decodeAt(value, shape, options.at.pointer, options) as T
}

function decodeAt(value: YamlValue | undefined, shape: Shape, pointer: string, options: DecodeOptions): unknown {
  if (value === undefined || value === null) return undefined
  if (typeof shape === 'string') return decodeScalar(value, shape, pointer, options)
  if ('list' in shape) {
    if (!isList(value)) return mismatch(value, 'a list', pointer, options)
    return value.map((item, index) => decodeAt(item, shape.list, child(pointer, index), options) ?? zero(shape.list))
  }
  if (!isMap(value)) return mismatch(value, 'a map', pointer, options)
  if ('map' in shape) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        decodeAt(item, shape.map, child(pointer, key), options) ?? zero(shape.map),
      ]),
    )
  }
  return decodeFields(value, shape.fields, pointer, options)
}

function decodeFields(
  value: YamlMap,
  fields: { readonly [name: string]: Shape },
  pointer: string,
  options: DecodeOptions,
): unknown {
  const decoded: { [name: string]: unknown } = {}
  for (const [key, item] of inGoOrder(value)) {
    const name = fieldNamed(key, fields)
    if (name === undefined) {
      if (options.lenient !== true) unknownField(key, Object.keys(fields), child(pointer, key), options)
      continue
    }
    const result = decodeAt(item, fields[name] ?? 'any', child(pointer, key), options)
    if (result !== undefined) decoded[name] = joined(decoded[name], result)
  }
  return decoded
}

/** Spellings of one field that differ in case are read one after the other, capitals first. */
function inGoOrder(value: YamlMap): readonly (readonly [string, YamlValue | undefined])[] {
  const entries = Object.entries(value)
  const names = new Set(entries.map(([key]) => key.toLowerCase()))
  return names.size === entries.length ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** Maps are filled up; anything else is replaced. */
function joined(old: unknown, value: unknown): unknown {
  return isMap(old) && isMap(value) ? { ...old, ...value } : value
}

function fieldNamed(key: string, fields: { readonly [name: string]: Shape }): string | undefined {
  if (Object.hasOwn(fields, key)) return key
  const lower = key.toLowerCase()
  return Object.keys(fields).find(name => name.toLowerCase() === lower)
}

function decodeScalar(value: YamlValue, shape: Shape, pointer: string, options: DecodeOptions): unknown {
  if (shape === 'any') return value
  if (shape === 'string') {
    if (typeof value === 'string') return value
    if (options.coerce === true && typeof value !== 'object') return scalarText(value)
    return mismatch(value, 'text', pointer, options)
  }
  if (shape === 'boolean')
    return typeof value === 'boolean' ? value : mismatch(value, 'true or false', pointer, options)
  return typeof value === 'number' && Number.isInteger(value)
    ? value
    : mismatch(value, 'a whole number', pointer, options)
}

function zero(shape: Shape): unknown {
  if (shape === 'string') return ''
  if (typeof shape === 'object' && 'fields' in shape) return {}
  return undefined
}

function mismatch(value: YamlValue, expected: string, pointer: string, options: DecodeOptions): never {
  const found = isMap(value) ? 'a map' : isList(value) ? 'a list' : `"${scalarText(value)}"`
  return refuse(options.code, `expected ${expected}, found ${found}`, {
    at: { ...options.at, pointer },
    help: expected === 'text' && typeof value !== 'object' ? 'Put the value in quotes.' : 'Correct the value.',
  })
}

function unknownField(key: string, known: readonly string[], pointer: string, options: DecodeOptions): never {
  return refuse(options.code, `unknown field "${key}"${hint(key, known)}`, {
    at: { ...options.at, pointer, on: 'key' },
    help: 'Correct or remove the field.',
  })
}
