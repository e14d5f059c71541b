import { expect, test } from 'vitest'
import type { Rule } from '../../generator/validate/rule.ts'
import { runFixture } from './rule-fixtures.ts'

const rule: Rule = {
  code: 'policy/example',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Example.',
  appliesTo: resource => resource.kind === 'ConfigMap',
  *check(resource, { profile, resources }) {
    yield {
      at: { resource, pointer: '/data/a', on: 'key' },
      message: `${profile.kubernetes.join()} ${resources.all.length}`,
    }
    yield { at: { resource, pointer: '/metadata/name' }, message: 'name' }
  },
}
const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n'

test('a fixture gives its findings in file order, with places', () => {
  expect(runFixture(rule, object, 'f.yaml')).toBe(
    '4:9 error name [policy/example]\n6:3 error 1.34 1 [policy/example]\n',
  )
})

test('all documents of a fixture are one environment', () => {
  expect(runFixture(rule, `${object}---\n${object}`, 'f.yaml')).toBe(
    '4:9 error name [policy/example]\n6:3 error 1.34 2 [policy/example]\n11:9 error name [policy/example]\n13:3 error 1.34 2 [policy/example]\n',
  )
})

test.each([
  { name: 'one line', comment: '# profile: {"production": false, "kubernetes": ["1.30"]}\n' },
  {
    name: 'several lines, after words',
    comment: '# Words.\n# profile:\n#   {"production": false,\n#   "kubernetes": ["1.30"]}\n---\n',
  },
])('the leading comment overrides the profile: $name', ({ comment }) => {
  expect(runFixture(rule, comment + object, 'f.yaml')).toContain('warning 1.30 1')
})

test('a fixture that is not what it seems throws', () => {
  expect(() => runFixture(rule, `# profile: {nope}\n${object}`, 'f.yaml')).toThrow('not JSON')
  expect(() => runFixture(rule, 'a: b\n', 'f.yaml')).toThrow('not a Kubernetes object')
  expect(() => runFixture(rule, 'a: "b\n', 'f.yaml')).toThrow('f.yaml')
})
