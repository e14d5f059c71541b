import { describe, expect, test } from 'vitest'
import { nameReferences, type ReferringField } from '../../generator/manifest/name-references.ts'
import { referenceFields } from '../../generator/manifest/reference-fields.ts'
import { referencesOf } from '../../generator/manifest/references-of.ts'
import { toResource } from '../../generator/manifest/resource.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'
import { resourcesFromYaml } from '../support/resources-from-yaml.ts'

const plurals: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  PersistentVolume: 'persistentvolumes',
}

/** An object that holds the name "it" where a row of kustomize's table says, once inside lists and once without. */
function objectWith({ kind, group, version, path }: ReferringField, target: string, inLists: boolean): YamlValue {
  const tokens = path.split(/(?<!\\)\//).map(token => token.replaceAll('\\/', '/'))
  const leaf: YamlValue = ['service', 'subjects', 'configMap'].includes(tokens.at(-1) ?? '')
    ? { kind: target, name: 'it', namespace: 'shop' }
    : 'it'
  const value = tokens.reduceRight<YamlValue>((inner, token, index) => {
    const beside = index === tokens.length - 1 ? { kind: target, resources: [plurals[target] ?? ''] } : {}
    const wrapped = inLists && index > 0 && index < tokens.length - 1 ? [inner] : inner
    return { ...beside, [token]: wrapped }
  }, leaf)
  return {
    ...(value as object),
    apiVersion: `${group === undefined ? '' : `${group}/`}${version ?? 'v1'}`,
    kind,
    metadata: { name: 'holder', namespace: 'shop', ...(value as { metadata?: object }).metadata },
  }
}

const rows = nameReferences.flatMap(({ target, fields }) => fields.map(field => ({ target: target.kind, field })))

describe('every row that kustomize renames by is a reference', () => {
  test('there are rows', () => expect(rows.length).toBeGreaterThan(100))
  test.each(rows.map(row => ({ ...row, name: `${row.field.kind} ${row.field.path} to ${row.target}` })))(
    '$name',
    ({ target, field }) => {
      for (const inLists of [false, true]) {
        const resource = toResource(objectWith(field, target, inLists), { file: 'a.yaml', document: 1 })
        expect(resource).toBeDefined()
        if (resource === undefined) continue
        const found = referencesOf(resource).map(({ kind, name }) => `${kind}/${name}`)
        expect(found).toContain(`${target}/it`)
      }
    },
  )
})

test('no row of the table says the same twice', () => {
  const keys = referenceFields.map(({ kind, group, path, whenResource }) => [kind, group, path, whenResource].join(' '))
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

function read(text: string): readonly string[] {
  const [resource] = resourcesFromYaml(text)
  if (resource === undefined) throw new Error('no object')
  return referencesOf(resource).map(
    ({ kind, group, namespace, name, optional, keys, at }) =>
      `${at.pointer} ${kind}${group === undefined || group === '' ? '' : `.${group}`} ${namespace ?? '-'}/${name}${optional ? ' optional' : ''}${keys.map(({ key }) => ` ${key}`).join('')}`,
  )
}

const inShop = (apiVersion: string, kind: string, spec: string): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: shop }, ${spec} }`

describe('referencesOf', () => {
  test.each([
    {
      name: 'keys and optional flags of a pod',
      text: inShop(
        'v1',
        'Pod',
        'spec: { volumes: [{ secret: { secretName: s, optional: true, items: [{ key: a }, { key: b }] } }], ephemeralContainers: [{ env: [{ valueFrom: { configMapKeyRef: { name: c, key: k } } }] }] }',
      ),
      expected: [
        '/spec/volumes/0/secret/secretName Secret shop/s optional a b',
        '/spec/ephemeralContainers/0/env/0/valueFrom/configMapKeyRef/name ConfigMap shop/c k',
      ],
    },
    {
      name: 'a cluster-wide kind has no namespace',
      text: inShop('v1', 'Pod', 'spec: { priorityClassName: high }'),
      expected: ['/spec/priorityClassName PriorityClass -/high'],
    },
    {
      name: 'kind, group and namespace beside the name',
      text: inShop(
        'gateway.networking.k8s.io/v1',
        'HTTPRoute',
        'spec: { parentRefs: [{ name: g, namespace: infra }], rules: [{ backendRefs: [{ name: s }, { name: b, kind: Backend, group: example.com }] }] }',
      ),
      expected: [
        '/spec/parentRefs/0/name Gateway.gateway.networking.k8s.io infra/g',
        '/spec/rules/0/backendRefs/0/name Service shop/s',
        '/spec/rules/0/backendRefs/1/name Backend.example.com shop/b',
      ],
    },
    {
      name: 'the group of an apiVersion',
      text: inShop(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: d } }',
      ),
      expected: ['/spec/scaleTargetRef/name Deployment.apps shop/d'],
    },
    {
      name: 'a flag that changes the kind',
      text: inShop(
        'argoproj.io/v1alpha1',
        'Rollout',
        'spec: { strategy: { canary: { analysis: { templates: [{ templateName: t }, { templateName: u, clusterScope: true }] } } } }',
      ),
      expected: [
        '/spec/strategy/canary/analysis/templates/0/templateName AnalysisTemplate shop/t',
        '/spec/strategy/canary/analysis/templates/1/templateName ClusterAnalysisTemplate -/u',
      ],
    },
    {
      name: 'namespace/name in an annotation',
      text: '{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: a, namespace: shop, annotations: { nginx.ingress.kubernetes.io/auth-secret: other/s } } }',
      expected: ['/metadata/annotations/nginx.ingress.kubernetes.io~1auth-secret Secret other/s'],
    },
    {
      name: 'Traefik middlewares of the own namespace',
      text: '{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: a, namespace: shop, annotations: { traefik.ingress.kubernetes.io/router.middlewares: "shop-auth@kubernetescrd, infra-x@kubernetescrd, y@file" } } }',
      expected: ['/metadata/annotations/traefik.ingress.kubernetes.io~1router.middlewares Middleware shop/auth'],
    },
    {
      name: 'hosts inside and outside the cluster',
      text: inShop(
        'networking.istio.io/v1',
        'VirtualService',
        'spec: { http: [{ route: [{ destination: { host: api } }, { destination: { host: api.other.svc.cluster.local } }, { destination: { host: example.com } }] }] }',
      ),
      expected: [
        '/spec/http/0/route/0/destination/host Service shop/api',
        '/spec/http/0/route/1/destination/host Service other/api',
      ],
    },
    {
      name: 'a kind of another group',
      text: inShop('example.com/v1', 'Gateway', 'spec: { gatewayClassName: x }'),
      expected: [],
    },
    {
      name: 'empty names and wrong types',
      text: inShop(
        'v1',
        'Pod',
        'spec: { serviceAccountName: "", imagePullSecrets: [{ name: 5 }, null], volumes: { a: 1 } }',
      ),
      expected: [],
    },
    {
      name: 'names in RBAC rules, by resource',
      text: inShop(
        'rbac.authorization.k8s.io/v1',
        'Role',
        'rules: [{ resources: [secrets], resourceNames: [s, t] }, { resources: [widgets], resourceNames: [w] }]',
      ),
      expected: ['/rules/0/resourceNames/0 Secret shop/s', '/rules/0/resourceNames/1 Secret shop/t'],
    },
  ])('$name', ({ text, expected }) => {
    expect(read(text)).toEqual(expected)
  })
})
