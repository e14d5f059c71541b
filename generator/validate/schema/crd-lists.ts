// The list and map types of a definition's schema: what a merge goes by.
// Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go; each refusal was seen from an API server of 1.34.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { Problem } from './crd-problem.ts'

const listTypes: ReadonlySet<string> = new Set(['atomic', 'map', 'set'])

/** `x-kubernetes-list-type`, its keys, and `x-kubernetes-map-type`. */
export function* listProblems(schema: YamlMap, at: string): Generator<Problem> {
  yield* mapTypeProblems(schema, at)
  const listType = schema['x-kubernetes-list-type']
  const keys = asList(schema['x-kubernetes-list-map-keys'])
  if (listType !== 'map' && keys.length > 0) {
    yield {
      at: listType === undefined ? at : `${at}/x-kubernetes-list-type`,
      message: 'x-kubernetes-list-map-keys needs x-kubernetes-list-type: map',
      help: 'Add x-kubernetes-list-type: map.',
    }
  }
  if (listType === undefined) return
  yield* shapeProblems(schema, at)
  if (typeof listType !== 'string' || !listTypes.has(listType)) {
    yield {
      at: `${at}/x-kubernetes-list-type`,
      message: `the list type is not one of ${[...listTypes].join(', ')}`,
      help: 'Write atomic, map or set.',
    }
  }
  if (listType === 'set') yield* setProblems(asMap(schema['items']), at)
  if (listType === 'map') yield* keyProblems(asMap(schema['items']), keys, at)
  if (listType !== 'atomic' && asMap(schema['items'])['nullable'] === true) {
    yield {
      at: `${at}/items/nullable`,
      message: `the entries of a list of type ${asString(listType) ?? ''} cannot be null`,
      help: 'Remove nullable.',
    }
  }
}

function* keyProblems(items: YamlMap, keys: readonly YamlValue[], at: string): Generator<Problem> {
  if (keys.length === 0)
    yield { at, message: 'a list of type map has no keys', help: 'Add x-kubernetes-list-map-keys.' }
  const required = asList(items['required'])
  if (items['type'] !== 'object') {
    yield {
      at: `${at}/items`,
      message: 'the entries of a list of type map are of type object',
      help: 'Write type: object.',
    }
  }
  if (new Set(keys).size < keys.length) {
    yield { at: `${at}/x-kubernetes-list-map-keys`, message: 'a key is listed twice', help: 'Keep one of the two.' }
  }
  for (const key of keys) {
    const field = asMap(asMap(items['properties'])[asString(key) ?? ''])
    const known = Object.keys(field).length > 0
    yield* keyFieldProblems(field, `${at}/items/properties${pointer(asString(key) ?? '')}`)
    if (known && (required.includes(key) || field['default'] !== undefined)) continue
    yield {
      at: `${at}/x-kubernetes-list-map-keys`,
      message: `the key "${asString(key) ?? ''}" is ${known ? 'neither required nor given a default' : 'not a field of the entries'}`,
      help: 'List the key under "required" of the entries, or give it a default.',
    }
  }
}

/** Keys are texts, numbers and booleans, and always there. */
function* keyFieldProblems({ type, nullable }: YamlMap, at: string): Generator<Problem> {
  if (type === 'object' || type === 'array') {
    yield {
      at: `${at}/type`,
      message: `a key cannot be of type ${type}`,
      help: 'Choose keys that are texts, numbers or booleans.',
    }
  }
  if (nullable === true) yield { at: `${at}/nullable`, message: 'a key cannot be null', help: 'Remove nullable.' }
}

function* shapeProblems(schema: YamlMap, at: string): Generator<Problem> {
  if (schema['type'] === 'array') return
  yield { at, message: 'x-kubernetes-list-type needs type array', help: 'Write type: array, or remove the list type.' }
}

function* mapTypeProblems(schema: YamlMap, at: string): Generator<Problem> {
  const mapType = schema['x-kubernetes-map-type']
  if (mapType === undefined) return
  if (schema['type'] !== 'object') {
    yield {
      at,
      message: 'x-kubernetes-map-type needs type object',
      help: 'Write type: object, or remove the map type.',
    }
  }
  if (mapType === 'atomic' || mapType === 'granular') return
  yield {
    at: `${at}/x-kubernetes-map-type`,
    message: 'the map type is neither atomic nor granular',
    help: 'Write atomic or granular.',
  }
}

/** The entries of a set are compared as a whole. */
function* setProblems(items: YamlMap, at: string): Generator<Problem> {
  const wanted = { object: 'x-kubernetes-map-type', array: 'x-kubernetes-list-type' }[asString(items['type']) ?? '']
  if (wanted === undefined || items[wanted] === 'atomic') return
  // Lists are atomic where nothing is said.
  if (items['type'] === 'array' && items[wanted] === undefined) return
  yield {
    at: `${at}/items`,
    message: `the entries of a set need ${wanted}: atomic`,
    help: `Add ${wanted}: atomic, or use another list type.`,
  }
}
