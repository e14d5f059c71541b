import { expect, test } from 'vitest'
import { createBuilder } from '../../generator/build/build-kustomization.ts'

// One small tree per accident that kustomize itself refuses: which code says so. See generator/validate/accident-classes.ts.

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 1 }\n'

function codes(files: Readonly<Record<string, string>>): readonly string[] {
  return createBuilder(new Map(Object.entries(files)))
    .build('app')
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
}

test.each([
  {
    name: 'K3 a replicas entry matches nothing',
    kustomization: 'resources: [web.yaml]\nreplicas: [{ name: wep, count: 2 }]',
    code: 'kustomize/replicas-target',
  },
  {
    name: 'K4 a replacement without a source',
    kustomization:
      'resources: [web.yaml]\nreplacements: [{ source: { kind: Service, name: none }, targets: [{ select: { kind: Deployment }, fieldPaths: [spec.replicas] }] }]',
    code: 'kustomize/replacement',
  },
  {
    name: 'K11 the same object twice',
    kustomization: 'resources: [web.yaml, again.yaml]',
    code: 'kustomize/duplicate-resource',
  },
  {
    name: 'K12 a file outside the root',
    kustomization: 'resources: [web.yaml]\nconfigMapGenerator: [{ name: x, files: [../other/x.txt] }]',
    code: 'kustomize/load-restriction',
  },
  {
    name: 'K12 a directory above the tree',
    kustomization: 'resources: [../../elsewhere]',
    code: 'kustomize/outside-root',
  },
  {
    name: 'K13 a remote base',
    kustomization: 'resources: ["https://github.com/example/base?ref=main"]',
    code: 'kustomize/remote-resource',
  },
  {
    name: 'K14 Helm charts',
    kustomization: 'helmCharts: [{ name: web, repo: "https://charts.example" }]',
    code: 'kustomize/helm-chart',
  },
  { name: 'K15 generateName', kustomization: 'resources: [generated.yaml]', code: 'kustomize/not-an-object' },
  { name: 'K17 an unknown key', kustomization: 'resources: [web.yaml]\npatch: []', code: 'kustomize/kustomization' },
  {
    name: 'X2 a plugin fills in secrets',
    kustomization: 'resources: [web.yaml]\ngenerators: [ksops.yaml]',
    code: 'kustomize/function',
  },
])('$name: $code', ({ kustomization, code }) => {
  const found = codes({
    'app/kustomization.yaml': `${kustomization}\n`,
    'app/web.yaml': deployment,
    'app/again.yaml': deployment,
    'app/generated.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: { generateName: import- }\n',
    'app/ksops.yaml':
      'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: |\n      exec: { path: ksops }\nfiles: [s.yaml]\n',
    'other/x.txt': 'x\n',
  })
  expect(found).toContain(code)
})
