import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { selectorMatches } from '../../../generator/manifest/label-selector.ts'
import { referringKinds } from '../../../generator/manifest/references-of.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import type { Resource } from '../../../generator/manifest/resource.ts'
import type { YamlMap, YamlValue } from '../../../generator/manifest/value.ts'
import { podSecurityRules } from '../../../generator/validate/pod-security/registry.ts'
import { referenceRules } from '../../../generator/validate/references/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'

function resource(
  apiVersion: string,
  kind: string,
  namespace: string | undefined,
  name: string,
  object: YamlMap,
): Resource {
  const place = namespace === undefined ? {} : { namespace }
  return {
    apiVersion,
    kind,
    name,
    ...place,
    object: { apiVersion, kind, ...object, metadata: { name, ...place } },
    source: { file: 'a.yaml', document: 1 },
  }
}

/** Field names that rules walk, so that random objects reach deep into them. */
const fields = [
  'spec',
  'template',
  'metadata',
  'labels',
  'containers',
  'initContainers',
  'env',
  'envFrom',
  'valueFrom',
  'configMapKeyRef',
  'secretKeyRef',
  'configMapRef',
  'name',
  'key',
  'volumes',
  'items',
  'configMap',
  'secret',
  'secretName',
  'ports',
  'port',
  'targetPort',
  'selector',
  'matchLabels',
  'matchExpressions',
  'operator',
  'values',
  'podSelector',
  'namespaceSelector',
  'ingress',
  'egress',
  'from',
  'to',
  'ipBlock',
  'cidr',
  'policyTypes',
  'rules',
  'http',
  'paths',
  'backend',
  'service',
  'subjects',
  'roleRef',
  'securityContext',
  'capabilities',
  'drop',
  'add',
  'livenessProbe',
  'httpGet',
  'volumeMounts',
  'subPath',
  'tls',
  'data',
  'target',
]

const value: fc.Arbitrary<YamlValue> = fc.letrec<{ value: YamlValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<YamlValue>(
      null,
      true,
      false,
      0,
      80,
      -1,
      1.5,
      '',
      'a',
      'b',
      'Ingress',
      'TCP',
      '10.0.0.0/8',
      'http://a:80/x',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 5 }),
  ),
})).value

const kinds = [
  ...referringKinds,
  'Service',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ServiceMonitor',
  'Namespace',
  'ConfigMap',
  'Widget',
]
const apiVersions = [
  'v1',
  'apps/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'external-secrets.io/v1',
  'gateway.networking.k8s.io/v1',
  'example.com/v1',
]

const anyResource = fc
  .record({
    kind: fc.constantFrom(...kinds),
    apiVersion: fc.constantFrom(...apiVersions),
    namespace: fc.constantFrom('a', 'b', undefined),
    name: fc.constantFrom('a', 'b', 'a-6ct58987ht'),
    object: fc.dictionary(
      fc.constantFrom('spec', 'data', 'rules', 'subjects', 'roleRef', 'template', 'webhooks'),
      value,
    ),
  })
  .map(({ apiVersion, kind, namespace, name, object }) => resource(apiVersion, kind, namespace, name, object))

describe('whatever the objects hold', () => {
  test('no rule throws, and every finding points into an object of the set', () => {
    fc.assert(
      fc.property(fc.array(anyResource, { maxLength: 8 }), fc.boolean(), (objects, production) => {
        const resources = resourceSet(objects)
        const profile = {
          production,
          kubernetes: ['1.36'],
          podSecurity: 'restricted',
          ingressClasses: ['a'],
          storageClasses: ['a'],
          installedApiGroups: [],
        } as const
        const found = runRules([...referenceRules, ...podSecurityRules], {
          profile,
          resources,
          graph: buildGraph(resources),
        })
        for (const { at, message } of found) {
          expect(at.pointer).toMatch(/^(\/|$)/)
          expect(message).not.toMatch(/undefined|\[object/)
        }
      }),
      { numRuns: 400 },
    )
  })
})

const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'zone'), fc.constantFrom('a', 'b', ''), { maxKeys: 3 })
const selector = fc.record(
  {
    matchLabels: labels,
    matchExpressions: fc.array(
      fc.record({
        key: fc.constantFrom('app', 'tier', 'zone'),
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
)

test('the index finds exactly the workloads that a selector matches', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ namespace: fc.constantFrom('a', 'b', undefined), labels }), { maxLength: 12 }),
      selector,
      (pods, wanted) => {
        const objects = pods.map(({ namespace, labels: own }, index) =>
          resource('apps/v1', 'Deployment', namespace, `d${index}`, {
            spec: { template: { metadata: { labels: own }, spec: {} } },
          }),
        )
        const graph = buildGraph(resourceSet(objects))
        for (const namespace of ['a', 'b', undefined]) {
          const at = { resource: objects[0] ?? resource('v1', 'Service', 'a', 's', {}), pointer: '/spec/selector' }
          const found = graph.matching({ at, namespace, selector: wanted }).map(workload => workload.resource.name)
          const expected = objects.filter(
            (object, index) => object.namespace === namespace && selectorMatches(wanted, pods[index]?.labels ?? {}),
          )
          expect(found).toEqual(expected.map(({ name }) => name))
        }
      },
    ),
    { numRuns: 300 },
  )
})
