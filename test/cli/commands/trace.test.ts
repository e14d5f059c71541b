// `gitops trace`: the way of a field from base to model, and what it answers to names that are not there.

import { describe, expect, test } from 'vitest'
import { projectRoot, runCli } from '../../support/run-cli.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

test('a patched field names base, patch and model entry, per environment', async () => {
  const { code, stdout } = await runCli(projectRoot, [
    'trace',
    'Deployment/hustlex-api',
    '/spec/replicas',
    '--env',
    'production',
  ])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^Deployment hustlex\/hustlex-api \/spec\/replicas = 5 \(k8s\/overlays\/production\)\n {2}resource {4}k8s\/base\/deployment\.yaml:\d+:\d+\n {2}patch {7}k8s\/overlays\/production\/patches\/replicas\.yaml:\d+:\d+\n {2}model {7}generator\/platform\/hustlex\.ts:\d+:\d+\n {2}argocd {6}/,
  )
  expect(stdout).toContain(
    '  argocd      differences here are ignored (spec.ignoreDifferences.0), and a sync leaves them alone\n',
  )
})

test('another repository: its Applications in loose files, whatever its folders are called', async () => {
  const application = (options: string): string =>
    [
      'apiVersion: argoproj.io/v1alpha1',
      'kind: Application',
      'metadata: {name: web, namespace: argocd}',
      'spec:',
      '  project: default',
      '  source: {repoURL: https://git.example.com/web.git, path: ./deploy/web/, targetRevision: v1.0.0}',
      '  destination: {name: in-cluster, namespace: web}',
      '  ignoreDifferences:',
      '  - {group: apps, kind: Deployment, jsonPointers: [/spec/template/metadata]}',
      '  - {group: apps, kind: Deployment, managedFieldsManagers: [operator]}',
      options,
    ].join('\n')
  const files = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'deploy/web/kustomization.yaml': 'resources:\n- web.yaml\n',
    'deploy/web/web.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  template:\n    metadata:\n      labels:\n        app: web\n',
    'apps/web.yaml': application(''),
  }
  const { code, stdout } = await runCli(directoryWith(files), ['trace', 'Deployment/web', '/spec/template'])
  expect(code).toBe(0)
  expect(stdout.split('\n').filter(line => line.startsWith('  argocd '))).toEqual([
    '  argocd      Application web, project default',
    '  argocd      phase Sync, wave 0: 1 of 1, with 0 more in its wave; the next wave waits until it is healthy',
    '  argocd      permission not evaluated: project "default" is not in this repository',
    '  argocd      differences at "/spec/template/metadata" are ignored (spec.ignoreDifferences.0), but every sync writes the value in Git all the same',
    '  argocd      whether "operator" of ignoreDifferences covers this is not evaluated',
  ])
})

test('an object is shown for every environment that renders it', async () => {
  const { stdout } = await runCli(projectRoot, ['trace', 'service/hustlex-api'])
  expect(stdout.match(/^Service /gm)).toHaveLength(2)
})

test('an object is shown with what Argo CD does with it, by the Application of its environment', async () => {
  const { stdout } = await runCli(projectRoot, ['trace', 'Deployment/hustlex-api', '--env', 'staging'])
  const placed = stdout.split('\n').filter(line => line.startsWith('  argocd '))
  expect(placed[0]).toBe('  argocd      Application hustlex-staging, project hustlex-staging')
  expect(placed[1]).toMatch(/phase Sync, wave 0: \d+ of \d+, with \d+ more in its wave/)
  expect(placed[2]).toBe('  argocd      permitted by project hustlex-staging')
  expect(placed).toHaveLength(3)
})

describe('refused', () => {
  test.each([
    { argv: [], says: 'KIND/NAME' },
    { argv: ['Deployment'], says: 'KIND/NAME' },
    { argv: ['Deployment/hustlex-apu'], says: 'did you mean "Deployment/hustlex-api"?' },
    { argv: ['Deployment/hustlex-api', 'spec'], says: 'starts with "/"' },
    { argv: ['Deployment/hustlex-api', '/spec/nothing'], says: 'has nothing at "/spec/nothing"' },
    { argv: ['a/b', '/c', 'd'], says: 'one object and one pointer' },
  ])('$argv', async ({ argv, says }) => {
    expect(await runCli(projectRoot, ['trace', ...argv])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(says) as string,
    })
  })
})

test('the value of a Secret is not shown', async () => {
  const root = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'k8s/overlays/one/kustomization.yaml': 'resources:\n- a.yaml\n',
    'k8s/overlays/one/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2\n',
  })
  const { code, stdout } = await runCli(root, ['trace', 'Secret/s', '/stringData/password'])
  expect(code).toBe(0)
  expect(stdout).toContain('k8s/overlays/one/a.yaml:6:')
  expect(stdout).not.toContain('hunter2')
})
