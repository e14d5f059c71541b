import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import { toResource } from '../../../generator/manifest/resource.ts'
import type { YamlValue } from '../../../generator/manifest/value.ts'
import { policyRules } from '../../../generator/validate/policy/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'

// What a file holds is hostile until proven otherwise: a field of a wrong type is the schema's finding, never a crash here.

const kinds: readonly (readonly [string, string])[] = [
  ...[
    'Pod',
    'Service',
    'ConfigMap',
    'Secret',
    'ServiceAccount',
    'PersistentVolumeClaim',
    'Namespace',
    'LimitRange',
    'ResourceQuota',
  ].map(kind => ['v1', kind] as const),
  ...['Deployment', 'StatefulSet', 'DaemonSet'].map(kind => ['apps/v1', kind] as const),
  ...['Job', 'CronJob'].map(kind => ['batch/v1', kind] as const),
  ...['Ingress', 'NetworkPolicy', 'IngressClass'].map(kind => ['networking.k8s.io/v1', kind] as const),
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map(
    kind => ['rbac.authorization.k8s.io/v1', kind] as const,
  ),
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['autoscaling/v1', 'HorizontalPodAutoscaler'],
  ['keda.sh/v1alpha1', 'ScaledObject'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['external-secrets.io/v1beta1', 'ExternalSecret'],
  ['bitnami.com/v1alpha1', 'SealedSecret'],
  ['cert-manager.io/v1', 'Certificate'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
]

/** Every field a rule reads, so that random objects get far. */
const names = [
  ...new Set(
    policyRules.flatMap(({ code }) =>
      [
        ...readFileSync(`generator/validate/policy/rules/${code.slice('policy/'.length)}.ts`, 'utf8').matchAll(
          /\['(\w+)'\]|'([a-z][A-Za-z]+)'/g,
        ),
      ].map(match => match[1] ?? match[2] ?? ''),
    ),
  ),
]
const common = [
  'spec',
  'template',
  'metadata',
  'containers',
  'labels',
  'annotations',
  'selector',
  'matchLabels',
  'rules',
  'env',
  'resources',
  'requests',
  'limits',
  'volumes',
]

const credential = 'postgres://a:hunter2@c'

const { value } = fc.letrec<{ value: YamlValue; map: YamlValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 7, depthSize: 'large', withCrossShrink: true },
    fc.constantFrom<YamlValue>(
      null,
      true,
      0,
      1,
      -1,
      1.5,
      2n ** 70n,
      '',
      'web',
      '1',
      '50%',
      '100m',
      '/x',
      credential,
      'nginx:latest',
      '-----BEGIN PRIVATE KEY-----',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc
    .dictionary(fc.oneof(fc.constantFrom(...common), fc.constantFrom(...names)), tie('value'), { maxKeys: 6 })
    // Messages name containers and the like.
    .map(map => (map['name'] === credential ? { ...map, name: 'web' } : map)),
}))

test('there are names to try', () => expect(names.length).toBeGreaterThan(100))

test('no rule throws on any object', () => {
  const object = fc.record({
    type: fc.constantFrom(...kinds),
    name: fc.constantFrom('web', 'db', 'a'),
    metadata: fc.dictionary(fc.constantFrom('labels', 'annotations', 'status', 'uid'), value, { maxKeys: 2 }),
    fields: fc.dictionary(
      fc.constantFrom('spec', 'data', 'stringData', 'rules', 'roleRef', 'subjects', 'status', 'template'),
      value,
      { maxKeys: 3 },
    ),
    pod: value,
  })
  fc.assert(
    fc.property(fc.array(object, { minLength: 1, maxLength: 6 }), objects => {
      const resources = objects.flatMap(({ type: [apiVersion, kind], name, metadata, fields, pod }, index) => {
        const spec = {
          replicas: 2,
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [pod, { name: 'x', env: pod, ports: pod, resources: pod }], volumes: [pod] },
          },
        }
        const text = { spec, ...fields, apiVersion, kind, metadata: { ...metadata, name } }
        return toResource(text as YamlValue, { file: 'a.yaml', document: index + 1 }) ?? []
      })
      const set = resourceSet(resources)
      const profile = { production: true, kubernetes: ['1.34'] }
      for (const { message, at } of runRules(policyRules, { profile, resources: set, graph: buildGraph(set) })) {
        expect(message).not.toMatch(/undefined|NaN|\[object/)
        expect(message).not.toContain(credential)
        expect(at.pointer).toMatch(/^(\/|$)/)
      }
    }),
    { numRuns: 600 },
  )
})
