// `gitops build` as a command: text, several directories, output files, and what is refused.

import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot, runCli } from '../../support/run-cli.ts'
import { realKustomizes } from '../../support/kustomize-binary.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

const configMap = (name: string, namespace?: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}`

const files = {
  'base/kustomization.yaml': 'resources:\n- a.yaml\n',
  'base/a.yaml': configMap('a'),
  'overlay/kustomization.yaml': 'resources:\n- ../base\nnamePrefix: p-\n',
  'other/kustomization.yaml': 'resources:\n- b.yaml\n',
  'other/b.yaml': configMap('b'),
  'broken/kustomization.yaml': 'resources:\n- nowhere.yaml\n',
  'outside/kustomization.yaml': 'resources:\n- ../base/a.yaml\n',
  'wrong/kustomization.yaml': 'resources: {}\n',
}

describe('build', () => {
  test('prints what is rendered, from a relative directory outside any repository', async () => {
    const root = directoryWith(files)
    expect(await runCli(join(root, 'overlay'), ['build', '.'])).toEqual({
      code: 0,
      stdout: configMap('p-a'),
      stderr: '',
    })
    expect(await runCli(join(root, 'overlay'), ['build'])).toMatchObject({ code: 0, stdout: configMap('p-a') })
  })

  test('prints several directories one after the other', async () => {
    const root = directoryWith(files)
    expect(await runCli(root, ['build', 'overlay', 'other/'])).toEqual({
      code: 0,
      stdout: `${configMap('p-a')}---\n${configMap('b')}`,
      stderr: '',
    })
  })

  test('a directory that cannot be built is a finding with its place, and prints nothing', async () => {
    const { code, stdout, stderr } = await runCli(directoryWith(files), ['build', 'other', 'broken'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('broken/kustomization.yaml')
    expect(stderr).not.toContain('/tmp')
  })

  test('takes the load restrictor of kustomize', async () => {
    const root = directoryWith(files)
    expect((await runCli(root, ['build', 'outside'])).code).toBe(1)
    expect(await runCli(root, ['build', 'outside', '--load-restrictor', 'LoadRestrictionsNone'])).toMatchObject({
      code: 0,
      stdout: configMap('a'),
    })
  })

  test('writes to a file with -o', async () => {
    const root = directoryWith(files)
    expect(await runCli(root, ['build', 'overlay', '-o', 'out.yaml'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(root, 'out.yaml'), 'utf8')).toBe(configMap('p-a'))
    expect(await runCli(root, ['build', 'overlay', '-o', 'no/such/folder/out.yaml'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be written') as string,
    })
  })

  test('a repository is as far as a build reads: a link out of it is refused', async () => {
    const outside = directoryWith({ 'a.yaml': configMap('stolen') })
    const root = directoryWith({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' })
    symlinkSync(join(outside, 'a.yaml'), join(root, 'base/linked.yaml'))
    writeFileSync(join(root, 'base/kustomization.yaml'), 'resources:\n- linked.yaml\n')
    const { code, stdout, stderr } = await runCli(root, ['build', 'base'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('link that leaves the repository')
  })

  test('a binary file of a generator is kept byte for byte', async () => {
    const root = directoryWith({ 'k/kustomization.yaml': 'configMapGenerator:\n- name: c\n  files:\n  - data.bin\n' })
    const bytes = Buffer.from([0, 255, 128, 200, 10, 195, 169])
    writeFileSync(join(root, 'k/data.bin'), bytes)
    const { code, stdout } = await runCli(root, ['build', 'k'])
    expect(code).toBe(0)
    expect(/binaryData:\n {2}data\.bin: (\S+)/.exec(stdout)?.[1]).toBe(bytes.toString('base64'))
  })
})

describe.each(realKustomizes())('as the real $name does', ({ build }) => {
  test.each(readdirSync(join(projectRoot, 'k8s/overlays')).map(name => `k8s/overlays/${name}`))(
    '%s',
    async directory => {
      expect((await runCli(projectRoot, ['build', directory])).stdout).toBe(build(directory))
    },
  )
})

test('a file per object, named as kustomize names them', async () => {
  const root = directoryWith({
    'kustomization.yaml': 'resources:\n- all.yaml\n',
    'all.yaml': [configMap('a', 'one'), configMap('b', 'two')].join('---\n'),
    'out/.keep': '',
  })
  expect((await runCli(root, ['build', '.', '-o', 'out'])).code).toBe(0)
  expect(readdirSync(join(root, 'out')).filter(name => name.endsWith('.yaml'))).toEqual([
    'one_v1_configmap_a.yaml',
    'two_v1_configmap_b.yaml',
  ])
  expect(existsSync(join(root, 'out/.keep'))).toBe(true)
})
