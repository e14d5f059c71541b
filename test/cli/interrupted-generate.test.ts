// A run that is killed, or that the disk refuses, at any of its steps: the next run repairs, and a refused one has changed nothing.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hustlexDirectory } from '../support/hustlex-repository.ts'
import { readTree } from '../support/read-tree.ts'
import { projectRoot, runCli } from '../support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gitops-bundle-'))
const program = join(folder, 'start.cjs')

beforeAll(async () => {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['generator/cli/main.ts'],
    outfile: join(folder, 'bundle.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['esbuild'],
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  })
  writeFileSync(program, `require('./bundle.cjs').main(${JSON.stringify(projectRoot)})\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly status: number | null
  readonly signal: string | null
  readonly stderr: string
}

function failingRun(root: string, at: number, how: string, report = ''): Outcome {
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['--require', join(projectRoot, 'test/support/fail-at.cjs'), program, 'generate'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        FAIL_AT: String(at),
        FAIL_WITH: how,
        FAIL_REPORT: report,
        NODE_PATH: join(projectRoot, 'node_modules'),
      },
    },
  )
  return { status, signal, stderr }
}

function generated(root: string): ReadonlyMap<string, string> {
  return new Map([...readTree(root)].filter(([path]) => /^(k8s|argocd)\//.test(path)))
}

/** A repository whose tree is old: a file of an earlier run to be removed, files to be changed, and missing ones. */
function outdated(): string {
  const root = hustlexDirectory()
  const list = join(root, 'k8s/.gitops-files')
  writeFileSync(list, `${readFileSync(list, 'utf8')}k8s/base/old.yaml\nk8s/old/gone.yaml\n`)
  writeFileSync(join(root, 'k8s/base/old.yaml'), 'kind: Old\n')
  for (const path of ['k8s/overlays/production/patches/replicas.yaml', 'k8s/base/service.yaml'])
    writeFileSync(join(root, path), 'old: true\n')
  rmSync(join(root, 'argocd'), { recursive: true })
  return root
}

function stepsOfWholeRun(): number {
  const report = join(folder, 'steps')
  failingRun(outdated(), 1_000_000, 'SIGKILL', report)
  return Number(readFileSync(report, 'utf8'))
}

test('killed at every kind of step, the next run repairs', { timeout: 300_000 }, async () => {
  const steps = stepsOfWholeRun()
  expect(steps).toBeGreaterThan(20)
  const expected = generated(hustlexDirectory())
  for (let at = 0; at < steps; at += 4) {
    const root = outdated()
    expect(failingRun(root, at, 'SIGKILL').signal).toBe('SIGKILL')
    const { code, stderr } = await runCli(root, ['generate'])
    expect({ at, code, stderr: stderr.replace(/^warning[^]*?\n\n/gm, '') }).toMatchObject({ at, code: 0 })
    expect({ at, tree: generated(root) }).toEqual({ at, tree: expected })
  }
})

describe.each([
  { how: 'ENOSPC', says: 'the disk is full', steps: [0, 2, 5, 9] },
  { how: 'EROFS', says: 'the file system is read-only', steps: [0] },
])('a disk that answers $how', ({ how, says, steps }) => {
  test('is named, exit code 2, and while files are being prepared nothing is changed', { timeout: 120_000 }, () => {
    for (const at of steps) {
      const root = outdated()
      const before = generated(root)
      const { status, stderr } = failingRun(root, at, how)
      expect({ at, status, stderr }).toMatchObject({ at, status: 2 })
      expect(stderr).toContain(says)
      expect({ at, tree: generated(root) }).toEqual({ at, tree: before })
    }
  })
})

test('two runs at once leave a whole tree', { timeout: 60_000 }, async () => {
  const root = outdated()
  const one = async (): Promise<number | null> =>
    new Promise(done => {
      spawn(process.execPath, [program, 'generate'], {
        cwd: root,
        stdio: 'ignore',
        env: { ...process.env, NODE_PATH: join(projectRoot, 'node_modules') },
      }).on('exit', done)
    })
  expect(await Promise.all([one(), one(), one()])).toEqual([0, 0, 0])
  expect(generated(root)).toEqual(generated(hustlexDirectory()))
})
