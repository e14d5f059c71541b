// The command line as a new user meets it: wrong words, wrong options, and what the process answers.

import { describe, expect, test } from 'vitest'
import { commands } from '../../generator/cli/registry.ts'
import { run } from '../../generator/cli/run.ts'
import { directoryWith } from '../support/temporary-directory.ts'
import { projectRoot, runCli } from '../support/run-cli.ts'

describe('bad usage', () => {
  test.each([
    { name: 'no command', argv: [], says: 'Usage: gitops COMMAND' },
    { name: 'a misspelt command', argv: ['vaildate'], says: 'unknown command "vaildate", did you mean "validate"?' },
    { name: 'an option for a command', argv: ['--foo'], says: 'unknown option "--foo"' },
    {
      name: 'a misspelt option',
      argv: ['validate', '--quite'],
      says: 'unknown option "--quite", did you mean "--quiet"?',
    },
    { name: 'an unknown short option', argv: ['build', '-z'], says: 'unknown option "-z"' },
    { name: 'a value for a flag', argv: ['generate', '--check=yes'], says: 'takes no value, got "yes"' },
    { name: 'a missing value', argv: ['validate', '--format'], says: '--format FORMAT' },
    { name: 'an empty value', argv: ['validate', '--format='], says: 'needs a value' },
    {
      name: 'a value that is not allowed',
      argv: ['validate', '--format', 'jso'],
      says: 'cannot be "jso", did you mean "json"?',
    },
    { name: 'an option twice', argv: ['validate', '--format', 'json', '--format', 'text'], says: 'given 2 times' },
    {
      name: 'an unknown version',
      argv: ['validate', '--kubernetes', '1.12', 'k8s'],
      says: 'no schemas for Kubernetes "1.12"',
    },
    { name: 'an empty list entry', argv: ['validate', '--kubernetes', '1.34,,1.35'], says: 'empty entry' },
    {
      name: 'an unknown family',
      argv: ['validate', '--only', 'polciy'],
      says: '--only knows no "polciy", did you mean "policy"?',
    },
    {
      name: 'an unknown environment',
      argv: ['validate', '--env', 'prodction'],
      says: 'no environment "prodction" here',
    },
    {
      name: 'an unknown code',
      argv: ['explain', 'policy/no-such-thing-at-all'],
      says: 'unknown code "policy/no-such-thing-at-all"',
    },
    { name: 'two codes', argv: ['explain', 'a', 'b'], says: 'explain takes one code' },
    { name: 'a hook without action', argv: ['hook'], says: 'install or run' },
    { name: 'an unknown hook action', argv: ['hook', 'instal'], says: 'did you mean "install"?' },
    {
      name: 'a directory that is not there',
      argv: ['build', 'no/such/dir'],
      says: 'no file or directory "no/such/dir"',
    },
    { name: 'a file where a directory is wanted', argv: ['build', 'package.json'], says: '"package.json" is a file' },
    {
      name: 'a path that is not there',
      argv: ['validate', 'nowhere.yaml'],
      says: 'no file or directory "nowhere.yaml"',
    },
  ])('$name gives exit code 2 and a way on', async ({ argv, says }) => {
    const { code, stdout, stderr } = await runCli(projectRoot, argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('internal error:')
  })
})

describe('help', () => {
  test('lists every command, and nothing else', async () => {
    const { code, stdout } = await runCli(projectRoot, ['--help'])
    expect(code).toBe(0)
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) {2,}(.*)$/gm)].map(([, name, summary]) => ({ name, summary }))
    expect(listed).toEqual(commands.map(({ name, summary }) => ({ name, summary })))
  })

  test.each(commands.map(({ name }) => name))('%s has a page with options and examples that parse', async name => {
    const { code, stdout } = await runCli(projectRoot, [name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^gitops [a-z]+: /)
    expect(stdout).toMatch(/Examples:\n {2}gitops /)
    expect(await runCli(projectRoot, ['help', name])).toMatchObject({ code: 0, stdout })
  })

  test('is given even beside a wrong option', async () => {
    expect((await runCli(projectRoot, ['build', '--nonsense', '--help'])).code).toBe(0)
  })

  test('the name a command is loaded under is its own', async () => {
    for (const { name, load, summary } of commands) expect(await load()).toMatchObject({ name, summary })
  })
})

test('the version is the one of package.json', async () => {
  expect((await runCli(projectRoot, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a bug of ours is exit code 3, and says that it is one', async () => {
  const written: string[] = []
  const sink = { write: (text: string) => void written.push(text), isTerminal: () => false }
  const code = await run(['explain'], {
    cwd: projectRoot,
    env: {},
    stdout: {
      write: () => {
        throw new TypeError('planted')
      },
      isTerminal: () => false,
    },
    stderr: sink,
    readStdin: () => Buffer.alloc(0),
    now: () => 0,
    today: () => '2026-01-01',
    packageRoot: projectRoot,
  })
  expect(code).toBe(3)
  expect(written.join('')).toContain('internal error: TypeError: planted')
})

describe('colour', () => {
  const broken = { 'a.yaml': 'apiVersion: v1\nkind: Pod\n' }
  test.each([
    { name: 'a terminal', terminal: true, env: {}, argv: [], coloured: true },
    { name: 'no terminal', terminal: false, env: {}, argv: [], coloured: false },
    { name: 'NO_COLOR', terminal: true, env: { NO_COLOR: '1' }, argv: [], coloured: false },
    { name: 'an empty NO_COLOR', terminal: true, env: { NO_COLOR: '' }, argv: [], coloured: true },
    { name: '--no-color', terminal: true, env: {}, argv: ['--no-color'], coloured: false },
    { name: 'FORCE_COLOR', terminal: false, env: { FORCE_COLOR: '1' }, argv: [], coloured: true },
    {
      name: 'NO_COLOR against FORCE_COLOR',
      terminal: true,
      env: { NO_COLOR: '1', FORCE_COLOR: '1' },
      argv: [],
      coloured: false,
    },
  ])('with $name: $coloured', async ({ terminal, env, argv, coloured }) => {
    const { code, stdout } = await runCli(directoryWith(broken), ['validate', 'a.yaml', ...argv], { terminal, env })
    expect(code).toBe(1)
    expect(stdout.includes('\u001b[')).toBe(coloured)
  })
})
