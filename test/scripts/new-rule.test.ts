import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { policyRules } from '../../generator/validate/policy/registry.ts'
import { platformPath, scaffoldOwnRule } from '../../scripts/new-own-rule.ts'
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

const source = readFileSync(platformPath, 'utf8')
const plain = source.replace(/^ {2}rules: .*\n/m, '')

test.each([
  { name: 'no-spot-node', from: source, line: /^ {2}rules: \[.+, noSpotNode\],$/m },
  { name: 'no-spot-node', from: plain, line: /^ {2}rules: \[noSpotNode\],$/m },
  { name: 'hustlex-no-spot-node', from: source, line: /^ {2}rules: \[.+, noSpotNode\],$/m },
])('an own rule $name, its page, two fixtures and the platform', ({ name, from, line }) => {
  const files = scaffoldOwnRule(name, 'hustlex', from)
  expect([...files.keys()]).toEqual([
    'generator/platform/rules/hustlex-no-spot-node.ts',
    'generator/platform/rules/hustlex-no-spot-node.md',
    'generator/platform/rules/fixtures/hustlex-no-spot-node/bad-example.yaml',
    'generator/platform/rules/fixtures/hustlex-no-spot-node/good-example.yaml',
    platformPath,
  ])
  expect(files.get('generator/platform/rules/hustlex-no-spot-node.ts')).toContain("'policy/hustlex-no-spot-node'")
  expect(files.get(platformPath)).toMatch(line)
  expect(files.get(platformPath)).toContain("import { noSpotNode } from './rules/hustlex-no-spot-node.ts'\n")
})

test.each([
  { name: '', message: 'is no name of an own rule' },
  { name: 'sunday', message: 'is no name of an own rule' },
  { name: 'no-../../x', message: 'is no name of an own rule' },
  { name: 'no-foreign-image', message: '"hustlex-no-foreign-image" exists already' },
])('own rule "$name" is refused', ({ name, message }) => {
  expect(() => scaffoldOwnRule(name, 'hustlex', source)).toThrow(message)
})
