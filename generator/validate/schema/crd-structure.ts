// Whether a schema is structural, which the server demands of every CustomResourceDefinition.
// Follows apiextensions-apiserver/pkg/apiserver/schema/validation.go and
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { checkValue } from './check-value.ts'
import { decodeFragment } from './custom-schema.ts'
import type { VersionSchemas } from './version-schemas.ts'
import type { Walk } from './walk.ts'

/** Where a definition breaks a rule, and which. */
export interface Problem {
  readonly at: string
  readonly message: string
  readonly help: string
}

interface Level {
  readonly at: string
  /** Inside allOf, anyOf, oneOf or not: only limits are allowed there. */
  readonly junction: boolean
  readonly root: boolean
  readonly version: VersionSchemas
}

/** @param at pointer of the schema inside the definition */
export function structureProblems(schema: YamlMap, at: string, version: VersionSchemas): readonly Problem[] {
  const problems = [...nodeProblems(schema, { at, junction: false, root: true, version })]
  if (schema['type'] !== undefined && schema['type'] !== 'object') {
    problems.push({
      at: `${at}/type`,
      message: 'the root of the schema has to be of type object',
      help: 'Write type: object.',
    })
  }
  return problems
}

const types: ReadonlySet<string> = new Set(['array', 'boolean', 'integer', 'number', 'object', 'string'])

/** Keywords of JSON schema that no structural schema may have. */
const forbidden = [
  '$ref',
  'definitions',
  'dependencies',
  'deprecated',
  'discriminator',
  'id',
  'patternProperties',
  'additionalItems',
  'readOnly',
  'writeOnly',
  'xml',
]

const junctionForbidden = ['type', 'description', 'title', 'default', 'nullable', 'additionalProperties']

function* nodeProblems(schema: YamlMap, level: Level): Generator<Problem> {
  yield* keywordProblems(schema, level)
  if (level.junction) yield* junctionProblems(schema, level)
  else yield* typeProblems(schema, level)
  yield* listProblems(schema, level)
  yield* childProblems(schema, level)
  if (!level.junction) yield* defaultProblems(schema, level)
}

function* keywordProblems(schema: YamlMap, { at }: Level): Generator<Problem> {
  for (const keyword of forbidden) {
    if (schema[keyword] === undefined) continue
    yield {
      at: at + pointer(keyword),
      message: `"${keyword}" is forbidden in a structural schema`,
      help: `Remove "${keyword}".`,
    }
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    yield {
      at: `${at}/x-kubernetes-preserve-unknown-fields`,
      message: 'x-kubernetes-preserve-unknown-fields cannot be false',
      help: 'Remove it: fields without a schema are dropped anyway.',
    }
  }
  if (schema['uniqueItems'] === true) {
    yield {
      at: `${at}/uniqueItems`,
      message: '"uniqueItems" cannot be true',
      help: 'Write x-kubernetes-list-type: set instead.',
    }
  }
  if (schema['additionalProperties'] === false) {
    yield {
      at: `${at}/additionalProperties`,
      message: '"additionalProperties" cannot be false',
      help: 'Remove it: unknown fields are refused anyway.',
    }
  }
  if (schema['properties'] !== undefined && isMap(schema['additionalProperties'])) {
    yield {
      at: `${at}/additionalProperties`,
      message: '"properties" and "additionalProperties" exclude each other',
      help: 'Keep one of the two.',
    }
  }
}

function* junctionProblems(schema: YamlMap, { at }: Level): Generator<Problem> {
  for (const keyword of junctionForbidden) {
    if (schema[keyword] === undefined) continue
    yield {
      at: `${at}/${keyword}`,
      message: `"${keyword}" is forbidden inside allOf, anyOf, oneOf and not`,
      help: `Move "${keyword}" to the schema outside.`,
    }
  }
}

/** An embedded object is an object, and says which fields it has unless it keeps all of them. */
function* embeddedProblems(schema: YamlMap, { at }: Level): Generator<Problem> {
  if (schema['x-kubernetes-embedded-resource'] !== true) return
  if (schema['type'] !== 'object') {
    yield { at, message: 'x-kubernetes-embedded-resource needs type object', help: 'Write type: object.' }
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true
  if (open || Object.keys(asMap(schema['properties'])).length > 0) return
  yield {
    at,
    message: 'x-kubernetes-embedded-resource needs properties or x-kubernetes-preserve-unknown-fields',
    help: 'Add x-kubernetes-preserve-unknown-fields: true, or the properties.',
  }
}

function* typeProblems(schema: YamlMap, level: Level): Generator<Problem> {
  const { type } = schema
  yield* embeddedProblems(schema, level)
  if (type !== undefined && type !== '') return yield* typedProblems(schema, type, level)
  if (schema['x-kubernetes-int-or-string'] === true) return
  if (level.root || schema['x-kubernetes-preserve-unknown-fields'] !== true) {
    yield {
      at: level.at,
      message: 'a schema has no type',
      help: 'Add "type" (or x-kubernetes-int-or-string or x-kubernetes-preserve-unknown-fields).',
    }
  }
}

function* typedProblems(schema: YamlMap, type: YamlValue, { at }: Level): Generator<Problem> {
  if (typeof type === 'string' && !types.has(type)) {
    yield {
      at: `${at}/type`,
      message: `"${type}" is not allowed here, allowed: ${[...types].join(', ')}`,
      help: 'Write one of the types.',
    }
  }
  if (type === 'array' && !isMap(schema['items']))
    yield { at, message: 'a list has no "items"', help: 'Add the schema of an entry as "items".' }
}

const listTypes: ReadonlySet<string> = new Set(['atomic', 'map', 'set'])

function* listProblems(schema: YamlMap, { at, junction }: Level): Generator<Problem> {
  const listType = schema['x-kubernetes-list-type']
  const keys = asList(schema['x-kubernetes-list-map-keys'])
  if (listType === undefined && keys.length > 0) {
    yield {
      at,
      message: 'x-kubernetes-list-map-keys needs x-kubernetes-list-type: map',
      help: 'Add x-kubernetes-list-type: map.',
    }
  }
  if (junction || listType === undefined) return
  if (typeof listType !== 'string' || !listTypes.has(listType)) {
    yield {
      at: `${at}/x-kubernetes-list-type`,
      message: `the list type is not one of ${[...listTypes].join(', ')}`,
      help: 'Write atomic, map or set.',
    }
  }
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
  for (const key of keys) {
    const field = asMap(asMap(items['properties'])[asString(key) ?? ''])
    const known = Object.keys(field).length > 0
    if (known && (required.includes(key) || field['default'] !== undefined)) continue
    yield {
      at: `${at}/x-kubernetes-list-map-keys`,
      message: `the key "${asString(key) ?? ''}" is ${known ? 'neither required nor given a default' : 'not a field of the entries'}`,
      help: 'List the key under "required" of the entries, or give it a default.',
    }
  }
}

function* childProblems(schema: YamlMap, level: Level): Generator<Problem> {
  const inside = (place: string): Level => ({ ...level, at: level.at + place, root: false })
  for (const [name, child] of Object.entries(asMap(schema['properties']))) {
    const implied = level.root && !level.junction && ['apiVersion', 'kind', 'metadata'].includes(name)
    if (isMap(child) && !implied) yield* nodeProblems(child, inside(`/properties${pointer(name)}`))
  }
  for (const name of ['items', 'additionalProperties'] as const) {
    const child = schema[name]
    if (isMap(child)) yield* nodeProblems(child, inside(`/${name}`))
  }
  yield* branchProblems(schema, inside)
}

function* branchProblems(schema: YamlMap, inside: (place: string) => Level): Generator<Problem> {
  if (isMap(schema['not'])) yield* nodeProblems(schema['not'], { ...inside('/not'), junction: true })
  // anyOf of an int-or-string is the one place where a junction may name types.
  if (schema['x-kubernetes-int-or-string'] === true) return
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const [index, branch] of asList(schema[name]).entries()) {
      if (isMap(branch)) yield* nodeProblems(branch, { ...inside(`/${name}/${index}`), junction: true })
    }
  }
}

/** A default has to fit its own schema. */
function* defaultProblems(schema: YamlMap, { at, version }: Level): Generator<Problem> {
  const value: YamlValue | undefined = schema['default']
  if (value === undefined || (value === null && schema['nullable'] === true)) return
  const walk: Walk = {
    path: [],
    findings: [],
    custom: true,
    lenient: false,
    secret: false,
    unknown: undefined,
    defaulting: true,
  }
  checkValue(decodeFragment(schema, version), value, walk)
  for (const { message, pointer: inner } of walk.findings) {
    yield {
      at: `${at}/default${inner}`,
      message: `the default does not fit its schema: ${message}`,
      help: 'Correct the default or the schema.',
    }
  }
}
