import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { policyRules } from '../../generator/validate/policy/registry.ts'
import { registryPath, scaffoldRule } from '../../scripts/new-rule.ts'

const registry = readFileSync(registryPath, 'utf8')
const taken = policyRules.map(({ code }) => code.split('/')[1] ?? '')

test('a rule, its page, two fixtures and the registry', () => {
  const files = scaffoldRule('no-sunday-jobs', registry, taken)
  expect([...files.keys()]).toEqual([
    'generator/validate/policy/rules/no-sunday-jobs.ts',
    'generator/validate/policy/rules/no-sunday-jobs.md',
    'test/fixtures/policy/no-sunday-jobs/bad-example.yaml',
    'test/fixtures/policy/no-sunday-jobs/good-example.yaml',
    registryPath,
  ])
  expect(files.get('generator/validate/policy/rules/no-sunday-jobs.ts')).toContain("code: 'policy/no-sunday-jobs'")
  expect(files.get('generator/validate/policy/rules/no-sunday-jobs.md')?.split('\n')[0]).toBe('# policy/no-sunday-jobs')
})

test.each(['no-aaa', 'no-sunday-jobs', 'require-zzz'])(
  '%s: the registry gains one import in order and one line of its list',
  name => {
    const after = scaffoldRule(name, registry, taken).get(registryPath) ?? ''
    const imports = [...after.matchAll(/'\.\/rules\/(.+)\.ts'/g)].map(match => match[1] ?? '')
    expect(imports).toContain(name)
    expect(imports).toEqual([...imports].sort())
    expect(imports.length).toBe(taken.length + 1)
    const variable = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    expect(after.split('\n').filter(line => line === `  ${variable},`)).toHaveLength(1)
    expect(after.split('\n').length).toBe(registry.split('\n').length + 2)
  },
)

test.each([
  { name: '', message: 'is no name of a rule' },
  { name: 'sunday', message: 'is no name of a rule' },
  { name: 'no-Sunday', message: 'is no name of a rule' },
  { name: 'no-../../x', message: 'is no name of a rule' },
  { name: 'no-latest-tag', message: 'exists already' },
])('"$name" is refused', ({ name, message }) => {
  expect(() => scaffoldRule(name, registry, taken)).toThrow(message)
})
