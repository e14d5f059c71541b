import { expect, test } from 'vitest'
import { createBuilder } from '../../generator/build/build-kustomization.ts'

const files = new Map(
  Object.entries({
    'base/kustomization.yaml':
      'resources: [d.yaml]\ncommonLabels:\n  app: web\nconfigMapGenerator:\n- name: c\n  literals: [a=b]\n',
    'base/d.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: side
        image: busybox
      - name: main
        image: nginx
        envFrom:
        - configMapRef:
            name: c
`,
    'o/kustomization.yaml': `resources: [../base]
namePrefix: x-
images:
- name: nginx
  newTag: "2"
patches:
- path: p.yaml
- path: j.yaml
  target: { kind: Deployment }
`,
    'o/p.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: main
        env:
        - name: A
          value: b
`,
    'o/j.yaml': '- { op: replace, path: /spec/replicas, value: 3 }\n- { op: add, path: /spec/paused, value: true }\n',
  }),
)

const builder = createBuilder(files)

test.each([
  ['/spec/replicas', ['base/d.yaml /spec/replicas', 'o/p.yaml /spec/replicas', 'o/j.yaml /0/value']],
  ['/spec/paused', ['o/j.yaml /1/value']],
  [
    '/spec/template/spec/containers/0/image',
    ['base/d.yaml /spec/template/spec/containers/1/image', 'o/kustomization.yaml /images/0'],
  ],
  ['/spec/template/spec/containers/1/image', ['base/d.yaml /spec/template/spec/containers/0/image']],
  ['/spec/template/spec/containers/0/env/0/value', ['o/p.yaml /spec/template/spec/containers/0/env/0/value']],
  ['/metadata/name', ['base/d.yaml /metadata/name', 'o/kustomization.yaml /namePrefix']],
  ['/spec/selector/matchLabels/app', ['base/kustomization.yaml /commonLabels/app']],
  ['/spec/strategy', ['base/d.yaml /spec']],
])('%s comes from %j', (pointer, expected) => {
  const steps = builder.originOf({ file: 'o', document: 2, pointer })
  expect(steps.map(({ at }) => `${at.file} ${at.pointer}`)).toEqual(expected)
})

test('a patch in the kustomization itself has a line', () => {
  const inline = createBuilder(
    new Map([
      ['d.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n'],
      [
        'kustomization.yaml',
        `resources: [d.yaml]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3
- target: { kind: Deployment }
  patch: |
    - op: add
      path: /spec/paused
      value: true
`,
      ],
    ]),
  )
  const at = (pointer: string): unknown => inline.originOf({ file: '.', document: 1, pointer }).at(-1)?.at
  const file = 'kustomization.yaml'
  expect(at('/spec/replicas')).toMatchObject({ file, pointer: '/patches/0/patch', line: 9, column: 17 })
  expect(at('/spec/paused')).toMatchObject({ file, pointer: '/patches/1/patch', line: 14, column: 14 })
})

test('what a generator made comes from the generator', () => {
  const [step] = builder.originOf({ file: 'o', document: 1, pointer: '/data/a' })
  expect(step).toMatchObject({
    kind: 'generator',
    at: { file: 'base/kustomization.yaml', pointer: '/configMapGenerator/0' },
  })
})

test('following fields changes no output', () => {
  const before = builder.build('o').value
  builder.originOf({ file: 'o', document: 1, pointer: '' })
  expect(builder.build('o').value).toEqual(before)
})
