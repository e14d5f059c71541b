// A rule of a platform's own may do anything; what it does wrong is a finding, never a crash and never silence.

import { describe, expect, test } from 'vitest'
import { defineOwnRule, type OwnRule } from '../../../generator/validate/own-rules/own-rule.ts'
import { fixtureContext } from '../../../generator/validate/own-rules/run-fixture.ts'
import { runOwnRules } from '../../../generator/validate/own-rules/run-own-rule.ts'

const context = fixtureContext(
  ['a', 'b']
    .map(name => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\n`)
    .join('---\n'),
  'f.yaml',
)
const [first] = context.resources.all

/** What a model that nobody type-checked may hold. */
function rule(parts: Readonly<Record<string, unknown>>): OwnRule {
  return defineOwnRule({
    code: 'policy/shop-no-x',
    severity: 'warning',
    summary: 'No x.',
    appliesTo: () => true,
    check: resource => [{ at: { resource, pointer: '/data' }, message: 'x' }],
    ...parts,
  })
}

const ran = (...rules: readonly OwnRule[]): readonly string[] =>
  runOwnRules(rules, context).map(({ code, severity, message }) => `${severity} ${code} ${message}`)

test('what it finds has its code, its severity, its object and its environment', () => {
  expect(runOwnRules([rule({})], context)[0]).toEqual({
    code: 'policy/shop-no-x',
    severity: 'warning',
    message: 'x',
    at: { file: 'f.yaml', document: 1, pointer: '/data' },
    resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' },
    environment: 'production',
  })
})

const place = { resource: first, pointer: '' }

describe('a rule that fails', () => {
  test.each([
    {
      name: 'throws',
      check: () => {
        throw new Error('no x')
      },
      says: 'throws "no x"',
    },
    {
      name: 'throws text',
      check: () => {
        throw 'x'
      },
      says: 'throws ""x""',
    },
    {
      name: 'throws nothing',
      check: () => {
        throw undefined
      },
      says: 'throws "undefined"',
    },
    {
      name: 'throws what throws',
      check: () => {
        throw {
          get message() {
            throw new Error('again')
          },
        }
      },
      says: 'throws "something that cannot be read"',
    },
    {
      name: 'recurses without end',
      check: function endless(): unknown {
        return endless()
      },
      says: 'throws "Maximum call stack size exceeded"',
    },
    { name: 'returns nothing', check: () => undefined, says: 'returns undefined from check, not findings' },
    { name: 'is asynchronous', check: async () => [], says: 'returns an object from check, not findings' },
    { name: 'returns text', check: () => 'bad', says: 'returns "bad" from check, not findings' },
    { name: 'yields a number', check: () => [42], says: 'yields 42, not a finding' },
    { name: 'yields null', check: () => [null], says: 'yields null, not a finding' },
    { name: 'yields no message', check: () => [{ at: place }], says: 'yields a finding without a message' },
    {
      name: 'yields no place',
      check: () => [{ message: 'x' }],
      says: 'yields a finding whose "at" is not an object of this run and a JSON pointer into it',
    },
    {
      name: 'yields an object of its own',
      check: () => [{ message: 'x', at: { ...place, resource: { ...first } } }],
      says: 'yields a finding whose "at" is not an object of this run and a JSON pointer into it',
    },
    {
      name: 'yields a path that is no pointer',
      check: () => [{ message: 'x', at: { ...place, pointer: 'spec.x' } }],
      says: 'yields a finding whose "at" is not an object of this run and a JSON pointer into it',
    },
    {
      name: 'yields an unknown severity',
      check: () => [{ message: 'x', at: place, severity: 'off' }],
      says: 'yields a finding of severity "off", not error, warning or info',
    },
    {
      name: 'yields help that is no text',
      check: () => [{ message: 'x', at: place, help: {} }],
      says: 'yields a finding whose "help" is no text',
    },
    {
      name: 'yields notes without place',
      check: () => [{ message: 'x', at: place, related: [{ note: 'y' }] }],
      says: 'yields a finding whose "related" is no list of places and notes',
    },
    {
      name: 'has no boolean answer',
      appliesTo: () => undefined,
      says: 'answers appliesTo with undefined, not true or false',
    },
  ])('$name', ({ name: _name, says, ...parts }) => {
    expect(ran(rule(parts))).toEqual([`error model/rule-fails rule "policy/shop-no-x" ${says} for ConfigMap shop/a`])
  })

  test('yields without end', () => {
    const endless = rule({
      *check() {
        for (;;) yield { at: place, message: 'x' }
      },
    })
    const found = ran(endless)
    expect(found).toHaveLength(1001)
    expect(found.at(-1)).toContain('yields more than 1000 findings')
  })

  test('names the line that throws, in its own module', () => {
    const throws = rule({
      check() {
        throw new Error('here')
      },
    })
    const [found] = runOwnRules([throws], context)
    expect(found?.at.file).toContain('run-own-rules.test.ts')
    expect(found?.at.line).not.toBe(runOwnRules([rule({ check: () => 1 })], context)[0]?.at.line)
  })

  test('keeps what was found before, and the other rules', () => {
    const late = rule({
      check: (resource: { readonly name: string }) => (resource.name === 'a' ? [{ at: place, message: 'x' }] : 7),
    })
    expect(ran(late, rule({ code: 'policy/shop-no-y' })).map(line => line.split(' ')[1])).toEqual([
      'policy/shop-no-x',
      'model/rule-fails',
      'policy/shop-no-y',
      'policy/shop-no-y',
    ])
  })

  test('is one that was stopped; the others get their time', () => {
    const slow = rule({
      code: 'policy/shop-no-slow',
      check: () => {
        throw stop
      },
    })
    const stop = Symbol('stop')
    let calls = 0
    const limit = <T>(work: () => T): { readonly value: T } | { readonly stoppedAfter: number } => {
      calls += 1
      return calls === 1 ? { stoppedAfter: 10 } : { value: work() }
    }
    const found = runOwnRules([slow, rule({})], context, { limit })
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['model/rule-fails', 'rule "policy/shop-no-slow" did not finish within 10 seconds'],
      ['policy/shop-no-x', 'x'],
      ['policy/shop-no-x', 'x'],
    ])
  })
})
