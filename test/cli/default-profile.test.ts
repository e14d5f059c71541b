// How directories that no platform declares are judged: the table of README.md.

import { describe, expect, test } from 'vitest'
import { undeclaredProfile } from '../../generator/cli/default-profile.ts'
import { runCli } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

describe('a path', () => {
  test.each([
    ['overlays/dev', false, undefined],
    ['k8s/staging/app', false, undefined],
    ['clusters/eu-test-1', false, undefined],
    ['apps/preview', false, undefined],
    ['overlays/non-prod', false, undefined],
    ['overlays/pre-production', false, undefined],
    ['overlays/production', true, undefined],
    ['clusters/prod-eu', true, undefined],
    ['env/live', true, undefined],
    ['overlays/eu-west', true, true],
    ['manifests', true, true],
    ['products/delivery', true, true],
    ['.', true, true],
  ] as const)('%s', (directory, production, assumed) => {
    const profile = undeclaredProfile(directory)
    expect([profile.production, profile.assumed]).toEqual([production, assumed])
  })
})

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1.0.0, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: shop }
spec: { selector: { app: other }, ports: [{ port: 80 }] }
`
const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n'

async function severities(directory: string, ...options: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const root = directoryWith({ [`${directory}/kustomization.yaml`]: kustomization, [`${directory}/a.yaml`]: manifest })
  const { stdout } = await runCli(root, ['validate', directory, '--format', 'json', ...options])
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; severity: string }[] }
  return Object.fromEntries(diagnostics.map(({ code, severity }) => [code, severity]))
}

describe('what production demands, and what breaks anywhere', () => {
  test.each([
    { directory: 'overlays/prod', options: [], practice: 'error', advice: 'warning' },
    { directory: 'overlays/dev', options: [], practice: 'warning', advice: 'info' },
    { directory: 'manifests', options: [], practice: 'warning', advice: 'warning' },
    { directory: 'manifests', options: ['--production'], practice: 'error', advice: 'warning' },
    { directory: 'overlays/dev', options: ['--production'], practice: 'error', advice: 'warning' },
  ])('$directory $options', async ({ directory, options, practice, advice }) => {
    expect(await severities(directory, ...options)).toMatchObject({
      'policy/require-readiness-probe': practice,
      'policy/require-memory-limit': advice,
      'reference/service-selects-nothing': 'error',
    })
  })
})
