// Applications outside any repository: what their sources are looked up in.

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles } from '../../generator/io/disk-tree.ts'
import { git } from '../support/hustlex-repository.ts'
import { runCli } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

const application = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example/shop.git, targetRevision: refs/heads/main, path: apps }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`
const files = {
  'argocd/one.yaml': `${application('one')}---\n${application('two')}`,
  'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n',
}

interface Found {
  readonly code: string
  readonly at: { readonly file: string }
  readonly related?: readonly { readonly at: { readonly file: string; readonly line?: number } }[]
}

async function found(cwd: string, path: string): Promise<readonly Found[]> {
  const { stdout } = await runCli(cwd, ['validate', path, '--only', 'argocd', '--format', 'json'])
  return (JSON.parse(stdout) as { diagnostics: readonly Found[] }).diagnostics
}

test('a directory is taken for the repository: its Applications’ sources are found in it', async () => {
  const shared = (await found(directoryWith(files), '.')).find(({ code }) => code === 'argocd/shared-object')
  expect(shared?.at.file).toBe('argocd/one.yaml')
  expect(shared?.related?.map(({ at }) => at.file)).toContain('apps/settings.yaml')
})

test('Git says under which URLs a repository is known; what is none of them is elsewhere', async () => {
  const root = directoryWith(files)
  git(root, 'init', '--quiet')
  git(root, 'remote', 'add', 'mirror', 'https://mirror.example/other.git')
  const elsewhere = (await found(root, 'argocd')).map(({ code }) => code)
  expect(elsewhere.filter(code => code === 'argocd/not-evaluated')).toHaveLength(2)
  git(root, 'remote', 'add', 'origin', 'git@git.example:shop.git')
  const here = (await found(root, 'argocd')).map(({ code }) => code)
  expect(here).not.toContain('argocd/not-evaluated')
  expect(here).toContain('argocd/shared-object')
})

test('a file alone is no repository: nothing around it is listed, and its sources are said not to be evaluated', async () => {
  const codes = (await found(directoryWith(files), 'argocd/one.yaml')).map(({ code }) => code)
  expect(new Set(codes)).toEqual(new Set(['argocd/not-evaluated']))
})

test('a link that leads in a circle is listed, not stumbled over', () => {
  const directory = directoryWith({ 'a.yaml': '' })
  symlinkSync('loop', join(directory, 'loop'))
  expect([...listFiles(directory, '')].sort()).toEqual(['a.yaml', 'loop'])
})
