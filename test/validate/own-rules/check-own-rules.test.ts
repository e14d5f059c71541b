import { expect, test } from 'vitest'
import { redis } from '../../../generator/model/declare.ts'
import { checkOwnRules } from '../../../generator/validate/own-rules/check-own-rules.ts'
import { defineOwnRule } from '../../../generator/validate/own-rules/own-rule.ts'
import { policyRules } from '../../../generator/validate/policy/registry.ts'

const noSundayJobs = defineOwnRule({
  code: 'policy/shop-no-sunday-jobs',
  severity: 'warning',
  summary: 'CronJobs rest on Sundays.',
  appliesTo: resource => resource.kind === 'CronJob',
  check: () => [],
})
const site = redis({ image: 'redis:7' }).site

function outcome(listed: unknown): readonly unknown[] {
  const { value, diagnostics } = checkOwnRules(listed, site)
  return [value.map(({ code }) => code), diagnostics.map(({ message }) => message)]
}

test.each([
  { name: 'none', listed: undefined, codes: [] },
  { name: 'an empty list', listed: [], codes: [] },
  { name: 'no list, which the shape of the model says', listed: noSundayJobs, codes: [] },
  { name: 'one', listed: [noSundayJobs], codes: ['policy/shop-no-sunday-jobs'] },
  {
    name: 'a longer name and a demand',
    listed: [{ ...noSundayJobs, code: 'policy/big-shop-2-require-owner' }],
    codes: ['policy/big-shop-2-require-owner'],
  },
  {
    name: 'two severities',
    listed: [{ ...noSundayJobs, severity: { production: 'error', elsewhere: 'info' } }],
    codes: ['policy/shop-no-sunday-jobs'],
  },
])('rules: $name', ({ listed, codes }) => expect(outcome(listed)).toEqual([codes, []]))

const form = 'of an own rule is not "policy/NAME-no-…" or "policy/NAME-require-…" with the team\'s name'

test.each([
  { name: 'null', listed: [null], message: 'an entry of "rules" is null, not a rule' },
  { name: 'a path', listed: ['./rules/a.ts'], message: 'an entry of "rules" is a string, not a rule' },
  {
    name: 'a code of this tool',
    listed: [{ ...noSundayJobs, code: 'policy/no-latest-tag' }],
    message: `the code "policy/no-latest-tag" ${form}`,
  },
  {
    name: 'no name',
    listed: [{ ...noSundayJobs, code: 'policy/no-no-x' }],
    message: `the code "policy/no-no-x" ${form}`,
  },
  {
    name: 'another family',
    listed: [{ ...noSundayJobs, code: 'schema/shop-no-x' }],
    message: `the code "schema/shop-no-x" ${form}`,
  },
  { name: 'no code', listed: [{ check: () => [] }], message: `the code "" ${form}` },
  {
    name: 'the same code twice',
    listed: [noSundayJobs, { ...noSundayJobs }],
    message: 'the code "policy/shop-no-sunday-jobs" is taken by another rule',
  },
  {
    name: 'no check',
    listed: [{ ...noSundayJobs, check: undefined }],
    message: 'rule "policy/shop-no-sunday-jobs" has no function "check"',
  },
  {
    name: 'no appliesTo',
    listed: [{ ...noSundayJobs, appliesTo: true }],
    message: 'rule "policy/shop-no-sunday-jobs" has no function "appliesTo"',
  },
  {
    name: 'no summary',
    listed: [{ ...noSundayJobs, summary: ' ' }],
    message: 'rule "policy/shop-no-sunday-jobs" has no summary',
  },
  {
    name: 'kinds that are none',
    listed: [{ ...noSundayJobs, kinds: 'CronJob' }],
    message: '"kinds" of rule "policy/shop-no-sunday-jobs" is not a list of kinds',
  },
  {
    name: 'an unknown severity',
    listed: [{ ...noSundayJobs, severity: 'fatal' }],
    message: 'rule "policy/shop-no-sunday-jobs" has no severity of error, warning or info',
  },
  {
    name: 'half a severity',
    listed: [{ ...noSundayJobs, severity: { production: 'error' } }],
    message: 'rule "policy/shop-no-sunday-jobs" has no severity of error, warning or info',
  },
  {
    name: 'an object of the right shape',
    listed: [{ ...noSundayJobs, site: undefined }],
    message: 'rule "policy/shop-no-sunday-jobs" is not made with definePolicyRule',
  },
])('refused: $name', ({ listed, message }) => expect(outcome(listed)[1]).toEqual([message]))

test('no code of this tool can be an own one', () => {
  const all = policyRules.map(({ code }) => ({ ...noSundayJobs, code }))
  expect(outcome(all)[0]).toEqual([])
  expect(all.length).toBeGreaterThan(0)
})

test('the place is the rule where it has one, else its entry of the platform', () => {
  const wrong = checkOwnRules([{ ...noSundayJobs, summary: '' }, 7], site).diagnostics
  expect(wrong.map(({ at }) => [at.file.endsWith('check-own-rules.test.ts'), at.pointer])).toEqual([
    [true, ''],
    [true, '/rules/1'],
  ])
})
