import { describe, expect, test } from 'vitest'
import type { Graph } from '../../generator/graph/graph.ts'
import type { Resource } from '../../generator/manifest/resource.ts'
import { graphFromYaml } from '../support/resources-from-yaml.ts'

const shop = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: a } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api, tier: web } }
    spec:
      serviceAccountName: api
      containers:
        - name: api
          ports: [{ name: http, containerPort: 8080 }]
          envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: passwords } }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: shop }
spec:
  serviceName: postgres
  selector: { matchLabels: { app: postgres } }
  template:
    metadata: { labels: { app: postgres } }
    spec: { containers: [{ name: postgres, ports: [{ name: sql, containerPort: 5432 }] }] }
  volumeClaimTemplates: [{ metadata: { name: data } }]
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: shop }
spec: { clusterIP: None, selector: { app: postgres }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: other }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: api, namespace: shop }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: passwords, namespace: shop }
spec: { data: [{ secretKey: PASSWORD, remoteRef: { key: x } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { minAvailable: 1, selector: { matchExpressions: [{ key: app, operator: In, values: [api, web] }] } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all, namespace: shop }
spec: { podSelector: {} }
`

function named(graph: Graph, kind: string, name: string): Resource {
  const found = graph.named(kind, name)[0]
  if (found === undefined) throw new Error(`no ${kind} ${name}`)
  return found
}

const edgeNames = (graph: Graph): readonly string[] =>
  graph.edges.map(({ kind, from, to, at }) => `${from.kind}/${from.name} ${kind} ${to.kind}/${to.name} ${at.pointer}`)

describe('buildGraph', () => {
  test('edges of all kinds, with the field that makes each', () => {
    expect(edgeNames(graphFromYaml(shop))).toEqual([
      'Deployment/api references ConfigMap/settings /spec/template/spec/containers/0/envFrom/0/configMapRef/name',
      'Deployment/api references ServiceAccount/api /spec/template/spec/serviceAccountName',
      'StatefulSet/postgres references Service/postgres /spec/serviceName',
      'Service/api selects Deployment/api /spec/selector',
      'Service/postgres selects StatefulSet/postgres /spec/selector',
      'Ingress/web routes Service/api /spec/rules/0/http/paths/0/backend/service/name',
      'PodDisruptionBudget/api selects Deployment/api /spec/selector',
      'NetworkPolicy/all selects Deployment/api /spec/podSelector',
      'NetworkPolicy/all selects StatefulSet/postgres /spec/podSelector',
    ])
  })

  test('views by workload', () => {
    const graph = graphFromYaml(shop)
    const api = named(graph, 'Deployment', 'api')
    expect(graph.servicesSelecting(api).map(({ name }) => name)).toEqual(['api'])
    expect(graph.policiesFor(api).map(({ name }) => name)).toEqual(['all'])
    expect(graph.budgetsFor(api).map(({ name }) => name)).toEqual(['api'])
    expect(graph.edgesTo(api).map(({ from }) => from.kind)).toEqual(['Service', 'PodDisruptionBudget', 'NetworkPolicy'])
    expect(graph.edgesFrom(named(graph, 'Ingress', 'web')).map(({ to }) => to.name)).toEqual(['api'])
  })

  test('what controllers produce', () => {
    const graph = graphFromYaml(shop)
    expect(graph.produced('Secret', 'shop', 'passwords')).toMatchObject({ keys: ['PASSWORD'] })
    expect(graph.produced('Secret', 'other', 'passwords')).toBeUndefined()
    expect(graph.produced('PersistentVolumeClaim', 'shop', 'data-postgres-0')).toBeDefined()
  })

  test('an object without a namespace does not meet one that has one', () => {
    const graph = graphFromYaml(shop.replace('name: settings, namespace: shop', 'name: settings'))
    expect(edgeNames(graph).filter(edge => edge.includes('ConfigMap'))).toEqual([])
  })

  test('a controller is not listed as selecting its own pods', () => {
    const graph = graphFromYaml(shop)
    expect(graph.workloadsSelectedBy(named(graph, 'Deployment', 'api'))).toEqual([])
  })
})

const policy = (name: string, spec: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`

const toPostgres = { protocol: 'TCP', number: 5432 } as const

describe('mayTalk', () => {
  const base = shop.slice(0, shop.indexOf('---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy'))
  test.each([
    { name: 'no policy', policies: '', expected: { egress: 'yes', ingress: 'yes' } },
    {
      name: 'default deny of ingress only',
      policies: policy('deny', '{ podSelector: {} }'),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'egress rules imply the egress type',
      policies: policy('deny', '{ podSelector: {}, egress: [{ ports: [{ port: 53 }] }] }'),
      expected: { egress: 'no', ingress: 'no' },
    },
    {
      name: 'rules of several policies add up',
      policies:
        policy('deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }') +
        policy(
          'out',
          '{ podSelector: { matchLabels: { app: api } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: postgres } } }] }] }',
        ) +
        policy(
          'in',
          '{ podSelector: { matchLabels: { app: postgres } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: sql }] }] }',
        ),
      expected: { egress: 'yes', ingress: 'yes' },
    },
    {
      name: 'another port',
      policies: policy('in', '{ podSelector: {}, ingress: [{ ports: [{ port: 5433 }] }] }'),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'a range of ports',
      policies: policy('in', '{ podSelector: {}, ingress: [{ ports: [{ port: 5000, endPort: 6000 }] }] }'),
      expected: { egress: 'yes', ingress: 'yes' },
    },
    {
      name: 'another protocol',
      policies: policy('in', '{ podSelector: {}, ingress: [{ ports: [{ port: 5432, protocol: UDP }] }] }'),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'a named port that the destination does not have',
      policies: policy('in', '{ podSelector: {}, ingress: [{ ports: [{ port: mysql }] }] }'),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'the namespace by its own name label',
      policies: policy(
        'in',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }] }] }',
      ),
      expected: { egress: 'yes', ingress: 'yes' },
    },
    {
      name: 'a label the rendered namespace does not have',
      policies: policy(
        'in',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: b } } }] }] }',
      ),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'namespace and pod selector of one peer must both match',
      policies: policy(
        'in',
        '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: nobody } } }] }] }',
      ),
      expected: { egress: 'yes', ingress: 'no' },
    },
    {
      name: 'a block of private addresses may hold the pods',
      policies: policy('in', '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }'),
      expected: { egress: 'yes', ingress: 'unknown' },
    },
    {
      name: 'the internet without private addresses',
      policies: policy(
        'out',
        '{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16] } }] }] }',
      ),
      expected: { egress: 'no', ingress: 'yes' },
    },
  ])('$name', ({ policies, expected }) => {
    const graph = graphFromYaml(base + policies)
    expect(
      graph.mayTalk(named(graph, 'Deployment', 'api'), named(graph, 'StatefulSet', 'postgres'), toPostgres),
    ).toEqual(expected)
  })
})

describe('pods on the network of their node', () => {
  const pods = (api: string, postgres: string): string => `
{ apiVersion: v1, kind: Pod, metadata: { name: api, namespace: shop, labels: { app: api } }, spec: { ${api} containers: [] } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: postgres, namespace: shop, labels: { app: postgres } }, spec: { ${postgres} containers: [] } }
${policy('deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }')}`
  test.each([
    { name: 'neither', api: '', postgres: '', expected: { egress: 'no', ingress: 'no' } },
    { name: 'the caller', api: 'hostNetwork: true,', postgres: '', expected: { egress: 'yes', ingress: 'unknown' } },
    { name: 'the called', api: '', postgres: 'hostNetwork: true,', expected: { egress: 'unknown', ingress: 'yes' } },
  ])('$name', ({ api, postgres, expected }) => {
    const graph = graphFromYaml(pods(api, postgres))
    expect(graph.mayTalk(named(graph, 'Pod', 'api'), named(graph, 'Pod', 'postgres'), toPostgres)).toEqual(expected)
  })
})
