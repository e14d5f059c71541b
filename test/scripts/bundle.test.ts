// scripts/bundle.mjs knows whether dist/ was made of the sources that are there.

import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { appendFileSync, cpSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { prepared, skipNote } from '../support/prepared-package.ts'
import { projectRoot } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

function bundle(root: string, ...argv: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(root, 'scripts/bundle.mjs'), ...argv], { encoding: 'utf8' })
}

describe.skipIf(!prepared)(`dist/ and its sources${skipNote}`, () => {
  test('dist/ is made again where a source has changed, and left alone where none has', { timeout: 240_000 }, () => {
    const root = directoryWith()
    for (const path of ['bin', 'dist', 'generator', 'schemas', 'scripts', 'package.json', 'package-lock.json'])
      cpSync(join(projectRoot, path), join(root, path), { recursive: true })
    symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
    // Whatever state this checkout's own dist/ is in.
    bundle(root, '--if-stale')
    const made = join(root, 'dist/gitops.cjs')
    const { mtimeMs } = statSync(made)
    expect(bundle(root, '--if-stale')).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(statSync(made).mtimeMs).toBe(mtimeMs)
    appendFileSync(join(root, 'generator/cli/main.ts'), '\nconsole.log("the new source")\n')
    const { status, stderr } = bundle(root, '--if-stale')
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('made again') as string })
    expect(readFileSync(made, 'latin1')).toContain('the new source')
  })
})
