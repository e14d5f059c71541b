// Whether a schema is structural, which the server demands of every CustomResourceDefinition.
// Follows apiextensions-apiserver/pkg/apiserver/schema/validation.go and
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { checkValue } from './check-value.ts'
import { listProblems } from './crd-lists.ts'
import type { Problem } from './crd-problem.ts'
import { decodeFragment } from './custom-schema.ts'
import type { VersionSchemas } from './version-schemas.ts'
import type { Walk } from './walk.ts'
import { jsonText } from '../../manifest/json-text.ts'

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
  '$schema',
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

const junctionForbidden = [
  'type',
  'description',
  'title',
  'default',
  'nullable',
  'additionalProperties',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields',
]

function* nodeProblems(schema: YamlMap, level: Level): Generator<Problem> {
  yield* keywordProblems(schema, level)
  if (level.junction) yield* junctionProblems(schema, level)
  else yield* typeProblems(schema, level)
  if (!level.junction) yield* listProblems(schema, level.at)
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
  if (schema['x-kubernetes-preserve-unknown-fields'] === true && schema['x-kubernetes-int-or-string'] === true) {
    yield {
      at: `${at}/x-kubernetes-preserve-unknown-fields`,
      message: 'x-kubernetes-preserve-unknown-fields and x-kubernetes-int-or-string exclude each other',
      help: 'Keep one of the two.',
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
    if (schema[keyword] === undefined || schema[keyword] === false) continue
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
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (name === 'anyOf' && isNumberOrText(schema[name])) continue
    for (const [index, branch] of asList(schema[name]).entries()) {
      const plain = name === 'allOf' && index === 0 ? withoutNumberOrText(branch) : branch
      if (isMap(plain)) yield* nodeProblems(plain, { ...inside(`/${name}/${index}`), junction: true })
    }
  }
}

/** The one junction that may name types: exactly an integer or a text, as tools write it for an int-or-string. */
function isNumberOrText(anyOf: YamlValue | undefined): boolean {
  return jsonText(anyOf) === '[{"type":"integer"},{"type":"string"}]'
}

function withoutNumberOrText(branch: YamlValue): YamlValue {
  if (!isMap(branch) || !isNumberOrText(branch['anyOf'])) return branch
  const { anyOf: _, ...rest } = branch
  return rest
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
