// What may cost about as much as the API server allows is not evaluated. The costs in the fixtures are those that the server's own
// evaluation (k8s.io/apiserver 0.34) counted for expressions and data of this project's making: with one unit less, none may pass.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { YamlValue } from '../../../generator/manifest/value.ts'
import { fromData } from '../../../generator/validate/cel/data.ts'
import { withSharedBudget } from '../../../generator/validate/cel/effort.ts'
import { compileExpression, type Evaluation } from '../../../generator/validate/cel/expression.ts'
import { evaluateSchemaRule } from '../../../generator/validate/cel/schema-rules.ts'
import { evaluateRules } from '../../../generator/validate/schema/evaluate-rules.ts'
import { decodeFragment } from '../../../generator/validate/schema/custom-schema.ts'
import { committedCatalog } from '../schema/committed-catalog.ts'

interface Run {
  readonly expression: string
  readonly self: YamlValue
  readonly cost: number
}

const runs = JSON.parse(readFileSync('test/fixtures/cel-cost/evaluations.json', 'utf8')) as readonly Run[]

function evaluate(expression: string, data: YamlValue): Evaluation {
  const compiled = compileExpression(expression, ['self', 'oldSelf'], { types: {} })
  if ('error' in compiled) throw new Error(compiled.error)
  const self = fromData(data)
  return compiled.evaluate({ self, oldSelf: self })
}

describe.each(runs)('$expression', ({ expression, self, cost }) => {
  test('is counted at no less than the server counts', () => {
    expect(withSharedBudget(cost - 1, () => evaluate(expression, self))).toMatchObject({ notEvaluated: true })
  })

  test('is evaluated where there is room', () => {
    expect(withSharedBudget(cost * 40, () => evaluate(expression, self))).toHaveProperty('value')
  })
})

test('there are runs', () => {
  expect(runs.length).toBeGreaterThan(20)
})

const words = Array.from({ length: 400 }, (_, index) => `word-${index}`)

test('an expression over the budget of one is not evaluated', () => {
  expect(evaluate('self.all(a, self.exists(b, a == b))', words)).toMatchObject({ notEvaluated: true })
  expect(evaluate('self.all(a, self.exists(b, a == b))', words.slice(0, 200))).toEqual({ value: true })
})

test('the rules of an object share a budget', () => {
  const rule = { rule: 'self.all(a, self.exists(b, a == b))' }
  const schema = { type: 'array', items: { type: 'string' }, 'x-kubernetes-validations': Array(20).fill(rule) }
  const node = decodeFragment(schema, committedCatalog().version('1.34'))
  const { findings, notEvaluated } = evaluateRules(node, words.slice(0, 300), { evaluate: evaluateSchemaRule })
  expect(findings).toEqual([])
  expect(notEvaluated.length).toBeGreaterThan(0)
  expect(evaluateRules(node, words.slice(0, 30), { evaluate: evaluateSchemaRule }).notEvaluated).toEqual([])
})

test('what stands in for an absent value is computed only then', () => {
  expect(evaluate('optional.of(1).orValue(1 / 0)', null)).toEqual({ value: 1n })
  expect(evaluate('optional.of(1).or(optional.of(1 / 0)).value()', null)).toEqual({ value: 1n })
  expect(evaluate('optional.none().orValue(2)', null)).toEqual({ value: 2n })
})
