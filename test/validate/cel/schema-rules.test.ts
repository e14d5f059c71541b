// Rules of a schema, with the values the server gives them: typed, defaulted, escaped.

import { describe, expect, test } from 'vitest'
import type { YamlMap, YamlValue } from '../../../generator/manifest/value.ts'
import { evaluateSchemaRule } from '../../../generator/validate/cel/schema-rules.ts'
import { decodeFragment } from '../../../generator/validate/schema/custom-schema.ts'
import { committedCatalog } from '../schema/committed-catalog.ts'

const version = committedCatalog().version('1.36')

const schema: YamlMap = {
  type: 'object',
  properties: {
    minimum: { type: 'integer', default: 1 },
    maximum: { type: 'integer' },
    ratio: { type: 'number' },
    name: { type: 'string' },
    note: { type: 'string', nullable: true },
    since: { type: 'string', format: 'date-time' },
    wait: { type: 'string', format: 'duration' },
    blob: { type: 'string', format: 'byte' },
    port: { 'x-kubernetes-int-or-string': true },
    namespace: { type: 'string' },
    'dashed-name': { type: 'string' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    parts: { type: 'array', items: { type: 'object', properties: { size: { type: 'number' } } } },
  },
}

const place = { node: decodeFragment(schema, version), root: false }

function outcome(rule: string, self: YamlValue): string {
  return evaluateSchemaRule({ rule }, self, place).outcome
}

describe('held and broken', () => {
  test.each<[string, YamlMap, YamlMap]>([
    ['self.minimum <= self.maximum', { minimum: 1, maximum: 1 }, { minimum: 2, maximum: 1 }],
    // A default is filled in before rules are looked at.
    ['self.minimum <= self.maximum', { maximum: 1 }, { maximum: 0 }],
    // A whole number in a number field is a double.
    ['self.ratio * 2.0 == 2.0', { ratio: 1 }, { ratio: 3 }],
    ['has(self.name)', { name: '' }, {}],
    // Null is dropped unless it is allowed.
    ['has(self.name)', { name: 'a' }, { name: null }],
    // A null that is allowed counts as absent too.
    ['!has(self.note)', { note: null }, { note: 'a' }],
    [
      "self.since > timestamp('2026-01-01T00:00:00Z')",
      { since: '2026-01-31T00:00:00Z' },
      { since: '2025-01-31T00:00:00Z' },
    ],
    ["self.wait < duration('1h')", { wait: '30m' }, { wait: '2h' }],
    ['size(self.blob) == 2', { blob: 'YWI=' }, { blob: 'YWJj' }],
    ["type(self.port) == int ? self.port > 0 : self.port == 'http'", { port: 'http' }, { port: 0 }],
    ["self.__namespace__ == 'a'", { namespace: 'a' }, { namespace: 'b' }],
    ["self.dashed__dash__name == 'a'", { 'dashed-name': 'a' }, { 'dashed-name': 'b' }],
    ["'a-b' in self.labels", { labels: { 'a-b': 'c' } }, { labels: {} }],
    ['self.parts.all(part, part.size > 0.5)', { parts: [{ size: 1 }] }, { parts: [{ size: 0 }] }],
    ["self.name.matches('^[a-z]+$')", { name: 'abc' }, { name: 'ABC' }],
  ])('%s', (rule, good, bad) => {
    expect(outcome(rule, good)).toBe('held')
    expect(outcome(rule, bad)).toBe('broken')
  })
})

test('a field that is not there is an error, and an error is a broken rule', () => {
  expect(evaluateSchemaRule({ rule: 'self.maximum > 0' }, {}, place)).toMatchObject({
    outcome: 'broken',
  })
})

test('a field the schema does not name cannot be seen', () => {
  expect(outcome('has(self.unknown)', { unknown: 1 })).not.toBe('held')
})

test('a message may be computed', () => {
  const rule = { rule: 'self.maximum > 9', messageExpression: "'too small: ' + string(self.maximum)" }
  expect(evaluateSchemaRule(rule, { maximum: 3 }, place)).toEqual({
    outcome: 'broken',
    message: 'too small: 3',
  })
})

test.each(['self.(', 'self.unknown == 1', "self.minimum == 'a'", 'self.minimum', 'self.note == null'])(
  'what does not compile is not claimed to be broken: %s',
  rule => {
    expect(outcome(rule, {})).toBe('invalid')
  },
)
