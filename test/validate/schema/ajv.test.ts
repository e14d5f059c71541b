// The interpreter against ajv, an implementation that has nothing in common with it: same schema, same value, same verdict.

import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMap, type YamlMap, type YamlValue } from '../../../generator/manifest/value.ts'
import { checkValue } from '../../../generator/validate/schema/check-value.ts'
import { decodeFragment, type RawSchema } from '../../../generator/validate/schema/custom-schema.ts'
import { fitsInteger, formatProblem, isQuantity } from '../../../generator/validate/schema/formats.ts'
import type { SchemaNode } from '../../../generator/validate/schema/schema-node.ts'
import type { Walk } from '../../../generator/validate/schema/walk.ts'
import { committedCatalog } from './committed-catalog.ts'

const version = committedCatalog().version('1.36')

function accepts(node: SchemaNode, value: YamlValue, custom: boolean): boolean {
  const walk: Walk = { path: [], findings: [], custom, lenient: false, secret: false, unknown: undefined }
  checkValue(node, value, walk)
  return walk.findings.length === 0
}

/** What the server does before it validates. */
function withoutNullFields(value: YamlValue): YamlValue {
  if (Array.isArray(value)) return value.map(entry => withoutNullFields(entry as YamlValue))
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) =>
      child === null || child === undefined ? [] : [[key, withoutNullFields(child)]],
    ),
  )
}

const names = fc.constantFrom('a', 'b', 'c', 'd')

/** Structural schemas as a CustomResourceDefinition may have them. */
const { schema: schemas } = fc.letrec<{ schema: YamlMap }>(tie => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    fc.record({ type: fc.constant('boolean') }),
    fc.record(
      {
        type: fc.constant('integer'),
        minimum: fc.integer({ min: -3, max: 3 }),
        maximum: fc.integer({ min: 0, max: 9 }),
        exclusiveMaximum: fc.boolean(),
        multipleOf: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant('number'), minimum: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: ['type'] }),
    fc.record(
      {
        type: fc.constant('string'),
        minLength: fc.nat(2),
        maxLength: fc.integer({ min: 1, max: 4 }),
        pattern: fc.constantFrom('^a', 'b+$', '[a-c]'),
        enum: fc.uniqueArray(fc.constantFrom('a', 'ab', 'abc', ''), { minLength: 1 }),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('array'),
        items: tie('schema'),
        minItems: fc.nat(1),
        maxItems: fc.integer({ min: 1, max: 3 }),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ['type', 'items'] },
    ),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('schema') }),
    fc
      .record(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(names, tie('schema'), { noNullPrototype: true }),
          required: fc.uniqueArray(names, { maxLength: 2 }),
          maxProperties: fc.integer({ min: 1, max: 3 }),
          'x-kubernetes-preserve-unknown-fields': fc.boolean(),
          anyOf: fc.array(fc.record({ required: fc.uniqueArray(names, { minLength: 1, maxLength: 1 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
          oneOf: fc.array(fc.record({ required: fc.uniqueArray(names, { minLength: 1, maxLength: 1 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
          not: fc.record({ required: fc.uniqueArray(names, { minLength: 1, maxLength: 2 }) }),
        },
        { requiredKeys: ['type', 'properties'] },
      )
      .map(schema => schema as YamlMap),
  ) as fc.Arbitrary<YamlMap>,
}))

const values: fc.Arbitrary<YamlValue> = fc.letrec<{ value: YamlValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.boolean(),
    fc.integer({ min: -4, max: 10 }),
    fc.constantFrom(0.5, 1.5),
    fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'bb', 'zzzzz'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      names,
      fc.oneof({ weight: 9, arbitrary: tie('value') }, { weight: 1, arbitrary: fc.constant(null) }),
      {
        noNullPrototype: true,
      },
    ),
  ) as fc.Arbitrary<YamlValue>,
})).value

/** The same schema as ajv wants it: draft 7, unknown fields spelt out as forbidden. */
function toAjv(schema: YamlMap, inJunction = false): Record<string, unknown> {
  const result: Record<string, unknown> = { ...schema }
  delete result['x-kubernetes-preserve-unknown-fields']
  if (result['exclusiveMaximum'] === true) {
    // Without a maximum the boolean means nothing.
    if (result['maximum'] === undefined) delete result['exclusiveMaximum']
    else {
      result['exclusiveMaximum'] = result['maximum']
      delete result['maximum']
    }
  } else delete result['exclusiveMaximum']
  if (isMap(schema['items'])) result['items'] = toAjv(schema['items'])
  if (isMap(schema['additionalProperties'])) result['additionalProperties'] = toAjv(schema['additionalProperties'])
  if (isMap(schema['properties'])) {
    result['properties'] = Object.fromEntries(
      Object.entries(schema['properties']).map(([name, child]) => [name, isMap(child) ? toAjv(child) : child]),
    )
    if (!inJunction && schema['x-kubernetes-preserve-unknown-fields'] !== true) result['additionalProperties'] = false
  }
  return result
}

describe('random structural schemas', () => {
  const pairs = fc.tuple(schemas, fc.array(values, { minLength: 4, maxLength: 8 }))

  test('every verdict is ajv’s', () => {
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(pairs, ([schema, candidates]) => {
        const validate = new Ajv({ strict: false }).compile(toAjv(schema))
        const node = decodeFragment(schema as RawSchema, version)
        for (const value of candidates) {
          const wanted = validate(withoutNullFields(value))
          if (wanted) accepted += 1
          else refused += 1
          expect(accepts(node, value, true)).toBe(wanted)
        }
      }),
      { numRuns: 150 },
    )
    // A check that everything passes, or nothing does, would prove little.
    expect(accepted).toBeGreaterThan(40)
    expect(refused).toBeGreaterThan(40)
  })
})

/** A node as a JSON schema; definitions become `$defs` so that recursion ends. */
function toJsonSchema(root: SchemaNode): Record<string, unknown> {
  const known = new Map<SchemaNode, string>()
  const definitions: Record<string, unknown> = {}
  const convert = (node: SchemaNode): Record<string, unknown> => {
    if (node.shape === undefined) return plain(node)
    const name = known.get(node) ?? `d${known.size}`
    if (!known.has(node)) {
      known.set(node, name)
      const { properties, required } = node.shape()
      definitions[name] = {
        type: 'object',
        properties: Object.fromEntries([...properties].map(([field, child]) => [field, convert(child)])),
        required,
        additionalProperties: false,
      }
    }
    return { $ref: `#/$defs/${name}` }
  }
  const plain = (node: SchemaNode): Record<string, unknown> => {
    switch (node.type) {
      case 'any':
        return {}
      case 'int-or-string':
        return { anyOf: [{ type: 'string' }, { type: 'integer', format: 'int32' }] }
      case 'quantity':
        return { type: ['string', 'number'], quantity: true }
      case 'array':
        return { type: 'array', items: node.items === undefined ? {} : convert(node.items) }
      case 'object':
        return { type: 'object', ...(node.values === undefined ? {} : { additionalProperties: convert(node.values) }) }
      case 'boolean-or':
      case 'list-or':
        return {}
      default:
        return {
          type: node.type,
          ...(node.format === undefined ? {} : { format: node.format }),
          ...(node.enum === undefined ? {} : { enum: [...node.enum, ''] }),
        }
    }
  }
  return { ...convert(root), $defs: definitions }
}

function builtinAjv(): Ajv {
  const ajv = new Ajv({ strict: false })
  ajv.addKeyword({ keyword: 'quantity', validate: (_: unknown, value: YamlValue) => isQuantity(value) })
  for (const format of ['int32', 'int64']) {
    ajv.addFormat(format, { type: 'number', validate: value => fitsInteger(format, value) })
  }
  for (const format of ['byte', 'date-time']) ajv.addFormat(format, value => formatProblem(format, value) === undefined)
  return ajv
}

const deployment: YamlMap = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', labels: { app: 'api' }, creationTimestamp: '2026-01-31T12:00:00Z' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'api' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'api' } },
      spec: {
        containers: [
          {
            name: 'api',
            image: 'example/api:1',
            env: [{ name: 'PORT', value: '8080' }],
            ports: [{ containerPort: 8080, protocol: 'TCP' }],
            resources: { requests: { cpu: '100m', memory: 128974848 } },
            readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
          },
        ],
      },
    },
  },
}

const service: YamlMap = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', annotations: { note: 'x' } },
  spec: { type: 'ClusterIP', selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
}

const secret: YamlMap = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  type: 'Opaque',
  data: { key: 'dmFsdWU=' },
}

/** One place of an object replaced, removed or given a neighbour. */
function mutate(value: YamlValue, steps: readonly number[], replacement: YamlValue | undefined): YamlValue {
  const [step = 0, ...rest] = steps
  if (Array.isArray(value)) {
    const index = step % (value.length + 1)
    return value.flatMap((entry: YamlValue, at) => (at === index ? descend(entry, rest, replacement) : [entry]))
  }
  if (!isMap(value)) return replacement ?? value
  const keys = Object.keys(value)
  const key = keys[step % (keys.length + 1)] ?? 'surprise'
  return Object.fromEntries(
    [...new Set([...keys, key])].flatMap(name => {
      const child = value[name]
      if (name !== key) return [[name, child]]
      return descend(child, rest, replacement).map(changed => [name, changed])
    }),
  )
}

function descend(
  child: YamlValue | undefined,
  rest: readonly number[],
  replacement: YamlValue | undefined,
): YamlValue[] {
  if (rest.length > 0 && typeof child === 'object' && child !== null) return [mutate(child, rest, replacement)]
  return replacement === undefined ? [] : [replacement]
}

describe.each([
  ['apps/v1 Deployment', deployment],
  ['v1 Service', service],
  ['v1 Secret', secret],
])('%s, one place changed', (key, sample) => {
  const node = version.nodeOf(key)
  if (node === undefined) throw new Error(`no ${key}`)
  const validate = builtinAjv().compile(toJsonSchema(node))
  const replacements = fc.constantFrom<YamlValue | undefined>(
    undefined,
    true,
    0,
    8080,
    3_000_000_000,
    1.5,
    '',
    'TCP',
    '25%',
    '1Gi',
    'x y',
    [],
    {},
    ['a'],
    { a: 'b' },
    { name: 'x' },
  )

  test('every verdict is ajv’s', () => {
    expect(validate(sample)).toBe(true)
    expect(accepts(node, sample, false)).toBe(true)
    let refused = 0
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 9 }), replacements, (steps, replacement) => {
        const value = mutate(sample, steps, replacement)
        const wanted = validate(value)
        if (!wanted) refused += 1
        expect(accepts(node, value, false)).toBe(wanted)
      }),
      { numRuns: 600 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
