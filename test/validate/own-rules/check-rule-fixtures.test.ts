import { expect, test } from 'vitest'
import { checkRuleFixtures } from '../../../generator/validate/own-rules/check-rule-fixtures.ts'
import { defineOwnRule } from '../../../generator/validate/own-rules/own-rule.ts'

const noX = defineOwnRule({
  code: 'policy/shop-no-x',
  severity: { production: 'error', elsewhere: 'info' },
  summary: 'No x.',
  appliesTo: resource => resource.kind === 'ConfigMap',
  *check(resource) {
    if (resource.name === 'throws') throw new Error('no')
    if (resource.name === 'changed') Object.assign(resource.object, { data: {} })
    if (resource.name === 'x') yield { at: { resource, pointer: '/metadata/name' }, message: 'is x' }
  },
})

const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
const right = {
  'f/bad-x.yaml': named('x'),
  'f/bad-x.out': '4:9 error is x [policy/shop-no-x]\n',
  'f/good-y.yaml': named('y'),
  'f/good-y.out': '',
}

test.each([
  { name: 'as expected', change: {}, problems: [] },
  {
    name: 'a profile of its own',
    change: {
      'f/bad-x.yaml': `# profile: {"production": false}\n${named('x')}`,
      'f/bad-x.out': '5:9 info is x [policy/shop-no-x]\n',
    },
    problems: [],
  },
  { name: 'outputs with CRLF', change: { 'f/bad-x.out': '4:9 error is x [policy/shop-no-x]\r\n' }, problems: [] },
  {
    name: 'nothing found in a bad one',
    change: { 'f/bad-x.yaml': named('z'), 'f/bad-x.out': '' },
    problems: ['f/bad-x.yaml "policy/shop-no-x" finds nothing in a bad fixture'],
  },
  {
    name: 'something found in a good one',
    change: { 'f/good-y.yaml': named('x') },
    problems: [
      String.raw`f/good-y.yaml "policy/shop-no-x" finds something in a good fixture: "4:9 error is x [policy/shop-no-x]"`,
    ],
  },
  {
    name: 'other lines',
    change: { 'f/bad-x.out': '1:1 error is y [policy/shop-no-x]\n' },
    problems: [
      'f/bad-x.out "policy/shop-no-x" says "4:9 error is x [policy/shop-no-x]", expected "1:1 error is y [policy/shop-no-x]"',
    ],
  },
  {
    name: 'no output',
    change: { 'f/good-y.out': undefined },
    problems: ['f/good-y.out the fixture has no output beside it'],
  },
  {
    name: 'no good one',
    change: { 'f/good-y.yaml': undefined, 'f/good-y.out': undefined },
    problems: ['f/good-example.yaml "policy/shop-no-x" has no good fixture'],
  },
  {
    name: 'no bad one, whose output is left',
    change: { 'f/bad-x.yaml': undefined },
    problems: ['f/bad-example.yaml "policy/shop-no-x" has no bad fixture', 'f/bad-x.out the output has no fixture'],
  },
  {
    name: 'a fixture that is no YAML',
    change: { 'f/good-y.yaml': 'a: [\n' },
    problems: [expect.stringContaining('f/good-y.yaml f/good-y.yaml:') as unknown as string],
  },
  {
    name: 'a rule that changes what it is shown',
    change: { 'f/good-y.yaml': named('changed') },
    problems: ['f/good-y.yaml "policy/shop-no-x" changes the objects it looks at'],
  },
])('$name', ({ change, problems }) => {
  const files = Object.entries({ ...right, ...change }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  )
  const { diagnostics } = checkRuleFixtures(noX, new Map(files), 'f')
  expect(diagnostics.map(({ at, message }) => `${at.file} ${message}`)).toEqual(problems)
})

test('a rule that fails says so itself', () => {
  const { diagnostics } = checkRuleFixtures(
    noX,
    new Map([...Object.entries(right), ['f/bad-t.yaml', named('throws')]]),
    'f',
  )
  expect(diagnostics.map(({ code }) => code)).toEqual(['model/rule-fails'])
})

test('the outputs are what the rule says now', () => {
  const { outputs } = checkRuleFixtures(noX, new Map([['f/bad-x.yaml', named('x')]]), 'f')
  expect([...outputs]).toEqual([['f/bad-x.out', right['f/bad-x.out']]])
})
