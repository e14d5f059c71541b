// Random trees of kustomizations, for the comparison with the real binary: bases, middle layers, overlays and components, with every
// feature crossed. Names come from small pools, so that patches, references and selectors meet.

import fc from 'fast-check'
import { stringify } from 'yaml'
import type { FileTree } from '../../generator/manifest/file-tree.ts'
import { isAsWritten, oddScalar, oddYaml, unspelled } from './odd-yaml.ts'
import { drawFrom, type Draw, type Json, type Map_ } from './random-draw.ts'
import { randomGenerator, randomTransformer, type PluginPool } from './random-plugins.ts'

const names = ['web', 'api', 'db', 'web-config', 'one', 'two']
const images = [
  'nginx',
  'nginx:1.25',
  'gcr.io/team/app:v1',
  'localhost:5000/app',
  'app@sha256:abc',
  'redis:7@sha256:def',
  'busybox',
]
const labelKeys = ['app', 'tier', 'app.kubernetes.io/name']
const labelValues = ['web', 'db', 'true', '1', 'a-b', 'on']
const namespaces = ['default', 'prod', 'dev']

/** Texts that a replacement may reach into. */
const textsInside = [
  '# top\n\nb:   "two"  # why\na:\n    # inner\n    - name: x\n      v: 1\n',
  "c: 'single'\na: yes\n\n\nb: >-\n  folded\n  text\n# end\n",
  '{\n  "a": "<b>",\n  "b": [1.50, null]\n}',
]

function textMap(d: Draw, keys: readonly string[] = labelKeys, values: readonly string[] = labelValues): Map_ {
  return Object.fromEntries(d.some(keys).map(key => [key, d.of(...values)]))
}

function annotations(d: Draw): Map_ {
  const values: Json[] = [
    'text',
    'true',
    'a: b',
    '# no comment',
    'multi\nline\n',
    'multi\n  indented\nline\n',
    'kept\n\n',
    '',
    ' lead',
    'yes',
    '1.0',
    'x'.repeat(90),
  ]
  if (d.chance(10)) values.push(true, 8080, 1.5, null, oddScalar(d), oddScalar(d))
  const keys = [...d.some(['note', 'example.com/a', 'checksum'], 2), ...(d.chance(1) ? [d.of('8080', 'on', '')] : [])]
  return Object.fromEntries(keys.map(key => [key, d.of(...values)]))
}

function metadata(d: Draw, kind: string): Map_ {
  const map: Map_ = { name: d.of(...names) }
  if (d.chance(20) && !clusterKinds.has(kind)) map['namespace'] = d.of(...namespaces)
  if (d.chance(50)) map['labels'] = textMap(d)
  if (d.chance(30)) map['annotations'] = annotations(d)
  if (d.chance(4)) map['creationTimestamp'] = null
  if (d.chance(6)) map['finalizers'] = d.some(['a/b', 'c/d'])
  return map
}

const clusterKinds = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'Namespace',
  'CustomResourceDefinition',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
  'IngressClass',
])

function env(d: Draw): Json {
  const entry: Map_ = { name: d.of('A', 'B', 'C', 'LOG') }
  const kind = d.number(1, 5)
  if (kind === 1) entry['valueFrom'] = { configMapKeyRef: { name: d.of(...names), key: 'k' } }
  else if (kind === 2) entry['valueFrom'] = { secretKeyRef: { name: d.of(...names), key: 'k' } }
  else if (d.chance(10)) entry['value'] = oddScalar(d)
  else entry['value'] = d.of<Json>('1', 'text', '$(VAR)', 'pre-$(VAR)-post', '$$(VAR)', '', 'true', 'http://web:80/')
  return entry
}

function port(d: Draw): Json {
  const map: Map_ = { containerPort: d.of(80, 8080, 443) }
  if (d.chance(40)) map['protocol'] = d.of('TCP', 'UDP')
  if (d.chance(40)) map['name'] = d.of('http', 'https')
  return map
}

function uniqueBy(list: readonly Json[], key: string): Json[] {
  const seen = new Set<Json>()
  return list.filter(item => {
    const value = (item as Map_)[key] as Json
    if (seen.has(value)) return false
    seen.add(value)
    return true
  })
}

function several(d: Draw, make: (d: Draw) => Json, key?: string, max = 3): Json[] {
  const list = Array.from({ length: d.number(0, max) }, () => make(d))
  return key === undefined || d.chance(8) ? list : uniqueBy(list, key)
}

function container(d: Draw): Json {
  const map: Map_ = { name: d.of('main', 'side', 'init', 'proxy') }
  if (d.chance(90)) map['image'] = d.of(...images)
  if (d.chance(40)) map['env'] = several(d, env, 'name')
  if (d.chance(40)) map['ports'] = several(d, port)
  if (d.chance(20)) map['args'] = d.some(['--a', '--b=$(VAR)', '-c'])
  if (d.chance(20)) map['command'] = ['sh', '-c', d.of('echo hi', 'line\nline 2\n', 'a "quoted" thing')]
  if (d.chance(20))
    map['envFrom'] = [{ configMapRef: { name: d.of(...names) } }, { secretRef: { name: d.of(...names) } }].slice(
      0,
      d.number(0, 2),
    )
  if (d.chance(30))
    map['volumeMounts'] = several(
      d,
      v => ({ name: v.of('data', 'conf'), mountPath: v.of('/data', '/etc/conf', '/tmp') }),
      'mountPath',
    )
  if (d.chance(30))
    map['resources'] = d.of<Json>(
      {},
      { limits: { cpu: '1', memory: '1Gi' } },
      { limits: { cpu: 2 }, requests: { cpu: 0.5 } },
      null,
    )
  if (d.chance(10)) map['livenessProbe'] = { httpGet: { path: '/', port: d.of<Json>(80, 'http') }, periodSeconds: 10 }
  return map
}

function volume(d: Draw): Json {
  const source = d.of<Map_>(
    { configMap: { name: d.of(...names) } },
    { secret: { secretName: d.of(...names) } },
    { emptyDir: {} },
    { persistentVolumeClaim: { claimName: d.of(...names) } },
    { projected: { sources: [{ configMap: { name: d.of(...names) } }, { secret: { name: d.of(...names) } }] } },
  )
  return { name: d.of('data', 'conf', 'tmp'), ...source }
}
function podSpec(d: Draw): Map_ {
  const spec: Map_ = { containers: several(d, container, 'name') }
  if (d.chance(20)) spec['initContainers'] = several(d, container, 'name', 2)
  if (d.chance(40)) spec['volumes'] = several(d, volume, 'name')
  if (d.chance(25)) spec['serviceAccountName'] = d.of(...names)
  if (d.chance(15)) spec['imagePullSecrets'] = several(d, v => ({ name: v.of(...names) }), 'name')
  if (d.chance(10)) spec['tolerations'] = several(d, v => ({ key: v.of('a', 'b'), operator: 'Exists' }))
  if (d.chance(10)) {
    spec['topologySpreadConstraints'] = several(d, v => ({
      topologyKey: v.of('zone', 'host'),
      whenUnsatisfiable: v.of('DoNotSchedule', 'ScheduleAnyway'),
      maxSkew: v.number(1, 3),
      labelSelector: { matchLabels: textMap(v) },
    }))
  }
  if (d.chance(10))
    spec['affinity'] = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: textMap(d) }, topologyKey: 'host' },
        ],
      },
    }
  if (d.chance(10)) spec['hostAliases'] = several(d, v => ({ ip: v.of('1.1.1.1', '2.2.2.2'), hostnames: ['a', 'b'] }))
  if (d.chance(10)) spec['priorityClassName'] = d.of(...names)
  return spec
}
function template(d: Draw): Map_ {
  const map: Map_ = { spec: podSpec(d) }
  if (d.chance(60)) map['metadata'] = { labels: textMap(d), ...(d.chance(20) ? { annotations: annotations(d) } : {}) }
  return map
}
function workload(d: Draw, more: Map_ = {}): Map_ {
  const spec: Map_ = { ...more, template: template(d) }
  if (d.chance(50)) spec['replicas'] = d.number(1, 5)
  if (d.chance(50)) spec['selector'] = { matchLabels: textMap(d) }
  return spec
}
type Make = (d: Draw) => Map_

const kinds: { readonly [kind: string]: readonly [apiVersion: string, body: Make] } = {
  Deployment: [
    'apps/v1',
    d => ({
      spec: workload(d, d.chance(20) ? { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } : {}),
    }),
  ],
  StatefulSet: [
    'apps/v1',
    d => ({
      spec: workload(d, {
        serviceName: d.of(...names),
        ...(d.chance(40)
          ? {
              volumeClaimTemplates: [
                {
                  metadata: { name: 'data' },
                  spec: { storageClassName: d.of(...names), accessModes: ['ReadWriteOnce'] },
                },
              ],
            }
          : {}),
      }),
    }),
  ],
  DaemonSet: ['apps/v1', d => ({ spec: workload(d) })],
  Job: ['batch/v1', d => ({ spec: { template: template(d) } })],
  CronJob: ['batch/v1', d => ({ spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: template(d) } } } })],
  Pod: ['v1', d => ({ spec: podSpec(d) })],
  Service: [
    'v1',
    d => ({
      spec: {
        ...(d.chance(70) ? { selector: textMap(d) } : {}),
        ports: several(d, v => ({
          port: v.of(80, 443),
          ...(v.chance(50) ? { name: v.of('http', 'https') } : {}),
          ...(v.chance(40) ? { protocol: v.of('TCP', 'UDP') } : {}),
          targetPort: v.of<Json>(80, 'http'),
        })),
      },
    }),
  ],
  ConfigMap: [
    'v1',
    d => ({
      data: Object.fromEntries(
        d
          .some(['k', 'a.yaml', 'b'])
          .map(key => [
            key,
            d.chance(15)
              ? oddScalar(d)
              : d.of(
                  'v',
                  'one\n  two\n\nthree\n',
                  'kept\n\n\n',
                  'a: 1\nb: [x, y]\n',
                  '{"a": {"b": 1}}',
                  '# c\n\n  text\n',
                  'web.prod.svc',
                  ...textsInside,
                ),
          ])
          .concat(d.chance(2) ? [[d.of('8080', '<<', 'true', ''), 'odd']] : []),
      ),
    }),
  ],
  Secret: ['v1', d => ({ type: 'Opaque', data: { k: d.of('dg==', 'eA==') } })],
  ServiceAccount: [
    'v1',
    d =>
      d.chance(30)
        ? { imagePullSecrets: [{ name: d.of(...names) }], secrets: several(d, v => ({ name: v.of(...names) }), 'name') }
        : {},
  ],
  Namespace: ['v1', () => ({})],
  PersistentVolumeClaim: [
    'v1',
    d => ({
      spec: {
        storageClassName: d.of(...names),
        volumeName: d.of(...names),
        resources: { requests: { storage: '1Gi' } },
      },
    }),
  ],
  Role: [
    'rbac.authorization.k8s.io/v1',
    d => ({
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          verbs: ['get'],
          ...(d.chance(50) ? { resourceNames: d.some(names) } : {}),
        },
      ],
    }),
  ],
  ClusterRole: [
    'rbac.authorization.k8s.io/v1',
    d => ({
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          verbs: ['get'],
          ...(d.chance(50) ? { resourceNames: d.some(names) } : {}),
        },
      ],
    }),
  ],
  RoleBinding: ['rbac.authorization.k8s.io/v1', binding],
  ClusterRoleBinding: ['rbac.authorization.k8s.io/v1', binding],
  Ingress: [
    'networking.k8s.io/v1',
    d => ({
      spec: {
        ...(d.chance(50) ? { tls: [{ hosts: ['a.example'], secretName: d.of(...names) }] } : {}),
        rules: [
          {
            host: d.of('a.example', '$(VAR).example'),
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: d.of(...names), port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    }),
  ],
  HorizontalPodAutoscaler: [
    'autoscaling/v2',
    d => ({
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: d.of('Deployment', 'StatefulSet'), name: d.of(...names) },
        minReplicas: 1,
        maxReplicas: 3,
        metrics: [{ type: 'Resource', resource: { name: 'cpu' } }],
      },
    }),
  ],
  PodDisruptionBudget: ['policy/v1', d => ({ spec: { minAvailable: 1, selector: { matchLabels: textMap(d) } } })],
  NetworkPolicy: [
    'networking.k8s.io/v1',
    d => ({
      spec: {
        podSelector: { matchLabels: textMap(d) },
        ingress: [{ from: [{ podSelector: { matchLabels: textMap(d) } }] }],
      },
    }),
  ],
  ValidatingWebhookConfiguration: [
    'admissionregistration.k8s.io/v1',
    d => ({
      webhooks: several(
        d,
        v => ({
          name: v.of('a.example', 'b.example'),
          clientConfig: { service: { name: v.of(...names), namespace: v.of(...namespaces), path: '/v' } },
        }),
        'name',
      ),
    }),
  ],
  CustomResourceDefinition: [
    'apiextensions.k8s.io/v1',
    () => ({
      spec: {
        group: 'example.com',
        names: { kind: 'Widget', plural: 'widgets' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: {
                      containers: {
                        type: 'array',
                        items: { type: 'object', properties: { image: { type: 'string', default: 'nginx' } } },
                      },
                    },
                  },
                },
              },
            },
          },
        ],
      },
    }),
  ],
  Widget: [
    'example.com/v1',
    d => ({
      spec: {
        template: { spec: podSpec(d) },
        list: several(d, v => ({ name: v.of('x', 'y'), value: v.number(1, 9) })),
        size: d.of<Json>(1, 1.5, '1', true, 'x', oddScalar(d)),
      },
    }),
  ],
}
function binding(d: Draw): Map_ {
  return {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: d.of('Role', 'ClusterRole'), name: d.of(...names) },
    subjects: several(d, v => ({
      kind: v.of('ServiceAccount', 'User'),
      name: v.of(...names, 'default'),
      ...(v.chance(70) ? { namespace: v.of(...namespaces) } : {}),
    })),
  }
}
const kindNames = Object.keys(kinds)
function object(d: Draw): Map_ {
  const kind = d.chance(45) ? d.of('Deployment', 'ConfigMap', 'Service', 'Secret') : d.of(...kindNames)
  const [apiVersion, body] = kinds[kind] ?? ['v1', () => ({})]
  return { apiVersion, kind, metadata: metadata(d, kind), ...body(d) }
}
/** A part of an object, changed: what a strategic merge patch looks like. */
function patchBody(d: Draw, value: Json, depth: number): Json {
  if (Array.isArray(value)) return patchList(d, value, depth)
  if (typeof value === 'string' && isAsWritten(value)) return d.chance(50) ? value : oddScalar(d)
  if (value === null || typeof value !== 'object')
    return d.of(value, typeof value === 'number' ? value + 1 : `${String(value)}-new`)
  const map: Map_ = {}
  for (const [key, item] of Object.entries(value)) {
    if (d.chance(depth === 0 ? 60 : 55)) map[key] = d.chance(6) ? null : patchBody(d, item, depth + 1)
  }
  if (d.chance(3)) map['$patch'] = d.of('replace', 'delete', 'merge')
  if (d.chance(6)) map['added'] = d.of<Json>('x', 1, { deep: { null: null, a: 'b' } }, [{ name: 'n' }])
  return map
}
function patchList(d: Draw, list: readonly Json[], depth: number): Json {
  const items = d.some(list).map(item => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item
    const patched = patchBody(d, item, depth + 1) as Map_
    for (const key of [
      'name',
      'containerPort',
      'port',
      'mountPath',
      'ip',
      'topologyKey',
      'whenUnsatisfiable',
      'uid',
      'type',
    ]) {
      const own = (item as Map_)[key]
      if (own !== void 0 && (patched[key] === void 0 || patched[key] === null || d.chance(85))) patched[key] = own
    }
    return d.chance(8)
      ? { ...Object.fromEntries(Object.entries(patched).slice(0, 2)), $patch: d.of('delete', 'replace') }
      : patched
  })
  if (d.chance(15)) items.push(typeof list[0] === 'string' ? 'extra' : { name: 'extra', value: 'v' })
  if (d.chance(3)) items.push({ $patch: d.of('replace', 'delete') })
  return items
}
function strategicPatch(d: Draw, target: Map_): Map_ {
  const { apiVersion, kind, metadata: meta, ...body } = target
  const { name, namespace, ...rest } = meta as Map_
  const patchedMeta = d.chance(30) ? (patchBody(d, rest, 1) as Map_) : {}
  return {
    apiVersion: apiVersion as Json,
    kind: kind as Json,
    metadata: { name: name as Json, ...(namespace === undefined ? {} : { namespace }), ...patchedMeta },
    ...(d.chance(3) ? { $patch: 'delete' } : (patchBody(d, body, 0) as Map_)),
  }
}
function pointers(value: Json, at = ''): string[] {
  if (value === null || typeof value !== 'object') return at === '' ? [] : [at]
  const entries = Array.isArray(value) ? value.map((item, i) => [String(i), item]) : Object.entries(value)
  return [
    ...(at === '' ? [] : [at]),
    ...entries.flatMap(([key, item]) => pointers(item, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)),
  ]
}
function jsonPatch(d: Draw, target: Map_): Json {
  const { apiVersion: _, kind, metadata: meta, ...body } = target
  const paths = pointers({ ...body, ...(d.chance(30) ? { metadata: meta as Json } : {}) } as Json)
  return Array.from({ length: d.number(1, 3) }, () => {
    const path = paths.length === 0 ? '/spec' : d.of(...paths)
    const value = d.of<Json>('new', 7, true, { a: 1, b: [1, null] }, [], ['x'], 1.5)
    if (d.chance(50))
      return d.of<Map_>(
        { op: 'replace', path, value },
        { op: 'add', path, value },
        { op: 'test', path: '/kind', value: kind as Json },
      )
    return d.of<Map_>(
      { op: 'add', path: '/metadata/annotations/added', value: 'x' },
      { op: 'add', path: '/metadata/labels', value: { app: 'x' } },
      { op: 'remove', path },
      { op: 'add', path: body['spec'] === undefined ? '/added' : '/spec/added', value },
      { op: 'copy', from: path, path: '/copied' },
      { op: 'replace', path: '/metadata/name', value: d.of(...names) },
    )
  })
}

function selector(d: Draw, target: Map_): Map_ {
  const map: Map_ = {}
  if (d.chance(85)) map['kind'] = d.of(target['kind'] as string, 'Deployment|StatefulSet', '.*')
  if (d.chance(60)) map['name'] = d.of(nameOf(target), 'web.*', 'w', '.*')
  if (d.chance(10)) map['namespace'] = d.of(...namespaces)
  if (d.chance(10)) map['group'] = d.of('apps', 'batch')
  if (d.chance(10))
    map['labelSelector'] = d.of('app=web', 'app in (web, db)', '!tier', 'app', 'app!=web', 'tier notin (db)')
  if (d.chance(5)) map['annotationSelector'] = d.of('note=text', 'note')
  return map
}
function generator(d: Draw, files: string[], kind: 'ConfigMap' | 'Secret', known: readonly Map_[]): Map_ {
  const map: Map_ = { name: d.of(...names) }
  if (d.chance(60)) map['literals'] = d.some(['k=v', 'a=b=c', 'q="quoted"', 'n=1', 'multi=a\nb'])
  if (d.chance(40))
    map['files'] = d.some(
      files.includes('app.properties') ? ['app.properties', 'renamed=app.properties', 'conf.json'] : [],
    )
  if (d.chance(20)) map['envs'] = ['vars.env']
  const existing = known.filter(item => item['kind'] === kind)
  if (existing.length > 0 && d.chance(40)) {
    const target = d.of(...existing)
    map['name'] = nameOf(target)
    map['behavior'] = d.of('merge', 'merge', 'replace')
    const { namespace } = target['metadata'] as Map_
    if (namespace !== undefined) map['namespace'] = namespace
  } else if (existing.some(item => nameOf(item) === map['name'])) map['name'] = `${map['name'] as string}-gen`
  if (d.chance(3)) map['behavior'] = d.of('create', 'merge', 'replace')
  if (map['behavior'] === undefined && d.chance(12)) map['namespace'] = d.of(...namespaces)
  if (d.chance(30))
    map['options'] = {
      disableNameSuffixHash: d.chance(50),
      ...(d.chance(40) ? { labels: textMap(d) } : {}),
      ...(d.chance(30) ? { annotations: { note: 'n' } } : {}),
      ...(d.chance(15) ? { immutable: true } : {}),
    }
  if (kind === 'Secret' && d.chance(30)) map['type'] = 'kubernetes.io/tls'
  return map
}

function replacement(d: Draw, objects: readonly Map_[]): Map_ {
  const from = d.of(...objects)
  const to = d.of(...objects)
  const fromName = (from['metadata'] as Map_)['name'] as Json
  const sources: Map_[] = [
    { kind: from['kind'] as Json, name: fromName },
    { kind: from['kind'] as Json, name: fromName, fieldPath: 'metadata.name' },
  ]
  const spec = from['spec'] as { readonly replicas?: number; readonly template?: { readonly spec?: Map_ } } | undefined
  const [first] = (spec?.template?.spec?.['containers'] as readonly Map_[] | undefined) ?? []
  if (spec?.replicas !== undefined)
    sources.push({ kind: from['kind'] as Json, name: fromName, fieldPath: 'spec.replicas' })
  if (first?.['image'] !== undefined) {
    const fieldPath = d.of(
      'spec.template.spec.containers.0.image',
      `spec.template.spec.containers.[name=${first['name'] as string}].image`,
    )
    sources.push({ kind: from['kind'] as Json, name: fromName, fieldPath, options: { delimiter: ':', index: 0 } })
    sources.push({ kind: from['kind'] as Json, name: fromName, fieldPath: 'spec.template.spec.containers' })
  }
  if ((from['metadata'] as Map_)['labels'] !== undefined)
    sources.push({ kind: from['kind'] as Json, name: fromName, fieldPath: 'metadata.labels' })
  if ((from['data'] as Map_ | undefined)?.['k'] !== undefined)
    sources.push({ kind: from['kind'] as Json, name: fromName, fieldPath: 'data.k' })
  if (from['kind'] === 'Widget') sources.push({ kind: 'Widget', name: fromName, fieldPath: 'spec.size' })
  if (d.chance(5)) sources.push({ kind: 'ConfigMap', name: d.of(...names), fieldPath: 'data.k' })
  if (d.chance(5)) return { sourceValue: d.of('x', '8080', '1.0', 'true'), targets: [replacementTarget(d, to)] }
  const source = d.of(...sources)
  return { source, targets: [replacementTarget(d, to)] }
}

function replacementTarget(d: Draw, to: Map_): Map_ {
  const target: Map_ = {
    select: d.chance(70)
      ? { kind: to['kind'] as Json, ...(d.chance(60) ? { name: (to['metadata'] as Map_)['name'] as Json } : {}) }
      : selector(d, to),
  }
  if (d.chance(15)) target['reject'] = [{ name: d.of(...names) }]
  if (d.chance(90)) {
    target['fieldPaths'] = [
      d.of(
        'metadata.annotations.copied',
        'metadata.annotations.[example.com/a]',
        'metadata.labels.app',
        'spec.template.spec.containers.[name=main].image',
        'spec.template.spec.containers.*.image',
        'spec.template.spec.containers.0.env.[name=A].value',
        'spec.size',
        'spec.template.spec.containers.0.image',
        'metadata.annotations',
        'metadata.namespace',
        'spec.replicas',
        'data.k',
        'data.a\\.yaml',
        'data.[a.yaml].a',
        'data.[a.yaml].b',
        'data.k.a',
        'data.b.c.d',
        'spec.ports.0.port',
        'metadata.name',
      ),
    ]
  }
  if (d.chance(85))
    target['options'] = {
      create: d.chance(85),
      ...(d.chance(30) ? { delimiter: d.of('-', ':', '/'), index: d.number(-1, 2) } : {}),
    }
  return target
}

function label(d: Draw): Map_ {
  const map: Map_ = { pairs: textMap(d, ['app', 'team', 'example.com/part']) }
  if (d.chance(40)) map['includeSelectors'] = d.chance(70)
  if (d.chance(40)) map['includeTemplates'] = d.chance(70)
  if (d.chance(15))
    map['fields'] = [
      { path: 'spec/template/metadata/labels', create: d.chance(50), kind: d.of('Deployment', 'Widget') },
    ]
  return map
}

function nameOf(object: Map_): string {
  return (object['metadata'] as Map_)['name'] as string
}

function identity(object: Map_): string {
  return `${object['kind'] as string}/${nameOf(object)}`
}

interface Directory {
  readonly path: string
  readonly objects: readonly Map_[]
}

function yaml(value: Json): string {
  return stringify(unspelled(value), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
}

class TreeMaker {
  readonly files = new Map<string, string>()
  readonly #d: Draw

  constructor(d: Draw) {
    this.#d = d
  }

  /** Writes one directory. */
  directory(path: string, below: readonly Directory[], components: readonly string[], component = false): Directory {
    const d = this.#d
    const taken = new Set(below.flatMap(other => other.objects).map(identity))
    const own = Array.from(
      { length: component ? d.number(0, 1) : d.number(below.length > 0 ? 0 : 1, below.length > 0 ? 2 : 5) },
      () => object(d),
    ).filter(item => {
      const key = identity(item)
      if (taken.has(key) && !d.chance(2)) return false
      taken.add(key)
      return true
    })
    const files: string[] = []
    const fields: Map_ = {}
    if (component) Object.assign(fields, { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' })
    else if (d.chance(60))
      Object.assign(fields, { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' })
    const resources: Json[] = below.map(({ path: other }) => up(path) + other)
    if (own.length > 0) {
      const oneFile = d.chance(50)
      own.forEach((item, index) => {
        const name = oneFile ? 'all.yaml' : `r${index}.yaml`
        const old = this.files.get(`${path}/${name}`)
        const text = (d.chance(3) ? '\uFEFF' : '') + this.#write(item)
        this.files.set(`${path}/${name}`, old === undefined ? text : `${old.replace(/\n?$/, '\n')}---\n${text}`)
        if (!resources.includes(name)) resources.push(name)
      })
    }
    fields[d.chance(10) && below.length > 0 ? 'bases' : 'resources'] = resources
    if (components.length > 0) fields['components'] = components.map(other => up(path) + other)
    if (d.chance(60)) this.#generatorFiles(path, files)
    const objects = [...own, ...below.flatMap(other => other.objects)]
    this.#customize(path, fields, objects.length === 0 ? [object(d)] : objects, files)
    const file = d.of('kustomization.yaml', 'kustomization.yaml', 'kustomization.yml', 'Kustomization')
    this.files.set(`${path}/${file}`, this.#write(fields))
    return { path, objects }
  }

  #generatorFiles(path: string, files: string[]): void {
    this.files.set(`${path}/app.properties`, 'a=1\n# comment\nb = 2\n')
    this.files.set(`${path}/conf.json`, '{\n  "a": "<b>&",\n\t"tab": true\n}')
    this.files.set(`${path}/vars.env`, '# c\nA=1\n  B=two words \n\nC\nD=x=y\n')
    files.push('app.properties', 'conf.json', 'vars.env')
  }

  #customize(path: string, fields: Map_, objects: readonly Map_[], files: string[]): void {
    const d = this.#d
    const add = (percent: number, field: string, make: () => Json): void => {
      if (d.chance(percent)) fields[field] = make()
    }
    add(25, 'namePrefix', () => d.of('pre-', 'x-'))
    add(20, 'nameSuffix', () => d.of('-suf', '-v1'))
    add(25, 'namespace', () => d.of(...namespaces, 'other'))
    add(20, 'commonLabels', () => textMap(d))
    add(25, 'labels', () => several(d, label, undefined, 2))
    add(20, 'commonAnnotations', () => ({ note: d.of('n', 'true', 'a\nb') }))
    add(25, 'images', () =>
      several(
        d,
        v => ({
          name: v.of('nginx', 'gcr.io/team/app', 'app', 'redis', 'localhost:5000/app'),
          ...(v.chance(40) ? { newName: v.of('other/nginx', 'n') } : {}),
          ...(v.chance(50) ? { newTag: v.of('1.26', 'v2', '7') } : {}),
          ...(v.chance(20) ? { digest: 'sha256:123' } : {}),
          ...(v.chance(10) ? { tagSuffix: '-x' } : {}),
        }),
        undefined,
        2,
      ),
    )
    const scalable = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    if (scalable.length > 0 || d.chance(2)) {
      add(15, 'replicas', () => [
        { name: nameOf(d.of(...(scalable.length > 0 ? scalable : objects))), count: d.number(0, 9) },
      ])
    }
    if (files.length > 0 || d.chance(20)) {
      if (files.length === 0) this.#generatorFiles(path, files)
      add(35, 'configMapGenerator', () =>
        uniqueBy(
          Array.from({ length: d.number(1, 2) }, () => generator(d, files, 'ConfigMap', objects)),
          'name',
        ),
      )
      add(20, 'secretGenerator', () => [generator(d, files, 'Secret', objects)])
    }
    add(15, 'generatorOptions', () => ({
      disableNameSuffixHash: d.chance(40),
      ...(d.chance(40) ? { labels: textMap(d) } : {}),
      ...(d.chance(30) ? { annotations: { note: 'g' } } : {}),
    }))
    add(40, 'patches', () => Array.from({ length: d.number(1, 2) }, (_, i) => this.#patch(path, objects, i)))
    add(12, 'patchesStrategicMerge', () => [this.#legacyPatch(path, objects)])
    add(10, 'patchesJson6902', () => {
      const target = d.of(...objects)
      const [group, version] = (target['apiVersion'] as string).includes('/')
        ? (target['apiVersion'] as string).split('/')
        : ['', target['apiVersion'] as string]
      return [
        {
          target: {
            ...(group === '' ? {} : { group: group as string }),
            version: version as string,
            kind: target['kind'] as Json,
            name: (target['metadata'] as Map_)['name'] as Json,
          },
          patch: yaml(jsonPatch(d, target)),
        },
      ]
    })
    add(20, 'replacements', () => [replacement(d, objects)])
    add(6, 'vars', () => {
      const target = d.of(...objects)
      return [
        {
          name: 'VAR',
          objref: {
            apiVersion: target['apiVersion'] as Json,
            kind: target['kind'] as Json,
            name: (target['metadata'] as Map_)['name'] as Json,
          },
          ...(d.chance(40)
            ? { fieldref: { fieldpath: d.of('metadata.name', 'spec.replicas', 'metadata.namespace') } }
            : {}),
        },
      ]
    })
    add(8, 'sortOptions', () =>
      d.of<Json>(
        { order: 'fifo' },
        { order: 'legacy' },
        { order: 'legacy', legacySortOptions: { orderFirst: ['Deployment'], orderLast: ['ConfigMap'] } },
      ),
    )
    add(8, 'buildMetadata', () => d.some(['originAnnotations', 'transformerAnnotations', 'managedByLabel']) as Json)
    add(10, 'transformers', () => this.#plugins(path, 'transformers', objects, files))
    add(7, 'generators', () => this.#plugins(path, 'generators', objects, files))
    add(2, 'validators', () => this.#plugins(path, 'validators', objects, files))
    add(3, 'imageTags', () => [{ name: 'nginx', newTag: 'legacy' }])
    add(4, 'openapi', () => this.#schema(path))
    add(4, 'crds', () => this.#crds(path))
    add(2, d.of('nameprefix', 'Namespace', 'COMMONLABELS'), () => d.of<Json>('y-', { cased: 'yes' }))
    add(5, 'configurations', () => {
      this.files.set(
        `${path}/config.yaml`,
        yaml({
          nameReference: [{ kind: 'ConfigMap', version: 'v1', fieldSpecs: [{ kind: 'Widget', path: 'spec/ref' }] }],
          images: [{ kind: 'Widget', path: 'spec/list/value' }],
          commonLabels: [{ kind: 'Widget', path: 'spec/selector', create: true }],
        } as Json),
      )
      return ['config.yaml']
    })
  }

  /** Often as a library would write it, sometimes as people do. */
  #write(value: Json): string {
    return oddYaml(this.#d, value)
  }

  #pool(objects: readonly Map_[]): PluginPool {
    const d = this.#d
    return {
      objects,
      selector: target => selector(d, target),
      strategicPatch: target => yaml(strategicPatch(d, target)),
      jsonPatch: target => yaml(jsonPatch(d, target)),
      replacement: () => replacement(d, objects),
    }
  }

  #plugins(path: string, field: string, objects: readonly Map_[], files: readonly string[]): Json {
    const d = this.#d
    const pool = this.#pool(objects)
    return Array.from({ length: d.number(1, 2) }, (_, index) => {
      const config = field === 'generators' ? randomGenerator(d, pool) : randomTransformer(d, pool)
      if (field === 'generators' && files.length > 0 && d.chance(30)) config['files'] = ['app.properties']
      const text = this.#write(config)
      if (d.chance(40)) return text
      const name = `${field}${index}.yaml`
      if (d.chance(25)) {
        this.files.set(`${path}/${field}${index}/kustomization.yaml`, `resources: [${name}]\n`)
        this.files.set(`${path}/${field}${index}/${name}`, text)
        return `${field}${index}`
      }
      this.files.set(`${path}/${name}`, text)
      return name
    })
  }

  #schema(path: string): Json {
    const definition = {
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
      properties: {
        spec: {
          properties: {
            list: {
              type: 'array',
              items: { type: 'object', properties: { name: { type: 'string' } } },
              'x-kubernetes-patch-merge-key': 'name',
              'x-kubernetes-patch-strategy': 'merge',
            },
          },
        },
      },
    }
    this.files.set(`${path}/schema.json`, JSON.stringify({ definitions: { 'com.example.v1.Widget': definition } }))
    return this.#d.chance(85) ? { path: 'schema.json' } : { version: this.#d.of('v1.21.2', 'v1.20.0') }
  }

  #crds(path: string): Json {
    const reference = { 'x-kubernetes-object-ref-api-version': 'v1', 'x-kubernetes-object-ref-kind': 'ConfigMap' }
    const spec = {
      ref: { ...reference, 'x-kubernetes-object-ref-name-key': 'name' },
      labels: { 'x-kubernetes-label-selector': '' },
    }
    const top = { apiVersion: {}, kind: {}, metadata: {}, spec: { $ref: 'com.example.v1.Spec' } }
    const wrap = (properties: Json): Json => ({ Schema: { properties } })
    this.files.set(
      `${path}/crd.json`,
      JSON.stringify({ 'com.example.v1.Widget': wrap(top), 'com.example.v1.Spec': wrap(spec) }),
    )
    return ['crd.json']
  }

  #patch(path: string, objects: readonly Map_[], index: number): Map_ {
    const d = this.#d
    const target = d.of(...objects)
    const json = d.chance(35)
    const body = this.#write(json ? jsonPatch(d, target) : strategicPatch(d, target))
    const entry: Map_ = {}
    if (d.chance(40)) {
      this.files.set(`${path}/patch${index}.yaml`, body)
      entry['path'] = `patch${index}.yaml`
    } else entry['patch'] = body
    if (json && d.chance(85)) entry['target'] = { kind: target['kind'] as Json, name: nameOf(target) }
    else if (json || d.chance(35)) entry['target'] = selector(d, target)
    if (!json && d.chance(10)) entry['options'] = { allowNameChange: d.chance(60), allowKindChange: d.chance(40) }
    return entry
  }

  #legacyPatch(path: string, objects: readonly Map_[]): Json {
    const d = this.#d
    const body = this.#write(strategicPatch(d, d.of(...objects)))
    if (d.chance(40)) return body
    this.files.set(`${path}/legacy.yaml`, body)
    return 'legacy.yaml'
  }
}

function up(path: string): string {
  return '../'.repeat(path.split('/').length)
}

/** A tree, and the directory to build in it. */
export interface RandomBuild {
  readonly tree: FileTree
  readonly directory: string
  /** `--reorder`, `--load-restrictor`. */
  readonly flags?: readonly string[]
}

/** Any tree of one to four directories. */
export const randomBuild: fc.Arbitrary<RandomBuild> = fc.gen().map(gen => {
  const d = drawFrom(gen, fc.integer)
  const maker = new TreeMaker(d)
  const flags = d.chance(85)
    ? []
    : [d.of('--reorder=none', '--reorder=legacy', '--load-restrictor=LoadRestrictionsNone')]
  return { tree: maker.files, directory: directoryOf(maker, d), flags }
})

function directoryOf(maker: TreeMaker, d: Draw): string {
  const shape = d.number(1, 6)
  if (shape === 1) return maker.directory('base', [], []).path
  const base = maker.directory('base', [], [])
  const bases = [base]
  if (shape >= 4 && d.chance(40)) bases.push(maker.directory('other', [], []))
  const components: string[] = []
  if (shape >= 5) components.push(maker.directory('component', [], [], true).path)
  const below = shape === 3 ? [maker.directory('middle', bases, [])] : bases
  return maker.directory('overlays/prod', below, components).path
}
