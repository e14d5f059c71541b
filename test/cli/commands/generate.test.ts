// `gitops generate` in a directory of its own: what is written, what is kept, and what is refused with nothing written.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ownedList } from '../../../generator/io/generated-tree.ts'
import { hustlexDirectory } from '../../support/hustlex-repository.ts'
import { readTree } from '../../support/read-tree.ts'
import { runCli } from '../../support/run-cli.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

const platformFile = 'generator/platform/hustlex.ts'
const replicas = 'k8s/overlays/production/patches/replicas.yaml'

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8')))
}

function generatedFiles(root: string): ReadonlyMap<string, string> {
  return new Map([...readTree(root)].filter(([path]) => /^(k8s|argocd)\//.test(path)))
}

describe('generate', () => {
  test('changes nothing where nothing changed, not even a time stamp', async () => {
    const root = hustlexDirectory()
    const before = statSync(join(root, replicas)).mtimeMs
    expect(await runCli(root, ['generate'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('unchanged') as string,
    })
    expect(statSync(join(root, replicas)).mtimeMs).toBe(before)
    expect(await runCli(root, ['generate', '--check'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('up to date') as string,
    })
  })

  test('writes a whole tree from nothing, and lists it', async () => {
    const root = hustlexDirectory()
    const committed = generatedFiles(root)
    rmSync(join(root, 'k8s'), { recursive: true })
    rmSync(join(root, 'argocd'), { recursive: true })
    expect((await runCli(root, ['generate'])).code).toBe(0)
    expect(generatedFiles(root)).toEqual(committed)
    expect(readFileSync(join(root, ownedList), 'utf8').split('\n').slice(1, -1)).toEqual([...committed.keys()].sort())
  })

  test('restores what was edited by hand or deleted, also with merge-conflict markers', async () => {
    const root = hustlexDirectory()
    const committed = generatedFiles(root)
    edit(root, replicas, text => `<<<<<<< ours\n${text}=======\n>>>>>>> theirs\n`)
    edit(root, ownedList, text => `<<<<<<< ours\n${text}=======\n>>>>>>> theirs\n`)
    rmSync(join(root, 'argocd/kustomization.yaml'))
    expect((await runCli(root, ['generate'])).code).toBe(0)
    expect(generatedFiles(root)).toEqual(committed)
  })

  test('removes what it no longer generates, and keeps what it never wrote', async () => {
    const root = hustlexDirectory()
    const orphan = 'k8s/base/old.yaml'
    const foreign = 'k8s/base/mine.yaml'
    edit(root, ownedList, text => `${text}${orphan}\n`)
    writeFileSync(join(root, orphan), 'kind: Old\n')
    writeFileSync(join(root, foreign), 'kind: Mine\n')
    const { code, stdout, stderr } = await runCli(root, ['generate'])
    expect(code).toBe(1)
    expect(stdout).toContain(`removed:\n  ${orphan}`)
    expect(stderr).toContain(foreign)
    expect([existsSync(join(root, orphan)), existsSync(join(root, foreign))]).toEqual([false, true])
  })

  test.each([
    '../outside.yaml',
    'generator/platform/hustlex.ts',
    '/etc/passwd',
    'k8s/../generator/platform/hustlex.ts',
  ])('a list that names %s never gets it removed', async path => {
    const root = hustlexDirectory()
    edit(root, ownedList, text => `${text}${path}\n`)
    expect((await runCli(root, ['generate'])).code).toBe(0)
    expect(existsSync(join(root, platformFile))).toBe(true)
  })

  test('tells modified, missing, orphaned and foreign files apart with --check, and writes nothing', async () => {
    const root = hustlexDirectory()
    edit(root, replicas, text => `${text}# by hand\n`)
    edit(root, ownedList, text => `${text}k8s/base/old.yaml\n`)
    writeFileSync(join(root, 'k8s/base/old.yaml'), 'kind: Old\n')
    writeFileSync(join(root, 'argocd/extra.yaml'), 'kind: Extra\n')
    rmSync(join(root, 'k8s/base/redis.yaml'))
    const before = generatedFiles(root)
    const { code, stdout } = await runCli(root, ['generate', '--check'])
    expect(code).toBe(1)
    expect(stdout).toContain(`modified:\n  ${ownedList}\n  ${replicas}\n`)
    expect(stdout).toContain('missing:\n  k8s/base/redis.yaml\n')
    expect(stdout).toContain('orphaned (no longer generated):\n  k8s/base/old.yaml\n')
    expect(stdout).toContain('not generated, in a generated directory:\n  argocd/extra.yaml\n')
    expect(stdout).toContain('Run "gitops generate" and commit the result.\nMove or remove what is not generated')
    expect(generatedFiles(root)).toEqual(before)
  })

  test.each([
    {
      name: 'does not compile',
      change: (text: string) => text.replace('service(', 'service(('),
      code: 2,
      says: 'model/does-not-compile',
    },
    {
      name: 'imports what is not there',
      change: (text: string) => `import './nowhere.ts'\n${text}`,
      code: 2,
      says: 'no file "./nowhere.ts"',
    },
    {
      name: 'reads the disk',
      change: (text: string) => `import 'node:fs'\n${text}`,
      code: 2,
      says: 'cannot import "node:fs"',
    },
    {
      name: 'throws',
      change: (text: string) => `${text}\nthrow new Error('planted')\n`,
      code: 2,
      says: 'the model throws: "planted"',
    },
    {
      name: 'exits the process',
      change: (text: string) => `${text}\nprocess.exit(0)\n`,
      code: 2,
      says: 'process is not defined',
    },
    {
      name: 'exports nothing',
      change: (text: string) => text.replace('export default', 'export const it ='),
      code: 2,
      says: 'has no default export',
    },
    {
      name: 'exports something else',
      change: (text: string) => text.replace('export default platform(', 'export default String('),
      code: 2,
      says: 'is no platform',
    },
    {
      name: 'names no such cluster',
      change: (text: string) =>
        text.replace("namespace: 'hustlex-staging',", "namespace: 'hustlex-staging', cluster: 'mian',"),
      code: 1,
      says: 'mian',
    },
    {
      name: 'misspells a setting',
      change: (text: string) => text.replace('autoscale:', 'autoScale:'),
      code: 1,
      says: 'did you mean "autoscale"?',
    },
    {
      name: 'declares a Kubernetes version without schemas',
      change: (text: string) => text.replace("kubernetes: '1.34'", "kubernetes: '1.29'"),
      code: 1,
      says: 'no schemas for Kubernetes "1.29"',
    },
    {
      name: 'asks for a negative count',
      change: (text: string) => text.replace('replicas: 5', 'replicas: -5'),
      code: 1,
      says: '-5',
    },
  ])('a platform that $name is refused with its place, and nothing is written', async ({ change, code, says }) => {
    const root = hustlexDirectory()
    edit(root, platformFile, change)
    edit(root, replicas, () => 'kept: as it is\n')
    const before = generatedFiles(root)
    const result = await runCli(root, ['generate'])
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' })
    expect(result.stderr).toContain(says)
    expect(result.stderr).toMatch(/generator\/platform\/hustlex\.ts:\d+:\d+/)
    expect(generatedFiles(root)).toEqual(before)
  })

  test('a platform that throws is placed at the line that throws', async () => {
    const root = hustlexDirectory()
    const lines = readFileSync(join(root, platformFile), 'utf8').split('\n').length
    edit(root, platformFile, text => `${text}\n  throw new Error('planted')\n`)
    expect((await runCli(root, ['generate'])).stderr).toContain(`hustlex.ts:${lines + 1}:9`)
  })

  test('a repository without platform is told how to declare one', async () => {
    expect(await runCli(directoryWith(), ['generate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('export default platform') as string,
    })
  })

  test('several candidates are not guessed between', async () => {
    const root = hustlexDirectory()
    writeFileSync(join(root, 'generator/platform/other.ts'), '')
    expect(await runCli(root, ['generate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('hustlex.ts, generator/platform/other.ts') as string,
    })
  })

  test('a linked folder never leads out of the repository', async () => {
    const root = hustlexDirectory()
    const outside = directoryWith({ 'kept.yaml': 'kept\n' })
    rmSync(join(root, 'argocd'), { recursive: true })
    symlinkSync(outside, join(root, 'argocd'))
    const { code, stderr } = await runCli(root, ['generate'])
    expect(code).toBe(2)
    expect(stderr).toContain('link that leaves the repository')
    expect(readdirSync(outside)).toEqual(['kept.yaml'])
  })

  test('a directory in the way is named, and nothing else is changed', async () => {
    const root = hustlexDirectory()
    rmSync(join(root, replicas))
    mkdirSync(join(root, replicas))
    expect(await runCli(root, ['generate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(replicas) as string,
    })
  })

  test.skipIf(process.getuid?.() === 0)('a read-only folder is named, and nothing is changed', async () => {
    const root = hustlexDirectory()
    edit(root, replicas, text => `${text}# by hand\n`)
    const folder = join(root, 'k8s/overlays/production/patches')
    chmodSync(folder, 0o555)
    expect(await runCli(root, ['generate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('permission denied') as string,
    })
    chmodSync(folder, 0o755)
  })
})
