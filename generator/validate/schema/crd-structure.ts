// Whether a schema is structural, which the server demands of every CustomResourceDefinition.
// Follows apiextensions-apiserver/pkg/apiserver/schema/validation.go and
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { patternFault } from '../cel/library/regex.ts'
import { checkValue } from './check-value.ts'
import { completenessProblems } from './crd-completeness.ts'
import { identityProblems, wholeObjectProblems, withoutIdentity } from './crd-identity.ts'
import { listProblems } from './crd-lists.ts'
import type { Problem } from './crd-problem.ts'
import { decodeFragment } from './custom-schema.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { knowsNumberFormats, type Walk } from './walk.ts'

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
  problems.push(...wholeObjectProblems(schema, at), ...completenessProblems(schema, at))
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
  'x-kubernetes-validations',
]

function* nodeProblems(schema: YamlMap, level: Level): Generator<Problem> {
  yield* keywordProblems(schema, level)
  yield* patternProblems(schema, level)
  if (level.junction) yield* junctionProblems(schema, level)
  else yield* typeProblems(schema, level)
  if (!level.junction) yield* listProblems(schema, level.at)
  yield* childProblems(schema, level)
  if (!level.junction) yield* defaultProblems(schema, level)
}

function* keywordProblems(schema: YamlMap, { at }: Level): Generator<Problem> {
  for (const keyword of forbidden) {
    if (!isSaid(keyword, schema[keyword])) continue
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
  const hasFields = Object.keys(asMap(schema['properties'])).length > 0
  if (hasFields && schema['additionalProperties'] === false) {
    yield {
      at: `${at}/additionalProperties`,
      message: '"additionalProperties" cannot be false beside "properties"',
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

/** Whether the server sees a keyword: empty maps and lists are lost on the way, but for dependencies. */
function isSaid(keyword: string, value: YamlValue | undefined): boolean {
  return value !== undefined && (keyword === 'dependencies' || !isEmpty(value))
}

function isEmpty(value: YamlValue | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function* patternProblems({ pattern }: YamlMap, { at }: Level): Generator<Problem> {
  const fault = typeof pattern === 'string' ? patternFault(pattern) : undefined
  if (fault === undefined) return
  yield {
    at: `${at}/pattern`,
    message: `the pattern "${asString(pattern) ?? ''}" is no regular expression of Go: ${fault}`,
    help: 'Write it without what Go does not know, such as look-ahead and back references.',
  }
}

function* junctionProblems(schema: YamlMap, { at, root }: Level): Generator<Problem> {
  if (root && asMap(schema['properties'])['metadata'] !== undefined) {
    yield {
      at: `${at}/properties/metadata`,
      message: 'metadata cannot be restricted inside allOf, anyOf, oneOf and not',
      help: 'Restrict metadata.name under "properties" of the root.',
    }
  }
  for (const keyword of junctionForbidden) {
    if (schema[keyword] === undefined || schema[keyword] === false) continue
    if (keyword === 'x-kubernetes-validations' && isEmpty(schema[keyword])) continue
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
  if (schema['x-kubernetes-preserve-unknown-fields'] !== true) {
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
  if (!level.junction && (level.root || schema['x-kubernetes-embedded-resource'] === true)) {
    yield* identityProblems(schema, level.at, level.root)
  }
  for (const [name, child] of Object.entries(asMap(schema['properties']))) {
    if (isMap(child)) yield* nodeProblems(child, inside(`/properties${pointer(name)}`))
  }
  for (const name of ['items', 'additionalProperties'] as const) {
    const child = schema[name]
    if (isMap(child)) yield* nodeProblems(child, inside(`/${name}`))
  }
  yield* branchProblems(schema, level)
}

function* branchProblems(schema: YamlMap, level: Level): Generator<Problem> {
  const inside = (place: string): Level => ({ ...level, at: level.at + place, junction: true })
  if (isMap(schema['not'])) yield* nodeProblems(schema['not'], inside('/not'))
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (name === 'anyOf' && !level.junction && isNumberOrText(schema[name])) continue
    for (const [index, branch] of asList(schema[name]).entries()) {
      const plain = name === 'allOf' && index === 0 && !level.junction ? withoutNumberOrText(branch) : branch
      if (isMap(plain)) yield* nodeProblems(plain, inside(`/${name}/${index}`))
    }
  }
}

/** The one junction that may name types: exactly an integer or a text, as tools write it for an int-or-string. */
function isNumberOrText(anyOf: YamlValue | undefined): boolean {
  const types = asList(anyOf).map(branch => {
    const said = Object.entries(asMap(branch)).filter(([, value]) => value !== '' && value !== false && !isEmpty(value))
    return said.length === 1 && said[0]?.[0] === 'type' ? said[0][1] : undefined
  })
  return types.length === 2 && types[0] === 'integer' && types[1] === 'string'
}

function withoutNumberOrText(branch: YamlValue): YamlValue {
  if (!isMap(branch) || !isNumberOrText(branch['anyOf'])) return branch
  const { anyOf: _, ...rest } = branch
  return rest
}

/** A default has to fit its own schema. */
function* defaultProblems(schema: YamlMap, { at, version, root }: Level): Generator<Problem> {
  const value: YamlValue | undefined = root ? withoutIdentity(schema['default']) : schema['default']
  if (value === undefined || (value === null && schema['nullable'] === true)) return
  const walk: Walk = {
    path: [],
    findings: [],
    custom: true,
    numberFormats: knowsNumberFormats(version.version),
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
