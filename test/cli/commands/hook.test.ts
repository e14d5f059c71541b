// The pre-commit hook in real repositories: what is staged decides, what lies in the working tree does not.

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { git, hustlexDirectory, hustlexRepository, tryGit } from '../../support/hustlex-repository.ts'
import { projectRoot, runCli } from '../../support/run-cli.ts'
import { directoryWith, writeAll } from '../../support/temporary-directory.ts'

const platformFile = 'generator/platform/hustlex.ts'
const replicas = 'k8s/overlays/production/patches/replicas.yaml'

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')))
}

const runHook = async (root: string) => runCli(root, ['hook', 'run'])

describe('hook run', () => {
  test('passes where nothing is staged, and where what is staged does not concern it', async () => {
    const root = hustlexRepository()
    expect(await runHook(root)).toEqual({ code: 0, stdout: '', stderr: '' })
    writeAll(root, { 'notes.txt': 'hello\n' })
    git(root, 'add', 'notes.txt')
    expect(await runHook(root)).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('refuses a hand edit of a generated file, and says where to edit instead', async () => {
    const root = hustlexRepository()
    edit(root, replicas, text => text.replace('replicas: 5', 'replicas: 6'))
    git(root, 'add', '--all')
    const { code, stdout } = await runHook(root)
    expect(code).toBe(1)
    expect(stdout).toContain(`modified:\n  ${replicas}\n`)
    expect(stdout).toContain('run "gitops generate", then "git add --all argocd k8s"')
  })

  test('refuses a platform edit without its generated files', async () => {
    const root = hustlexRepository()
    edit(root, platformFile, text => text.replace('replicas: 5', 'replicas: 6'))
    git(root, 'add', platformFile)
    expect((await runHook(root)).code).toBe(1)
    // Generated but not staged is still not what would be committed.
    await runCli(root, ['generate'])
    expect((await runHook(root)).code).toBe(1)
    git(root, 'add', '--all', 'k8s', 'argocd')
    expect(await runHook(root)).toMatchObject({ code: 0, stdout: '' })
  })

  test.each([
    { name: 'a hand edit', path: replicas, change: (text: string) => text.replace('5', '6') },
    {
      name: 'a platform edit',
      path: platformFile,
      change: (text: string) => text.replace('replicas: 5', 'replicas: 6'),
    },
    { name: 'a broken platform', path: platformFile, change: () => 'not typescript (\n' },
    { name: 'a broken overlay', path: 'k8s/overlays/production/kustomization.yaml', change: () => ': [\n' },
  ])('$name that is not staged is not looked at', async ({ path, change }) => {
    const root = hustlexRepository()
    writeAll(root, { 'k8s/README.txt': 'staged, and no manifest\n' })
    git(root, 'add', '--all')
    edit(root, path, change)
    expect(await runHook(root)).toMatchObject({ code: 0 })
  })

  test('a staged platform is judged as staged, though the working tree has been put right since', async () => {
    const root = hustlexRepository()
    edit(root, platformFile, text => text.replace('replicas: 5', 'replicas: -5'))
    git(root, 'add', platformFile)
    edit(root, platformFile, text => text.replace('replicas: -5', 'replicas: 5'))
    const { code, stdout } = await runHook(root)
    expect(code).toBe(1)
    expect(stdout).toMatch(/hustlex\.ts:\d+:\d+/)
  })

  test.each([
    { name: 'does not compile', change: () => 'not typescript (\n', code: 2 },
    { name: 'throws', change: (text: string) => `${text}\nthrow new Error('planted')\n`, code: 2 },
    { name: 'has an invalid value', change: (text: string) => text.replace('port: 8080', 'port: 99999'), code: 1 },
  ])('a staged platform that $name is refused with its place', async ({ change, code }) => {
    const root = hustlexRepository()
    edit(root, platformFile, change)
    git(root, 'add', platformFile)
    const result = await runHook(root)
    expect(result.code).toBe(code)
    expect(result.stdout).toContain(`${platformFile}:`)
  })

  test('a version that people staged in releases.yaml counts', async () => {
    const root = hustlexRepository()
    edit(root, 'generator/platform/releases.yaml', text => text.replaceAll('1.0.0', '1.0.1'))
    git(root, 'add', '--all')
    expect((await runHook(root)).code).toBe(1)
  })

  test('a deleted generated file is missed, an added one in its folder is foreign', async () => {
    const root = hustlexRepository()
    git(root, 'rm', '--quiet', 'k8s/base/redis.yaml')
    writeAll(root, { 'argocd/applications/mine.yaml': 'kind: Application\n' })
    git(root, 'add', '--all')
    const { code, stdout } = await runHook(root)
    expect(code).toBe(1)
    expect(stdout).toContain('missing:\n  k8s/base/redis.yaml')
    expect(stdout).toContain('argocd/applications/mine.yaml')
    expect(stdout).toContain('What is not generated: move it elsewhere')
  })

  test('validates what the staged files affect in a repository without a platform', async () => {
    const files = {
      'k8s/base/kustomization.yaml': 'resources:\n- a.yaml\n',
      'k8s/base/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\n',
      'k8s/overlays/one/kustomization.yaml': 'resources:\n- ../../base\n',
      'k8s/overlays/two/kustomization.yaml': 'resources:\n- two.yaml\n',
      'k8s/overlays/two/two.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  namespace: shop\nwrong: true\n',
    }
    const root = directoryWith(files)
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message', 'start')
    edit(root, 'k8s/base/a.yaml', text => `${text}data: {}\n`)
    git(root, 'add', '--all')
    expect((await runHook(root)).code).toBe(0)
    edit(root, 'k8s/base/a.yaml', text => `${text}dta: {}\n`)
    git(root, 'add', '--all')
    const { code, stdout } = await runHook(root)
    expect(code).toBe(1)
    expect(stdout).toContain('schema/unknown-field')
    expect(stdout).not.toContain('two.yaml')
  })

  test('looks everywhere where no platform says where manifests are, and passes over what is none', async () => {
    const root = directoryWith({
      'clusters/home/kustomization.yaml': 'resources:\n- a.yaml\n',
      'clusters/home/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\n',
      'mkdocs.yml': 'site_name: x\n',
    })
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message', 'start')
    edit(root, 'mkdocs.yml', text => `${text}theme: y\n`)
    git(root, 'add', '--all')
    expect(await runHook(root)).toMatchObject({ code: 0, stdout: '' })
    edit(root, 'clusters/home/a.yaml', text => `${text}dta: {}\n`)
    git(root, 'add', '--all')
    const { code, stdout } = await runHook(root)
    expect(code).toBe(1)
    expect(stdout).toContain('clusters/home/a.yaml:6:1')
  })

  test('judges loose files by the directory they share, as validate does', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  containers:\n  - name: a\n    image: a:stable\n'
    const root = directoryWith({ 'deploy/production/a.yaml': pod, 'deploy/dev/README.txt': 'x\n' })
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    expect((await runHook(root)).stdout).toContain('policy/no-latest-tag')
    git(root, 'mv', 'deploy/production/a.yaml', 'deploy/dev/a.yaml')
    expect((await runHook(root)).stdout).not.toContain('policy/no-latest-tag')
  })

  test('works before the first commit', async () => {
    const root = hustlexDirectory()
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    expect(await runHook(root)).toMatchObject({ code: 0 })
    edit(root, replicas, text => text.replace('5', '6'))
    git(root, 'add', '--all')
    expect((await runHook(root)).code).toBe(1)
  })

  test('names the conflict while a merge has left one in the index', async () => {
    const root = hustlexRepository()
    git(root, 'checkout', '--quiet', '-b', 'other')
    edit(root, replicas, text => text.replace('5', '6'))
    git(root, 'commit', '--quiet', '--all', '--message', 'six')
    git(root, 'checkout', '--quiet', 'main')
    edit(root, replicas, text => text.replace('5', '7'))
    git(root, 'commit', '--quiet', '--all', '--message', 'seven')
    expect(tryGit(root, 'merge', 'other').status).not.toBe(0)
    expect(await runHook(root)).toMatchObject({ code: 2, stderr: expect.stringContaining('merge conflicts') as string })
  })

  test('outside a repository it says so', async () => {
    expect(await runHook(directoryWith())).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Git repository') as string,
    })
  })

  test('paths with spaces, quotes and letters beyond ASCII are read', async () => {
    const root = directoryWith({
      'k8s/ä b"c/kustomization.yaml': 'resources:\n- a.yaml\n',
      'k8s/ä b"c/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\nwrong: 1\n',
    })
    git(root, 'init', '--quiet')
    git(root, 'add', '--all')
    const { code, stdout } = await runHook(root)
    expect({ code, found: stdout.includes('k8s/ä b"c/a') || stdout.includes('k8s/ä b"c/kustomization') }).toEqual({
      code: 1,
      found: true,
    })
  })
})

describe('hook install', () => {
  const hookOf = (root: string): string => join(root, '.git/hooks/pre-commit')

  test('writes an executable hook, once', async () => {
    const root = hustlexRepository()
    expect(await runCli(root, ['hook', 'install'])).toMatchObject({
      code: 0,
      stdout: 'installed .git/hooks/pre-commit\n',
    })
    const text = readFileSync(hookOf(root), 'utf8')
    expect(await runCli(root, ['hook', 'install'])).toMatchObject({
      code: 0,
      stdout: '.git/hooks/pre-commit is already installed\n',
    })
    expect(readFileSync(hookOf(root), 'utf8')).toBe(text)
    expect(spawnSync('sh', ['-n', hookOf(root)]).status).toBe(0)
  })

  test('keeps the hook that is there, and runs it first', async () => {
    const root = hustlexRepository()
    writeFileSync(hookOf(root), '#!/bin/sh\necho before-ran\nexit 7\n')
    chmodSync(hookOf(root), 0o755)
    expect((await runCli(root, ['hook', 'install'])).stdout).toContain('runs first')
    expect((await runCli(root, ['hook', 'install'])).stdout).toContain('already installed')
    const { status, stdout } = spawnSync(hookOf(root), { cwd: root, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 7, stdout: 'before-ran\n' })
  })

  test('writes where core.hooksPath of the repository says, without absolute paths in a committed hook', async () => {
    const root = hustlexRepository()
    git(root, 'config', 'core.hooksPath', '.githooks')
    await runCli(root, ['hook', 'install'])
    expect(existsSync(hookOf(root))).toBe(false)
    expect(readFileSync(join(root, '.githooks/pre-commit'), 'utf8')).not.toContain(projectRoot)
  })

  test('serves a worktree from the hooks they share', async () => {
    const root = hustlexRepository()
    const other = join(directoryWith(), 'tree')
    git(root, 'worktree', 'add', '--quiet', other)
    expect((await runCli(other, ['hook', 'install'])).code).toBe(0)
    expect(existsSync(hookOf(root))).toBe(true)
  })

  test('refuses outside a repository', async () => {
    expect((await runCli(directoryWith(), ['hook', 'install'])).code).toBe(2)
  })
})

const prepared = existsSync(join(projectRoot, 'dist/gitops.cjs'))
describe.skipIf(!prepared)(
  `git commit through the installed hook${prepared ? '' : ' (SKIPPED: dist/ is missing, run "npm run build")'}`,
  () => {
    test('refuses drift, lets a clean commit pass, and answers to --no-verify', async () => {
      const root = hustlexRepository()
      await runCli(root, ['hook', 'install'])
      edit(root, replicas, text => text.replace('5', '6'))
      expect(tryGit(root, 'commit', '--quiet', '--all', '--message', 'by hand')).toMatchObject({ status: 1 })
      expect(tryGit(root, 'commit', '--quiet', '--all', '--no-verify', '--message', 'by hand').status).toBe(0)
      git(root, 'reset', '--quiet', '--hard', 'HEAD~')
      edit(root, platformFile, text => text.replace('replicas: 5', 'replicas: 6'))
      await runCli(root, ['generate'])
      expect(tryGit(root, 'commit', '--quiet', '--all', '--message', 'six')).toMatchObject({ status: 0 })
    })

    test('a commit of some files is judged by the index it makes', async () => {
      const root = hustlexRepository()
      await runCli(root, ['hook', 'install'])
      edit(root, platformFile, text => text.replace('replicas: 5', 'replicas: 6'))
      await runCli(root, ['generate'])
      expect(tryGit(root, 'commit', '--quiet', '--message', 'half', platformFile).status).toBe(1)
      expect(tryGit(root, 'commit', '--quiet', '--message', 'whole', platformFile, 'k8s', 'argocd').status).toBe(0)
    })

    const framework = spawnSync('pre-commit', ['--version']).status === 0
    test.skipIf(!framework)('the pre-commit framework accepts the hook definition', () => {
      expect(() =>
        execFileSync('pre-commit', ['validate-manifest', join(projectRoot, '.pre-commit-hooks.yaml')]),
      ).not.toThrow()
    })

    test.skipIf(!framework)(
      'refuses drift at a commit through the pre-commit framework, and lets a clean one pass',
      async () => {
        const root = hustlexRepository()
        const [definition] = readFileSync(join(projectRoot, '.pre-commit-hooks.yaml'), 'utf8')
          .split('- id: gitops\n')
          .slice(1)
        const hook = (definition ?? '')
          .replace(/language: .*/, 'language: system')
          .replace(/entry: gitops/, `entry: ${process.execPath} ${join(projectRoot, 'bin/gitops.cjs')}`)
        writeFileSync(
          join(root, '.pre-commit-config.yaml'),
          `repos:\n- repo: local\n  hooks:\n  - id: gitops\n${hook.replaceAll(/^/gm, '  ')}`,
        )
        git(root, 'add', '.pre-commit-config.yaml')
        execFileSync('pre-commit', ['install'], { cwd: root, stdio: 'ignore' })
        edit(root, replicas, text => text.replace('5', '6'))
        expect(tryGit(root, 'commit', '--quiet', '--all', '--message', 'by hand').status).toBe(1)
        git(root, 'checkout', '--quiet', 'HEAD', '--', replicas)
        edit(root, platformFile, text => text.replace('replicas: 5', 'replicas: 6'))
        await runCli(root, ['generate'])
        expect(tryGit(root, 'commit', '--quiet', '--all', '--message', 'six')).toMatchObject({ status: 0 })
      },
    )

    test('an unprepared checkout refuses the commit instead of passing it', async () => {
      const root = hustlexRepository()
      await runCli(root, ['hook', 'install'])
      const text = readFileSync(hookFile(root), 'utf8').replaceAll(projectRoot, '/nowhere')
      writeFileSync(hookFile(root), text)
      rmSync(join(root, 'node_modules'))
      mkdirSync(join(root, 'node_modules'))
      edit(root, replicas, old => old.replace('5', '6'))
      expect(tryGit(root, 'commit', '--quiet', '--all', '--message', 'x')).toMatchObject({
        status: 1,
        output: expect.stringContaining('npm ci') as string,
      })
    })
  },
)

function hookFile(root: string): string {
  return join(root, '.git/hooks/pre-commit')
}
