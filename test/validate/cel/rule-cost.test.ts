// Estimated costs of rules. The cases are random schemas and rules of this project's own making; their numbers are what the API
// servers' own estimation (apiextensions-apiserver 0.30, 0.32, 0.34 and 0.36 with their cel-go) gave for them.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { YamlMap } from '../../../generator/manifest/value.ts'
import { boolType } from '../../../generator/validate/cel/cel-type.ts'
import { declaredSize } from '../../../generator/validate/cel/cost/declared-size.ts'
import { expressionCost } from '../../../generator/validate/cel/cost/rule-cost.ts'
import { ruleTypes } from '../../../generator/validate/cel/schema-rules.ts'
import { decodeCustomSchema } from '../../../generator/validate/schema/custom-schema.ts'
import { committedCatalog } from '../schema/committed-catalog.ts'

interface Case {
  readonly minor: number
  readonly schema: YamlMap
  readonly rule: string
  readonly min: string
  readonly max: string
}

const cases = JSON.parse(readFileSync('test/fixtures/cel-cost/cases.json', 'utf8')) as readonly Case[]
const catalog = committedCatalog()

function costOf({ minor, schema, rule }: Pick<Case, 'minor' | 'schema' | 'rule'>): readonly (string | undefined)[] {
  const node = decodeCustomSchema({ schema }, catalog.version(`1.${minor}`))
  const types = ruleTypes({}, node, true)
  const size = declaredSize(schema, { root: true, minor })
  if (types === undefined || size === undefined) return []
  const cost = expressionCost(rule, { types, result: boolType, minor, size })
  return [cost?.min.toString(), cost?.max.toString()]
}

test.each(cases)('1.$minor: $rule', one => {
  expect(costOf(one)).toEqual([one.min, one.max])
})

test('there are cases of both editions of the estimation', () => {
  expect(cases.length).toBeGreaterThan(150)
  expect(new Set(cases.map(({ minor }) => minor <= 32))).toEqual(new Set([true, false]))
})

describe('what the estimation of the server owes to how it is written', () => {
  const list = (items: YamlMap, rest: YamlMap = {}): YamlMap => ({ type: 'array', items, ...rest })
  const object = (properties: YamlMap): YamlMap => ({ type: 'object', properties })
  const text: YamlMap = { type: 'string' }

  test('maxLength bounds int-or-string since 1.34', () => {
    const schema = object({ port: { 'x-kubernetes-int-or-string': true, maxLength: 10 } })
    const rule = 'self.port.startsWith(self.port)'
    expect(costOf({ minor: 34, schema, rule })[1]).not.toBe(costOf({ minor: 33, schema, rule })[1])
  })

  test('quantities are compared without a bound until 1.31', () => {
    const rule = 'quantity("1") == quantity("2")'
    expect(costOf({ minor: 31, schema: object({ a: text }), rule })[1]).toBe('1844674407370955266')
    expect(costOf({ minor: 32, schema: object({ a: text }), rule })[1]).toBe('3')
  })

  test('the edition up to 1.32 confuses two fields deep inside lists, and so do we', () => {
    const entry = object({ long: text, short: { type: 'string', maxLength: 1 } })
    const schema = object({ a: object({ b: object({ c: object({ d: list(entry, { maxItems: 1 }) }) }) }) })
    const rule = 'self.a.b.c.d.all(x, x.short == x.long)'
    expect(costOf({ minor: 34, schema, rule })).toEqual(['6', '14'])
    expect(costOf({ minor: 30, schema, rule })).toEqual(['6', '314586'])
  })
})
