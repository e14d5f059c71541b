// A platform's own rules through the commands, in a repository that is not this package: found, run, named, excepted, explained and
// tested as this tool's own rules are; and what is wrong with one is said.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git } from '../support/hustlex-repository.ts'
import { projectRoot, runCli } from '../support/run-cli.ts'
import { findsEveryContainer, findsNothing, shopDirectory, shopFiles, type Shop } from '../support/shop-repository.ts'
import { writeAll } from '../support/temporary-directory.ts'

interface Found {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly environments: readonly string[]
  readonly at: { readonly file: string; readonly line: number }
}

/** A repository whose tree is generated, and whose rule then becomes another. */
async function generated(shop: Shop): Promise<string> {
  const root = shopDirectory({ check: findsNothing })
  expect((await runCli(root, ['generate'])).stderr).toBe('')
  writeAll(root, shopFiles(shop))
  return root
}

async function validated(root: string, ...argv: readonly string[]): Promise<{ exit: number; found: readonly Found[] }> {
  const { code, stdout, stderr } = await runCli(root, ['validate', ...argv, '--format', 'json'])
  if (stdout === '') throw new Error(stderr)
  return { exit: code, found: (JSON.parse(stdout) as { diagnostics: readonly Found[] }).diagnostics }
}

const lines = (found: readonly Found[]): readonly string[] => found.map(one => `${one.severity} ${one.code}`).sort()

describe('what a rule finds', () => {
  test('stops generate, and nothing is written', async () => {
    const root = shopDirectory()
    const { code, stderr } = await runCli(root, ['generate'])
    expect({ code, written: existsSync(join(root, 'k8s')) }).toEqual({ code: 1, written: false })
    expect(stderr).toContain('container "web" is x [policy/shop-no-x]')
    expect(stderr).toContain('declared at generator/platform/shop.ts:5:3')
  })

  test.each([
    { argv: [], expected: ['error policy/shop-no-x', 'warning policy/shop-no-x'] },
    { argv: ['k8s/overlays/staging'], expected: ['warning policy/shop-no-x'] },
    { argv: ['--env', 'production'], expected: ['error policy/shop-no-x'] },
    { argv: ['k8s/base/deployment.yaml'], expected: ['error policy/shop-no-x'] },
    { argv: ['--only', 'policy'], expected: ['error policy/shop-no-x', 'warning policy/shop-no-x'] },
    { argv: ['--only', 'policy/shop-no-x'], expected: ['error policy/shop-no-x', 'warning policy/shop-no-x'] },
    { argv: ['--only', 'schema,policy/no-latest-tag'], expected: [] },
  ])('validate $argv', async ({ argv, expected }) => {
    const root = await generated({})
    const { exit, found } = await validated(root, ...argv)
    expect(lines(found)).toEqual(expect.arrayContaining(expected))
    expect(found.filter(({ code }) => code === 'policy/shop-no-x')).toHaveLength(expected.length)
    if (expected.includes('error policy/shop-no-x')) expect(exit).toBe(1)
  })

  test('is refused by the hook, which reads what is staged', async () => {
    const root = await generated({ check: findsNothing })
    git(root, 'init', '--quiet', '--initial-branch=main')
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message', 'start')
    writeAll(root, shopFiles({ check: findsEveryContainer }))
    expect((await runCli(root, ['hook', 'run'])).code).toBe(0)
    git(root, 'add', '--all')
    const { code, stdout } = await runCli(root, ['hook', 'run'])
    expect(code).toBe(1)
    expect(stdout).toContain('container "web" is x [policy/shop-no-x]')
  })

  test('can be accepted, and an exception that accepts nothing is found', async () => {
    const accept = "exceptions: [{ code: 'policy/shop-no-x', object: 'Deployment/shop-web', reason: 'old' }],"
    const root = await generated({ more: accept })
    expect(await validated(root)).toEqual({ exit: 0, found: [] })
    writeAll(root, shopFiles({ more: accept, check: findsNothing }))
    expect(lines((await validated(root)).found)).toEqual(['warning model/unused-exception'])
  })

  test('has its time under --debug', async () => {
    const root = await generated({})
    const { stderr } = await runCli(root, ['validate', '--debug'])
    expect(stderr).toMatch(/ms +2 {2}policy\/shop-no-x\n/)
    // Beside it the stages, the family's sum, and how many rules were not worth a line.
    expect(stderr).toMatch(/ms +reading, the platform, and building\n/)
    expect(stderr).toMatch(/ms +\d+ {2}policy, all of it\n/)
    expect(stderr).toMatch(/\d+ more checks below 0\.05 ms each, without findings\n/)
  })

  test('carries its page in SARIF', async () => {
    const root = await generated({})
    writeAll(root, { 'generator/platform/rules/shop-no-x.md': '# policy/shop-no-x\n\n## What\n\nAn x.\n' })
    expect((await runCli(root, ['validate', '--format', 'sarif'])).stdout).toContain('"text": "An x."')
  })
})

describe('a rule that cannot be trusted', () => {
  test.each([
    { name: 'throws', shop: { check: 'throw new Error("no")' }, says: 'throws "no"', line: 9 },
    { name: 'reads the clock', shop: { check: 'return Date.now()' }, says: 'the clock is not the same', line: 9 },
    { name: 'reads the environment', shop: { check: 'yield process.env' }, says: 'process is not defined', line: 9 },
    { name: 'yields nonsense', shop: { check: 'yield 42' }, says: 'yields 42, not a finding', line: 3 },
    { name: 'is none', shop: { rules: "['./rules/shop-no-x.ts']" }, says: 'is a string, not a rule', line: 20 },
    { name: 'is listed twice', shop: { rules: '[own, own]' }, says: 'is taken by another rule', line: 3 },
    {
      name: 'has a code of this tool',
      shop: { rules: "[{ ...own, code: 'policy/no-latest-tag' }]" },
      says: 'the code "policy/no-latest-tag" of an own rule is not',
      line: 3,
    },
  ])('$name: an error at its place, in every command', async ({ shop, says, line }) => {
    const root = await generated(shop)
    const { exit, found } = await validated(root)
    const [own] = found.filter(({ code }) => /^model\/(rule-fails|invalid-rule)$/.test(code))
    expect([exit, own?.message]).toEqual([1, expect.stringContaining(says)])
    expect(own?.at).toMatchObject({ file: expect.stringMatching(/shop(-no-x)?\.ts$/) as string, line })
    const only = await runCli(root, ['validate', '--only', 'policy/shop-no-x'])
    expect([1, 2]).toContain(only.code)
    const { code, stderr } = await runCli(root, ['generate'])
    expect([code === 1 || code === 2, stderr.includes(says)]).toEqual([true, true])
  })

  test('does not compile: nothing is taken for clean', async () => {
    const root = await generated({ check: 'const = 1' })
    expect((await runCli(root, ['generate'])).code).toBe(2)
    expect(lines((await validated(root)).found)).toContain('error model/does-not-compile')
    expect(lines((await validated(root, '--only', 'policy/shop-no-x')).found)).toContain('error model/does-not-compile')
  })

  test('that --only misspells gets a suggestion', async () => {
    const { code, stderr } = await runCli(await generated({}), ['validate', '--only', 'policy/shop-no-y'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "policy/shop-no-x"?')])
  })
})

describe('explain', () => {
  test('prints the page beside the module, and lists it', async () => {
    const root = await generated({})
    writeAll(root, { 'generator/platform/rules/shop-no-x.md': '# policy/shop-no-x\n\n## What\n\nAn x.\n' })
    expect((await runCli(root, ['explain', 'policy/shop-no-x'])).stdout).toContain('An x.')
    expect((await runCli(root, ['explain'])).stdout).toContain('\npolicy/shop-no-x\n')
  })

  test('says what the rule demands where there is no page', async () => {
    const { code, stdout } = await runCli(await generated({}), ['explain', 'policy/shop-no-x'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('There is no x.')])
    expect(stdout).toContain('write "generator/platform/rules/shop-no-x.md"')
  })

  test('explains this tool where the platform is broken', async () => {
    const root = await generated({ check: 'const = 1' })
    expect((await runCli(root, ['explain', 'policy/no-latest-tag'])).code).toBe(0)
    const { code, stdout, stderr } = await runCli(root, ['explain'])
    expect([code, stdout.includes('policy/no-latest-tag'), stderr]).toEqual([
      0,
      true,
      expect.stringContaining('cannot be evaluated'),
    ])
  })

  test("does not take HustleX's rules for this tool's", async () => {
    expect((await runCli(await generated({}), ['explain'])).stdout).not.toContain('hustlex')
  })
})

describe('rules', () => {
  const page = '# policy/shop-no-x\n\n## What\n\nX.\n\n## Why\n\nX.\n\n## Fix\n\nX.\n'
  const pod = (name: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      containers: [{ name: ${name}, image: 'a:1' }]\n`
  const fixtures = 'generator/platform/rules/fixtures/shop-no-x'
  const check = `for (const { name, at } of containersOf(resource)) if (name === 'x') yield { at, message: 'x', help: 'No x.' }`

  test('list and test', async () => {
    const root = shopDirectory({ check })
    expect((await runCli(root, ['rules', 'list'])).stdout).toBe(
      'policy/shop-no-x  error/warning  generator/platform/rules/shop-no-x.ts:3\n  There is no x.\n',
    )
    const bare = await runCli(root, ['rules', 'test'])
    expect(bare.code).toBe(1)
    for (const lack of ['has no page', 'has no bad fixture', 'has no good fixture']) expect(bare.stdout).toContain(lack)

    writeAll(root, {
      'generator/platform/rules/shop-no-x.md': page,
      [`${fixtures}/bad-x.yaml`]: pod('x'),
      [`${fixtures}/good-y.yaml`]: pod('y'),
    })
    expect((await runCli(root, ['rules', 'test'])).code).toBe(1)
    expect((await runCli(root, ['rules', 'test', '--update'])).code).toBe(0)
    expect(readFileSync(join(root, fixtures, 'bad-x.out'), 'utf8')).toBe('7:38 error x [policy/shop-no-x]\n')
    expect(await runCli(root, ['rules', 'test', 'shop-no-x'])).toEqual({
      code: 0,
      stdout: 'ok policy/shop-no-x: 2 fixtures\n',
      stderr: '',
    })

    writeAll(root, shopFiles({ check: findsNothing }))
    const after = await runCli(root, ['rules', 'test'])
    expect([after.code, after.stdout]).toEqual([1, expect.stringContaining('finds nothing in a bad fixture')])
    writeAll(root, shopFiles({ check: 'throw new Error("no")' }))
    expect((await runCli(root, ['rules', 'test'])).stdout).toContain('generator/platform/rules/shop-no-x.ts:9:')
  })

  test.each([
    { argv: ['rules'], says: 'list or test' },
    { argv: ['rules', 'tset'], says: 'allowed: list, test' },
    { argv: ['rules', 'list', 'x'], says: 'takes no arguments' },
    { argv: ['rules', 'test', 'shop-no-y'], says: 'did you mean "shop-no-x"' },
  ])('$argv is a mistake', async ({ argv, says }) => {
    const { code, stderr } = await runCli(shopDirectory(), argv)
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  })

  test('none at all is no pass', async () => {
    expect(await runCli(shopDirectory({ rules: '[]' }), ['rules', 'test'])).toMatchObject({ code: 2, stdout: '' })
  })

  test("HustleX's own pass", async () => {
    const { code, stdout } = await runCli(projectRoot, ['rules', 'test'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('ok policy/hustlex-')])
  })
})
