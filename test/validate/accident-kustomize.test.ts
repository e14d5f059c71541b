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

// What kustomize accepts in silence, and the builder reports when asked for checks.

const base = {
  'app/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n      - { name: web, image: "shop/web:1", args: [a, b] }\n',
  'app/stray.yaml': deployment,
  'app/rollout.yaml':
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      volumes:\n      - { name: c, configMap: { name: settings } }\n',
}

function found(kustomization: string): readonly string[] {
  const builder = createBuilder(new Map(Object.entries({ ...base, 'app/kustomization.yaml': `${kustomization}\n` })))
  const { diagnostics } = builder.build('app', { checks: true })
  return [...diagnostics, ...builder.unreachedFiles()].map(({ code }) => code)
}

test.each([
  {
    name: 'K1 a patch matches nothing',
    kustomization:
      'resources: [web.yaml]\npatches: [{ target: { kind: Job }, patch: "- { op: remove, path: /spec }" }]',
    code: 'kustomize/unmatched-patch',
  },
  {
    name: 'K1 a patch changes nothing',
    kustomization:
      'resources: [web.yaml]\npatches: [{ target: { kind: Deployment }, patch: "- { op: replace, path: /spec/replicas, value: 1 }" }]',
    code: 'kustomize/patch-without-effect',
  },
  {
    name: 'K2 an image matches nothing',
    kustomization: 'resources: [web.yaml]\nimages: [{ name: shop/wep, newTag: "2" }]',
    code: 'kustomize/unmatched-image',
  },
  {
    name: 'K4 a replacement target matches nothing',
    kustomization:
      'resources: [web.yaml]\nreplacements: [{ source: { kind: Deployment, name: web, fieldPath: metadata.name }, targets: [{ select: { kind: Job }, fieldPaths: [spec.x] }] }]',
    code: 'kustomize/unmatched-replacement',
  },
  {
    name: 'K5 a patch adds a container',
    kustomization:
      'resources: [web.yaml]\npatches: [{ patch: "{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { template: { spec: { containers: [{ name: wep, env: [{ name: A, value: b }] }] } } } }" }]',
    code: 'kustomize/stray-list-element',
  },
  {
    name: 'K6 a patch replaces a list',
    kustomization:
      'resources: [rollout.yaml]\npatches: [{ patch: "{ apiVersion: example.com/v1, kind: Thing, metadata: { name: web }, spec: { template: { spec: { volumes: [{ name: d }] } } } }" }]',
    code: 'kustomize/list-replaced',
  },
  {
    name: 'K8 a deprecated field',
    kustomization: 'resources: [web.yaml]\ncommonLabels: { a: b }',
    code: 'kustomize/deprecated-field',
  },
  {
    name: 'K9 a name left bare',
    kustomization: 'resources: [rollout.yaml]\nconfigMapGenerator: [{ name: settings, literals: [a=b] }]',
    code: 'kustomize/bare-name',
  },
  { name: 'K18 a file nobody lists', kustomization: 'resources: [web.yaml]', code: 'kustomize/unreached-file' },
  { name: 'K21 an empty build', kustomization: 'resources: []', code: 'kustomize/empty-build' },
])('$name: $code', ({ kustomization, code }) => expect(found(kustomization)).toContain(code))
