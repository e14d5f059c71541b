import { describe, expect, test } from 'vitest'
import { asMap, asString } from '../../../generator/manifest/value.ts'
import { definePolicyRule } from '../../../generator/validate/policy/define-policy-rule.ts'
import {
  loadPolicyModules,
  rulesOfModules,
  type PolicyModule,
} from '../../../generator/validate/policy/policy-module.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

const noSundayJobs = definePolicyRule({
  code: 'policy/no-sunday-jobs',
  severity: 'warning',
  summary: 'CronJobs rest on Sundays.',
  appliesTo: resource => resource.kind === 'CronJob',
  *check(resource) {
    const schedule = asString(asMap(resource.object['spec'])['schedule']) ?? ''
    if (!/[*0]$/.test(schedule)) return
    yield {
      at: { resource, pointer: '/spec/schedule' },
      message: `runs on Sundays: "${schedule}"`,
      help: 'Leave out day 0.',
    }
  },
})

function outcome(module: PolicyModule): readonly unknown[] {
  const { value, diagnostics } = rulesOfModules([{ file: 'policies/own.ts', module }], ['policy/no-latest-tag'])
  return [value.map(({ code }) => code), diagnostics.map(({ message }) => message)]
}

test.each([
  { name: 'a rule by name', module: { noSundayJobs } },
  { name: 'a list', module: { rules: [noSundayJobs] } },
  { name: 'the same rule twice', module: { noSundayJobs, default: noSundayJobs } },
  { name: 'beside other exports', module: { noSundayJobs, answer: 42, nothing: null, text: 'x', list: [1] } },
])('$name', ({ module }) => expect(outcome(module)).toEqual([['policy/no-sunday-jobs'], []]))

test.each([
  { name: 'no rule', module: { answer: 42 }, message: 'the module exports no rule' },
  { name: 'nothing', module: {}, message: 'the module exports no rule' },
  {
    name: 'a code that is taken',
    module: { a: { ...noSundayJobs, code: 'policy/no-latest-tag' } },
    message: 'the code "policy/no-latest-tag" is taken',
  },
  {
    name: 'the same code twice',
    module: { a: noSundayJobs, b: { ...noSundayJobs } },
    message: 'the code "policy/no-sunday-jobs" is taken',
  },
  {
    name: 'another family',
    module: { a: { ...noSundayJobs, code: 'schema/no-sunday' } },
    message: 'a rule\'s code is "schema/no-sunday", not "policy/no-…" or "policy/require-…"',
  },
  {
    name: 'no code',
    module: { a: { check: () => [] } },
    message: 'a rule\'s code is "", not "policy/no-…" or "policy/require-…"',
  },
  {
    name: 'no check',
    module: { a: { ...noSundayJobs, check: undefined } },
    message: 'rule "policy/no-sunday-jobs" has no function "check"',
  },
  {
    name: 'no summary',
    module: { a: { ...noSundayJobs, summary: '' } },
    message: 'rule "policy/no-sunday-jobs" has no summary',
  },
  {
    name: 'no severity',
    module: { a: { ...noSundayJobs, severity: 'fatal' } },
    message: 'rule "policy/no-sunday-jobs" has no severity of error, warning or info',
  },
  {
    name: 'half a severity',
    module: { a: { ...noSundayJobs, severity: { production: 'error' } } },
    message: 'rule "policy/no-sunday-jobs" has no severity of error, warning or info',
  },
])('refused: $name', ({ module, message }) => expect(outcome(module as PolicyModule)[1]).toEqual([message]))

test('a module that cannot be loaded is a finding, and the others still run', async () => {
  const load = (file: string): Promise<PolicyModule> =>
    file === 'good.ts' ? Promise.resolve({ noSundayJobs }) : Promise.reject(new Error('Unexpected "}"\nat line 3'))
  const { value, diagnostics } = await loadPolicyModules(['broken.ts', 'good.ts'], load, [])
  expect(value.map(({ code }) => code)).toEqual(['policy/no-sunday-jobs'])
  expect(diagnostics.map(({ code, at, message }) => [code, at.file, message])).toEqual([
    ['model/policy-module', 'broken.ts', 'the module cannot be loaded: Error: Unexpected "}"'],
  ])
})

describe('own rules take the same fixtures', () => {
  describeRuleFixtures({ family: 'policy', fixtures: 'test/fixtures/own-rules', rules: [noSundayJobs] })
})
