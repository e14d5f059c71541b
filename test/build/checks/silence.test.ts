import { expect, test } from 'vitest'
import { createBuilder } from '../../../generator/build/build-kustomization.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      tolerations:
      - key: old
      containers:
      - name: sidecar
        image: busybox
      - name: main
        image: nginx:1
        env: [{ name: DB_HOST, value: db }, { name: HTTP_PROXY, value: p }, { name: queue-a, value: a }, { name: web1, value: a }]
`

function findings(kustomization: string, more: { readonly [path: string]: string } = {}): readonly string[] {
  const files = new Map(
    Object.entries({
      'kustomization.yaml': `resources: [d.yaml]\n${kustomization}`,
      'd.yaml': deployment,
      ...more,
    }),
  )
  return createBuilder(files)
    .build('.', { checks: true })
    .diagnostics.map(({ code, at }) => `${code} ${at.file} ${at.pointer}`)
}

function patch(body: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: ${body}\n`
}

const patches = 'patches: [{ path: p.yaml }]\n'

test.each([
  {
    name: 'a patch whose target matches nothing',
    kustomization: 'patches: [{ path: p.yaml, target: { kind: Deployment, name: we } }]\n',
    more: { 'p.yaml': patch('{ replicas: 3 }') },
    expected: ['kustomize/unmatched-patch kustomization.yaml /patches/0/target'],
  },
  {
    name: 'a variable whose value is whoever builds it',
    kustomization: 'configMapGenerator: [{ name: c, envs: [c.env] }]\n',
    more: { 'c.env': 'A=1\nHOME\nB=\n' },
    expected: ['kustomize/borrowed-value c.env '],
  },
  {
    name: 'such a variable in a generator of its own file',
    kustomization: 'generators: [g.yaml]\n',
    more: {
      'c.env': 'HOME\n',
      'g.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: c }\nenvs: [c.env]\n',
    },
    expected: ['kustomize/borrowed-value c.env '],
  },
  {
    name: 'a patch that changes nothing',
    kustomization: patches,
    more: { 'p.yaml': patch('{ replicas: 2 }') },
    expected: ['kustomize/patch-without-effect p.yaml '],
  },
  {
    name: 'a container beside one of almost the same name',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { containers: [{ name: sidecars, image: a }] } } }') },
    expected: ['kustomize/stray-list-element p.yaml /spec/template/spec/containers/0'],
  },
  {
    name: 'a container without an image',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { containers: [{ name: another }] } } }') },
    expected: ['kustomize/stray-list-element p.yaml /spec/template/spec/containers/0'],
  },
  {
    name: 'a variable whose letters changed places',
    kustomization: patches,
    more: {
      'p.yaml': patch('{ template: { spec: { containers: [{ name: main, env: [{ name: DB_HOTS, value: x }] }] } } }'),
    },
    expected: ['kustomize/stray-list-element p.yaml /spec/template/spec/containers/0/env/0'],
  },
  {
    name: 'a variable whose letters changed places, where another one is near as well',
    kustomization: patches,
    more: {
      'd.yaml': deployment.replace('{ name: web1,', '{ name: APP_PORTS, value: a }, { name: APP_HOST,'),
      'p.yaml': patch('{ template: { spec: { containers: [{ name: main, env: [{ name: APP_HOTS, value: x }] }] } } }'),
    },
    expected: ['kustomize/stray-list-element p.yaml /spec/template/spec/containers/0/env/0'],
  },
  {
    name: 'a patch that changes nothing in any of several',
    kustomization:
      'patches: [{ target: { kind: Deployment }, patch: "- { op: add, path: /spec/replicas, value: 2 }" }]\n',
    more: { 'd.yaml': `${deployment}---\n${deployment.replace('web', 'api')}` },
    expected: ['kustomize/patch-without-effect kustomization.yaml /patches/0/patch'],
  },
  {
    name: 'a list replaced with elements lost',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { tolerations: [{ key: new }] } } }') },
    expected: ['kustomize/list-replaced p.yaml /spec/template/spec/tolerations'],
  },
  {
    name: 'an image that no container has',
    kustomization: 'images: [{ name: nginz, newTag: "2" }]\n',
    expected: ['kustomize/unmatched-image kustomization.yaml /images/0'],
  },
  {
    name: 'a replacement for nothing',
    kustomization:
      'replacements: [{ source: { kind: Deployment }, targets: [{ select: { kind: Nope }, fieldPaths: [a] }] }]\n',
    expected: ['kustomize/unmatched-replacement kustomization.yaml /replacements/0/targets/0'],
  },
  {
    name: 'labels without labels',
    kustomization: 'labels: [{ includeSelectors: true }]\n',
    expected: ['kustomize/labels-without-effect kustomization.yaml /labels/0'],
  },
  {
    name: 'deprecated fields, whatever their case',
    kustomization: 'commonlabels: { a: b }\npatchesStrategicMerge: [p.yaml]\n',
    more: { 'p.yaml': patch('{ replicas: 3 }') },
    expected: [
      'kustomize/deprecated-field kustomization.yaml /commonlabels',
      'kustomize/deprecated-field kustomization.yaml /patchesStrategicMerge',
    ],
  },
])('$name', ({ kustomization, more, expected }) => {
  expect(findings(kustomization, more ?? {})).toEqual(expected)
})

test.each([
  { name: 'a patch that matches', kustomization: patches, more: { 'p.yaml': patch('{ replicas: 3 }') } },
  {
    name: 'a container of another name, with an image',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { containers: [{ name: proxy, image: envoy }] } } }') },
  },
  {
    name: 'a list that repeats what was there',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { tolerations: [{ key: old }, { key: new }] } } }') },
  },
  {
    name: 'an element deleted on purpose',
    kustomization: patches,
    more: { 'p.yaml': patch('{ template: { spec: { containers: [{ name: sidecar, $patch: delete }] } } }') },
  },
  ...['DB_PORT', 'HTTPS_PROXY', 'queue-b', 'web2'].map(name => ({
    name: `${name} beside a variable of almost the same name, which differs by design`,
    kustomization: patches,
    more: {
      'p.yaml': patch(`{ template: { spec: { containers: [{ name: main, env: [{ name: ${name}, value: x }] }] } } }`),
    },
  })),
  {
    name: 'an object that a patch for several has nothing to do in',
    kustomization:
      'patches: [{ target: { kind: Deployment }, patch: "- { op: add, path: /spec/replicas, value: 3 }" }]\n',
    more: { 'd.yaml': `${deployment}---\n${deployment.replace('web', 'api').replace('replicas: 2', 'replicas: 3')}` },
  },
  { name: 'an image that matches', kustomization: 'images: [{ name: nginx, newTag: "2" }]\n', more: {} },
])('nothing about $name', ({ kustomization, more }) => {
  expect(findings(kustomization, more)).toEqual([])
})

const widget = (field: string): string =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: { ${field} }\n`
const generated = 'resources: [w.yaml]\nconfigMapGenerator: [{ name: conf, literals: [a=b] }]\n'

test('a generated name left bare in a custom resource', () => {
  const build = (field: string): readonly string[] =>
    createBuilder(
      new Map([
        ['kustomization.yaml', generated],
        ['w.yaml', widget(field)],
      ]),
    )
      .build('.', { checks: true })
      .diagnostics.map(({ code, at }) => `${code} ${at.document} ${at.pointer}`)
  expect(build('configMapRef: { name: conf }')).toEqual(['kustomize/bare-name 2 /spec/configMapRef/name'])
  expect(build('configMapRef: { name: other }')).toEqual([])
  expect(build('service: { name: conf }')).toEqual([])
  expect(build('from: [{ kind: ConfigMap, name: conf }]')).toEqual(['kustomize/bare-name 2 /spec/from/0/name'])
  expect(build('from: [{ kind: Secret, name: conf }]')).toEqual([])
})

test('a list that an environment writes anew is information, one that gets shorter a warning', () => {
  const ingress = (rules: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: w }\nspec: { rules: ${rules} }\n`
  const rule = (host: string): string =>
    `{ host: ${host}, http: { paths: [{ path: /, backend: { service: { name: w } } }] } }`
  const severities = (before: string, after: string): readonly string[] =>
    createBuilder(
      new Map([
        ['kustomization.yaml', 'resources: [i.yaml]\npatches: [{ path: p.yaml }]\n'],
        ['i.yaml', ingress(before)],
        ['p.yaml', ingress(after)],
      ]),
    )
      .build('.', { checks: true })
      .diagnostics.map(({ code, severity }) => `${severity} ${code}`)
  expect(severities(`[${rule('a')}]`, `[${rule('b')}]`)).toEqual(['info kustomize/list-replaced'])
  expect(severities(`[${rule('a')}, ${rule('c')}]`, `[${rule('b')}]`)).toEqual(['warning kustomize/list-replaced'])
  expect(severities('[{ from: [a] }]', '[{ from: [b] }]')).toEqual(['warning kustomize/list-replaced'])
})

test('containers of a custom resource, which a patch replaces', () => {
  const rollout = (container: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: w }\nspec: { template: { spec: { containers: [${container}] } } }\n`
  const built = (patch: string): readonly string[] =>
    createBuilder(
      new Map([
        ['kustomization.yaml', 'resources: [r.yaml]\npatches: [{ path: p.yaml }]\n'],
        ['r.yaml', rollout('{ name: web, image: web, env: [{ name: A, value: a }] }')],
        ['p.yaml', rollout(patch)],
      ]),
    )
      .build('.', { checks: true })
      .diagnostics.map(({ severity, message }) => `${severity} ${message}`)
  expect(built('{ name: web, env: [{ name: B, value: b }] }')).toEqual([
    'error the patch replaces the list "spec.template.spec.containers" of Rollout w, where "web" loses image',
  ])
  expect(built('{ name: web, image: web, env: [{ name: A, value: b }] }')).toEqual([])
})

test('a claim template that is written anew under its name', () => {
  const set = (size: string): string =>
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: s }\nspec: { volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: ${size} } } } }] }\n`
  const files = new Map([
    ['kustomization.yaml', 'resources: [s.yaml]\npatches: [{ path: p.yaml }]\n'],
    ['s.yaml', set('1Gi')],
    ['p.yaml', set('2Gi')],
  ])
  expect(createBuilder(files).build('.', { checks: true }).diagnostics).toEqual([])
})

test('entries of an ExternalSecret are known by their keys', () => {
  const secret = (key: string): string =>
    `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: s }\nspec: { data: [{ secretKey: a, remoteRef: { key: ${key} } }] }\n`
  const files = new Map([
    ['kustomization.yaml', 'resources: [s.yaml]\npatches: [{ path: p.yaml }]\n'],
    ['s.yaml', secret('dev')],
    ['p.yaml', secret('prod')],
  ])
  expect(createBuilder(files).build('.', { checks: true }).diagnostics).toEqual([])
})

test('a directory that renders nothing', () => {
  const files = new Map([['kustomization.yaml', 'namespace: prod\n']])
  expect(
    createBuilder(files)
      .build('.', { checks: true })
      .diagnostics.map(({ code }) => code),
  ).toEqual(['kustomize/empty-build'])
  expect(createBuilder(files).build('.').diagnostics).toEqual([])
})

test('files that nothing reads', () => {
  const builder = createBuilder(
    new Map([
      ['kustomization.yaml', 'resources: [d.yaml]\n'],
      ['d.yaml', deployment],
      ['forgotten.yaml', deployment],
      ['elsewhere/other.yaml', deployment],
    ]),
  )
  builder.build('.')
  expect(builder.unreachedFiles().map(({ at }) => at.file)).toEqual(['forgotten.yaml'])
})
