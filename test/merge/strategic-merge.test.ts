import { describe, expect, test } from 'vitest'
import { kubernetesSchema } from '../../generator/merge/merge-keys.ts'
import { cloneMap } from '../../generator/merge/mutable.ts'
import { applyStrategicMerge } from '../../generator/merge/strategic-merge.ts'
import type { YamlMap } from '../../generator/manifest/value.ts'

const workload = { apiVersion: 'apps/v1', kind: 'Deployment' }

function merged(object: YamlMap, patch: YamlMap): unknown {
  const outcome = applyStrategicMerge(cloneMap(object), patch, kubernetesSchema)
  return 'message' in outcome ? outcome.message : outcome.value === undefined ? undefined : { ...outcome.value }
}

function pod(spec: YamlMap): YamlMap {
  return { ...workload, spec: { template: { spec } } }
}

describe('maps', () => {
  test.each<[string, YamlMap, YamlMap, YamlMap | undefined]>([
    ['a key is replaced', { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
    ['a key is added', { a: 1 }, { b: { c: 2 } }, { a: 1, b: { c: 2 } }],
    ['null removes', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['null in an added map is left out', { a: 1 }, { b: { c: null, d: 1 } }, { a: 1, b: { d: 1 } }],
    ['a written null stays', { a: null, b: 1 }, { b: 2 }, { a: null, b: 2 }],
    ['a blank value goes', { a: undefined, b: 1 }, { b: 2 }, { b: 2 }],
    ['delete removes a map', { a: { b: 1 } }, { a: { $patch: 'delete' } }, {}],
    ['replace replaces a map', { a: { b: 1, c: 2 } }, { a: { $patch: 'replace', c: 3 } }, { a: { c: 3 } }],
    ['delete at the root deletes the object', { a: 1 }, { $patch: 'delete' }, undefined],
    ['lists of unknown kinds are replaced', { a: [{ name: 'x' }] }, { a: [{ name: 'y' }] }, { a: [{ name: 'y' }] }],
  ])('%s', (_, object, patch, expected) => {
    expect(merged(object, patch)).toEqual(expected)
  })

  test('another kind of value is refused', () => {
    expect(merged({ a: { b: 1 } }, { a: 'text' })).toContain('expected a map')
    expect(merged({ a: 1 }, { a: { $patch: 'merge' } })).toContain('expected a plain value')
    expect(merged({ a: { b: 1 } }, { a: { $patch: 'mreg' } })).toContain('unknown patch directive "mreg"')
  })
})

describe('lists with merge keys', () => {
  const before = pod({
    containers: [
      { name: 'a', image: '1' },
      { name: 'b', image: '2' },
    ],
  })

  test.each<[string, YamlMap[], YamlMap[]]>([
    [
      'an element is merged and goes first',
      [{ name: 'b', tty: true }],
      [
        { name: 'b', image: '2', tty: true },
        { name: 'a', image: '1' },
      ],
    ],
    [
      'a new element goes first',
      [{ name: 'c' }],
      [{ name: 'c' }, { name: 'a', image: '1' }, { name: 'b', image: '2' }],
    ],
    ['delete removes an element', [{ name: 'a', $patch: 'delete' }], [{ name: 'b', image: '2' }]],
    ['a marker replaces the list', [{ $patch: 'replace' }, { name: 'c' }], [{ name: 'c' }]],
  ])('%s', (_, containers, expected) => {
    expect(merged(before, pod({ containers }))).toEqual(pod({ containers: expected }))
  })

  test('ports are told apart by number and protocol', () => {
    const ports = (list: YamlMap[]): YamlMap => pod({ containers: [{ name: 'a', ports: list }] })
    // What the patch says of a port that has no protocol yet is lost in kustomize, and so here.
    expect(
      merged(ports([{ containerPort: 80 }]), ports([{ containerPort: 80, protocol: 'TCP', name: 'http' }])),
    ).toEqual(ports([{ containerPort: 80 }]))
    expect(merged(ports([{ containerPort: 80 }]), ports([{ containerPort: 80, name: 'http' }]))).toEqual(
      ports([{ containerPort: 80, name: 'http' }]),
    )
    expect(
      merged(ports([{ containerPort: 80, protocol: 'UDP' }]), ports([{ containerPort: 80, protocol: 'TCP' }])),
    ).toEqual(
      ports([
        { containerPort: 80, protocol: 'TCP' },
        { containerPort: 80, protocol: 'UDP' },
      ]),
    )
  })

  test('finalizers are merged as a set', () => {
    const object = (finalizers: string[]): YamlMap => ({ ...workload, metadata: { finalizers } })
    expect(merged(object(['a', 'b']), object(['b', 'c']))).toEqual(object(['b', 'c', 'a']))
  })
})

test.each([
  ['apps/v1', 'Deployment', ['spec', 'template', 'spec'], 'volumes', ['name']],
  ['v1', 'Service', ['spec'], 'ports', ['port', 'protocol']],
  ['batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec'], 'containers', ['name']],
  ['v1', 'ServiceAccount', [], 'secrets', ['name']],
  ['v1', 'ConfigMap', ['metadata'], 'finalizers', []],
  ['networking.k8s.io/v1', 'Ingress', ['spec'], 'rules', undefined],
])('%s %s %j %s merges by %j', (apiVersion, kind, path, field, keys) => {
  const schema = path.reduce((at, token) => at?.field(token)?.value, kubernetesSchema(apiVersion, kind))
  expect(schema?.field(field)?.mergeKeys).toEqual(keys)
})

test('kinds that came later have no merge keys', () => {
  expect(kubernetesSchema('autoscaling/v2', 'HorizontalPodAutoscaler')).toBeUndefined()
  expect(kubernetesSchema('example.com/v1', 'Widget')).toBeUndefined()
})
