// What a 1.34 API server answered to dry runs of these objects, field by field.

import { expect, test } from 'vitest'
import { valueAt } from '../../../generator/manifest/pointer.ts'
import { withServerDefaults } from '../../../generator/validate/admission/server-defaults.ts'
import { resourcesFromYaml } from '../../support/resources-from-yaml.ts'

const template = 'template: { spec: { containers: [{ name: a, image: example/a }] } }'
const container = '/spec/template/spec/containers/0'
const object = (kind: string, spec: string, apiVersion = 'apps/v1'): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, labels: {} }, spec: { ${spec} } }`

const rows: readonly (readonly [text: string, expected: Readonly<Record<string, unknown>>])[] = [
  [
    object('Deployment', `replicas: null, ${template}`),
    {
      '/metadata/labels': undefined,
      '/spec/replicas': 1,
      '/spec/strategy': { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      '/spec/progressDeadlineSeconds': 600,
      '/spec/template/spec/securityContext': {},
      '/spec/template/spec/terminationGracePeriodSeconds': 30,
      '/spec/template/spec/enableServiceLinks': undefined,
      [`${container}/imagePullPolicy`]: 'Always',
      [`${container}/resources`]: {},
    },
  ],
  [
    object('Deployment', `strategy: { type: Recreate }, ${template.replace('example/a', 'localhost:5000/a:1.2')}`),
    { '/spec/strategy': { type: 'Recreate' }, [`${container}/imagePullPolicy`]: 'IfNotPresent' },
  ],
  [
    object('StatefulSet', `${template}, volumeClaimTemplates: [{ metadata: { name: a }, spec: {} }]`),
    {
      '/spec/updateStrategy': { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      '/spec/persistentVolumeClaimRetentionPolicy': { whenDeleted: 'Retain', whenScaled: 'Retain' },
      '/spec/volumeClaimTemplates/0/spec/volumeMode': 'Filesystem',
      '/spec/volumeClaimTemplates/0/kind': 'PersistentVolumeClaim',
    },
  ],
  [
    object('DaemonSet', template),
    { '/spec/updateStrategy/rollingUpdate': { maxSurge: 0, maxUnavailable: 1 }, '/spec/replicas': undefined },
  ],
  [
    object('CronJob', `jobTemplate: { spec: { ${template} } }`, 'batch/v1'),
    { '/spec/concurrencyPolicy': 'Allow', '/spec/suspend': false, '/spec/successfulJobsHistoryLimit': 3 },
  ],
  [
    object('Job', template, 'batch/v1'),
    { '/spec/completions': 1, '/spec/parallelism': 1, '/spec/backoffLimit': 6, '/spec/completionMode': 'NonIndexed' },
  ],
  [
    object(
      'Pod',
      'containers: [{ name: a, image: a, resources: { limits: { cpu: 1000m } }, livenessProbe: { httpGet: { port: 1 } }, env: [] }], volumes: [{ name: a }, { name: b, secret: { secretName: b } }]',
      'v1',
    ),
    {
      '/spec/containers/0/resources': { limits: { cpu: '1' }, requests: { cpu: '1' } },
      '/spec/containers/0/livenessProbe/httpGet': { port: 1, path: '/', scheme: 'HTTP' },
      '/spec/containers/0/livenessProbe/periodSeconds': 10,
      '/spec/containers/0/env': undefined,
      '/spec/volumes/0/emptyDir': {},
      '/spec/volumes/1/secret/defaultMode': 420,
      '/spec/serviceAccount': 'default',
      '/spec/preemptionPolicy': 'PreemptLowerPriority',
    },
  ],
  [
    object('Service', 'type: LoadBalancer, ports: [{ port: 80 }]', 'v1'),
    {
      '/spec/ports/0': { port: 80, protocol: 'TCP', targetPort: 80 },
      '/spec/externalTrafficPolicy': 'Cluster',
      '/spec/allocateLoadBalancerNodePorts': true,
    },
  ],
  [
    object('Service', 'type: ExternalName, externalName: a.b', 'v1'),
    { '/spec/internalTrafficPolicy': undefined, '/spec/sessionAffinity': 'None' },
  ],
  [
    object('NetworkPolicy', 'podSelector: {}, egress: [{}]', 'networking.k8s.io/v1'),
    { '/spec/policyTypes': ['Ingress', 'Egress'] },
  ],
  [
    object('HorizontalPodAutoscaler', 'maxReplicas: 2', 'autoscaling/v1'),
    { '/spec/minReplicas': 1, '/spec/metrics': undefined },
  ],
  [object('HorizontalPodAutoscaler', 'maxReplicas: 2', 'autoscaling/v2'), { '/spec/metrics/0/resource/name': 'cpu' }],
  [
    '{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: { b: Yg== }, stringData: { a: b } }',
    { '/data': { a: 'Yg==', b: 'Yg==' }, '/stringData': undefined, '/type': 'Opaque' },
  ],
  [object('Deployment', 'size: 1', 'example.com/v1'), { '/spec': { size: 1 } }],
]

test.each(rows)('%s', (text, expected) => {
  const [resource] = resourcesFromYaml(text)
  if (resource === undefined) throw new Error('no object')
  const filled = withServerDefaults(resource)
  const found = Object.fromEntries(Object.keys(expected).map(pointer => [pointer, valueAt(filled, pointer)]))
  expect(found).toEqual(expected)
})
