// What a definition's schema may say of the fields that every object has: apiVersion, kind and metadata.
// Follows apiextensions-apiserver/pkg/apiserver/schema/validation.go (validateStructuralMetadataInvariants) and
// pkg/apis/apiextensions/validation/validation.go; each refusal was seen from an API server of 1.34.

import { pointer } from '../../manifest/pointer.ts'
import { asMap, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { Problem } from './crd-problem.ts'

const types: Readonly<Record<string, string>> = { apiVersion: 'string', kind: 'string', metadata: 'object' }
const names: ReadonlySet<string> = new Set(['name', 'generateName'])
/** All that may stand in the schema of an object's own metadata. */
const saidOfMetadata: ReadonlySet<string> = new Set(['type', 'properties', 'example'])

/**
 * @param schema of an object, or of one embedded in another
 * @param root whether it is the whole object: the server fills in what it does not say
 */
export function* identityProblems(schema: YamlMap, at: string, root: boolean): Generator<Problem> {
  const properties = asMap(schema['properties'])
  for (const [name, type] of Object.entries(types)) {
    const field = properties[name]
    const place = `${at}/properties/${name}`
    if (!isMap(field)) continue
    if (field['type'] !== type) {
      yield { at: place, message: `${name} of an object has to be of type ${type}`, help: `Write type: ${type}.` }
    }
    if (!root) continue
    if (name === 'metadata') yield* metadataProblems(field, place)
    yield* defaultProblems(name === 'metadata' ? [field, ...Object.values(asMap(field['properties']))] : [field], place)
  }
}

/** What a whole object cannot be. */
export function* wholeObjectProblems(schema: YamlMap, at: string): Generator<Problem> {
  const other = schema['additionalProperties']
  if (schema['nullable'] === true) {
    yield { at: `${at}/nullable`, message: 'an object cannot be null as a whole', help: 'Remove nullable.' }
  }
  if (other !== undefined) {
    yield {
      at: `${at}/additionalProperties`,
      message: '"additionalProperties" cannot be used at the root of the schema',
      help: 'Write x-kubernetes-preserve-unknown-fields: true where any field is meant.',
    }
  }
  const fallback = schema['default']
  if (!isMap(fallback)) return
  for (const key of ['apiVersion', 'kind']) {
    if (fallback[key] !== undefined) continue
    yield {
      at: `${at}/default`,
      message: `the default of a whole object has no ${key}`,
      help: `Add ${key}, or give fields their own defaults.`,
    }
  }
}

/** A default of a whole object without the fields that its schema need not say. */
export function withoutIdentity(value: YamlValue | undefined): YamlValue | undefined {
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(types, key)))
}

/** Only names can be restricted; the rest of metadata is the server's. */
function* metadataProblems(metadata: YamlMap, at: string): Generator<Problem> {
  const other = Object.entries(metadata).find(([key, value]) => !saidOfMetadata.has(key) && says(value))?.[0]
  const property = Object.keys(asMap(metadata['properties'])).find(key => !names.has(key))
  if (other === undefined && property === undefined) return
  yield {
    at: at + (other === undefined ? pointer('properties', property ?? '') : pointer(other)),
    message: `"${other ?? property}" cannot be said of metadata: only name and generateName can be restricted`,
    help: 'Write metadata: {type: object}.',
  }
}

function* defaultProblems(fields: readonly (YamlValue | undefined)[], at: string): Generator<Problem> {
  if (!fields.some(field => says(asMap(field)['default']))) return
  yield { at, message: 'what identifies an object has no default', help: 'Remove the default.' }
}

function says(value: YamlValue | undefined): boolean {
  if (value === undefined || value === null || value === false) return false
  return isList(value) ? value.length > 0 : true
}
