// The public names. A change here is a change that users see: it needs a line in the changelog.

import { expect, test } from 'vitest'
import * as api from '../generator/index.ts'

test('the public values are these', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "admissionPolicy",
      "applyExceptions",
      "asList",
      "asMap",
      "buildGraph",
      "buildKustomization",
      "checkArgoCd",
      "checkEnvironment",
      "checkRuleFixtures",
      "containersOf",
      "createBuilder",
      "cronJob",
      "decodeFile",
      "definePolicyRule",
      "documentResources",
      "encodeFile",
      "exec",
      "existingSecrets",
      "externalSecrets",
      "gateway",
      "http",
      "ingress",
      "internal",
      "kubernetesVersions",
      "loadBalancer",
      "migration",
      "openCatalog",
      "parseImage",
      "parseYaml",
      "platform",
      "podTemplateOf",
      "postgres",
      "printDocuments",
      "printYaml",
      "recreate",
      "redis",
      "renderBuild",
      "renderPlatform",
      "resourceSet",
      "rolling",
      "sealedSecrets",
      "service",
      "tcp",
      "valueAt",
      "worker",
    ]
  `)
})

test('a manifest goes through the public stages', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
  const tree = new Map([
    ['k/kustomization.yaml', 'resources:\n- a.yaml\nnamePrefix: p-\n'],
    ['k/a.yaml', text],
  ])
  const { value, diagnostics } = api.buildKustomization(tree, 'k')
  expect(diagnostics).toEqual([])
  expect(api.renderBuild(value)).toBe(text.replace('name: a', 'name: p-a'))
  expect(api.documentResources(api.parseYaml(text, 'a.yaml').value).value[0]?.name).toBe('a')
})

test('the graph of an environment answers who refers to whom, and who may talk to whom', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: 'shop/web:1', envFrom: [{ configMapRef: { name: settings } }] }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`
  const resources = api.documentResources(api.parseYaml(text, 'shop.yaml').value).value
  const graph = api.buildGraph(api.resourceSet(resources))
  const edges = graph.edges.map(({ kind, from, to, at }) => `${from.kind} ${kind} ${to.kind} ${at.pointer}`)
  expect(edges.sort()).toEqual([
    'Deployment references ConfigMap /spec/template/spec/containers/0/envFrom/0/configMapRef/name',
    'NetworkPolicy selects Deployment /spec/podSelector',
    'Service selects Deployment /spec/selector',
  ])
  const web = graph.find('Deployment', 'shop', 'web')
  expect(web === undefined ? undefined : graph.mayTalk(web, web, { number: 80, protocol: 'TCP' })).toEqual({
    egress: 'yes',
    ingress: 'no',
  })
})
