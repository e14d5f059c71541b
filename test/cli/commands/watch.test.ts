// `gitops generate --watch` as a process of its own, with a platform file saved the way editors save: by renaming over it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hustlexDirectory } from '../../support/hustlex-repository.ts'
import { projectRoot } from '../../support/run-cli.ts'

const platformFile = 'generator/platform/hustlex.ts'
const replicas = 'k8s/overlays/production/patches/replicas.yaml'

test('every save is generated, a broken one is told, and an interrupt ends it', { timeout: 120_000 }, async () => {
  const root = hustlexDirectory()
  const save = (change: (text: string) => string): void => {
    const path = join(root, platformFile)
    writeFileSync(`${path}.new`, change(readFileSync(path, 'utf8')))
    renameSync(`${path}.new`, path)
  }
  const child = spawn(process.execPath, [join(projectRoot, 'bin/gitops.cjs'), 'generate', '--watch'], { cwd: root })
  const ended = once(child, 'exit')
  let said = ''
  const heard = async (text: string): Promise<void> => {
    while (!said.includes(text)) {
      const [chunk] = (await once(child.stderr, 'data')) as [Buffer]
      said += chunk.toString()
    }
    said = ''
  }
  child.stdout.on('data', (chunk: Buffer) => child.stderr.emit('data', chunk))
  await heard('watching generator/')
  save(text => text.replace('replicas: 5', 'replicas: 6'))
  await heard(replicas)
  expect(readFileSync(join(root, replicas), 'utf8')).toContain('replicas: 6')
  save(text => text.replace('replicas: 6', 'replicas: -6'))
  await heard('model/invalid-scale')
  save(text => text.replace('replicas: -6', 'replicas: 7'))
  await heard(replicas)
  expect(readFileSync(join(root, replicas), 'utf8')).toContain('replicas: 7')
  child.kill('SIGINT')
  expect(await ended).toEqual([0, null])
})
