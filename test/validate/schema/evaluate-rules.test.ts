// Which rules meet which values: nested places, old values, what did not change, rules inside allOf.

import { describe, expect, test } from 'vitest'
import type { YamlMap, YamlValue } from '../../../generator/manifest/value.ts'
import { evaluateSchemaRule } from '../../../generator/validate/cel/schema-rules.ts'
import { decodeFragment } from '../../../generator/validate/schema/custom-schema.ts'
import { evaluateRules } from '../../../generator/validate/schema/evaluate-rules.ts'
import { fieldPathTokens } from '../../../generator/validate/schema/field-path.ts'
import { committedCatalog } from './committed-catalog.ts'

const version = committedCatalog().version('1.34')

/** `pointer severity` of every finding. */
function findings(schema: YamlMap, value: YamlValue, old?: YamlValue): readonly string[] {
  const options = { evaluate: evaluateSchemaRule, root: false, ...(old === undefined ? {} : { old }) }
  return evaluateRules(decodeFragment(schema, version), value, options).findings.map(
    ({ pointer, severity = 'error' }) => `${pointer} ${severity}`,
  )
}

const positive: YamlMap = { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self > 0' }] }
const fixed: YamlMap = { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] }
const object = (properties: YamlMap): YamlMap => ({ type: 'object', properties })

describe('places', () => {
  test.each<[string, YamlMap, YamlValue, readonly string[]]>([
    ['a field', object({ a: positive }), { a: 0 }, ['/a error']],
    ['a field that is absent', object({ a: positive }), {}, []],
    ['a field that is null', object({ a: { ...positive, nullable: true } }), { a: null }, []],
    ['an entry', { type: 'array', items: positive }, [1, 0], ['/1 error']],
    ['a value of a map', { type: 'object', additionalProperties: positive }, { 'a/b': 0 }, ['/a~1b error']],
    [
      'a branch of allOf',
      { ...object({ a: { type: 'integer' } }), allOf: [object({ a: positive })] },
      { a: 0 },
      ['/a error'],
    ],
    ['a branch of anyOf', { ...object({ a: { type: 'integer' } }), anyOf: [object({ a: positive })] }, { a: 0 }, []],
  ])('%s', (_, schema, value, expected) => {
    expect(findings(schema, value)).toEqual(expected)
  })

  test('fieldPath says where', () => {
    const rules = [{ rule: 'self.a > 0', fieldPath: ".a['b.c']" }]
    expect(findings({ ...object({ a: { type: 'integer' } }), 'x-kubernetes-validations': rules }, { a: 0 })).toEqual([
      '/a/b.c error',
    ])
  })

  test.each([
    ['.a.b', ['a', 'b']],
    ["['a.b'].c", ['a.b', 'c']],
    ["['it\\'s']", ["it's"]],
    ['a.b', []],
    ['.a[0]', []],
    [undefined, []],
  ])('%s', (path, tokens) => {
    expect(fieldPathTokens(path)).toEqual(tokens)
  })
})

describe('changes', () => {
  const keyed: YamlMap = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: object({ name: { type: 'string' }, size: fixed }),
  }

  test.each<[string, YamlMap, YamlValue, YamlValue | undefined, readonly string[]]>([
    ['a transition rule on create', object({ a: fixed }), { a: 1 }, undefined, []],
    ['a field that is new', object({ a: fixed }), { a: 1 }, {}, []],
    ['a change', object({ a: fixed }), { a: 1 }, { a: 2 }, ['/a error']],
    ['no change', object({ a: fixed }), { a: 1 }, { a: 1 }, []],
    [
      'an entry that moved',
      keyed,
      [
        { name: 'b', size: 2 },
        { name: 'a', size: 1 },
      ],
      [{ name: 'a', size: 1 }],
      [],
    ],
    ['an entry that changed', keyed, [{ name: 'a', size: 2 }], [{ name: 'a', size: 1 }], ['/0/size error']],
    ['broken as before', object({ a: positive }), { a: 0 }, { a: 0 }, ['/a warning']],
    ['broken in another way', object({ a: positive }), { a: -1 }, { a: 0 }, ['/a error']],
  ])('%s', (_, schema, value, old, expected) => {
    expect(findings(schema, value, old)).toEqual(expected)
  })

  test('a text that mentions oldSelf is no transition rule', () => {
    const schema = { type: 'string', 'x-kubernetes-validations': [{ rule: "self != 'oldSelf'" }] }
    expect(findings(schema, 'oldSelf')).toEqual([' error'])
  })
})
