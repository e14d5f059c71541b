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
    /^Deployment hustlex\/hustlex-api \/spec\/replicas = 5 \(k8s\/overlays\/production\)\n {2}resource {4}k8s\/base\/deployment\.yaml:\d+:\d+\n {2}patch {7}k8s\/overlays\/production\/patches\/replicas\.yaml:\d+:\d+\n {2}model {7}generator\/platform\/hustlex\.ts:\d+:\d+\n$/,
  )
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
