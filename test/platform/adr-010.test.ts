// Every value that ADR-010 decides, held against what base, staging and production really render.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '../../generator/build/build-kustomization.ts'
import { renderPlatform } from '../../generator/generate/render-platform.ts'
import { valueAt } from '../../generator/manifest/pointer.ts'
import type { Resource } from '../../generator/manifest/resource.ts'
import hustlex from '../../generator/platform/hustlex.ts'

const releases = readFileSync(new URL('../../generator/platform/releases.yaml', import.meta.url), 'utf8')
const { value: rendered, diagnostics } = renderPlatform(hustlex, releases)
const builder = createBuilder(rendered.tree)
const renders: Readonly<Record<string, readonly Resource[]>> = {
  base: builder.build('k8s/base').value,
  staging: builder.build('k8s/overlays/staging').value,
  production: builder.build('k8s/overlays/production').value,
}

function field(render: string, object: string, pointer: string): unknown {
  const found = renders[render]?.find(resource => `${resource.kind}/${resource.name}` === object)
  return found === undefined ? `${render} has no ${object}` : valueAt(found.object, pointer)
}

const api = 'Deployment/hustlex-api'
const container = '/spec/template/spec/containers/0'
const everywhere = ['base', 'staging', 'production'] as const

const shared: readonly (readonly [object: string, pointer: string, expected: unknown])[] = [
  [api, '/spec/selector/matchLabels', { app: 'hustlex-api' }],
  [api, '/spec/template/metadata/labels/app', 'hustlex-api'],
  [api, `${container}/name`, 'api'],
  [api, `${container}/ports/0/containerPort`, 8080],
  [api, `${container}/envFrom/0/configMapRef/name`, 'hustlex-config'],
  [api, `${container}/envFrom/1/secretRef/name`, 'hustlex-secrets'],
  [api, `${container}/livenessProbe/httpGet`, { path: '/api/v1/health', port: 8080 }],
  [api, `${container}/livenessProbe/initialDelaySeconds`, 10],
  [api, `${container}/livenessProbe/periodSeconds`, 10],
  [api, `${container}/readinessProbe/httpGet`, { path: '/api/v1/health', port: 8080 }],
  [api, `${container}/readinessProbe/initialDelaySeconds`, 5],
  [api, `${container}/readinessProbe/periodSeconds`, 5],
  [api, '/spec/strategy/type', 'RollingUpdate'],
  [api, '/spec/strategy/rollingUpdate', { maxSurge: 1, maxUnavailable: 0 }],
  ['Service/hustlex-api', '/spec/type', 'LoadBalancer'],
  ['Service/hustlex-api', '/spec/selector', { app: 'hustlex-api' }],
  ['StatefulSet/postgres', '/spec/serviceName', 'postgres'],
  ['StatefulSet/postgres', '/spec/replicas', 1],
  ['StatefulSet/postgres', '/spec/selector/matchLabels', { app: 'postgres' }],
  ['StatefulSet/postgres', '/spec/template/metadata/labels/app', 'postgres'],
  ['StatefulSet/postgres', `${container}/name`, 'postgres'],
  ['StatefulSet/postgres', `${container}/image`, 'postgres:16-alpine'],
  ['StatefulSet/postgres', `${container}/ports/0/containerPort`, 5432],
  ['StatefulSet/postgres', `${container}/envFrom/0/secretRef/name`, 'postgres-secrets'],
  [
    'StatefulSet/postgres',
    `${container}/volumeMounts/0`,
    { name: 'postgres-data', mountPath: '/var/lib/postgresql/data' },
  ],
  ['StatefulSet/postgres', '/spec/volumeClaimTemplates/0/metadata/name', 'postgres-data'],
  ['StatefulSet/postgres', '/spec/volumeClaimTemplates/0/spec/accessModes', ['ReadWriteOnce']],
  ['StatefulSet/postgres', '/spec/volumeClaimTemplates/0/spec/resources/requests/storage', '50Gi'],
  ['Deployment/redis', `${container}/image`, 'redis:7-alpine'],
  ['Deployment/hustlex-worker', '/kind', 'Deployment'],
]

const perRender: readonly (readonly [render: string, object: string, pointer: string, expected: unknown])[] = [
  ['base', api, '/metadata/namespace', 'hustlex'],
  ['base', api, '/spec/replicas', 3],
  ['base', api, `${container}/image`, 'hustlex/api'],
  ['base', api, `${container}/resources/requests`, { cpu: '100m', memory: '128Mi' }],
  ['base', api, `${container}/resources/limits`, { cpu: '500m', memory: '512Mi' }],
  ['base', 'StatefulSet/postgres', '/metadata/namespace', 'hustlex'],
  ['staging', api, '/metadata/namespace', 'hustlex-staging'],
  ['staging', api, '/spec/replicas', 2],
  ['production', api, '/metadata/namespace', 'hustlex'],
  ['production', api, '/spec/replicas', 5],
  ['production', 'HorizontalPodAutoscaler/hustlex-api-hpa', '/metadata/namespace', 'hustlex'],
  ['production', 'HorizontalPodAutoscaler/hustlex-api-hpa', '/apiVersion', 'autoscaling/v2'],
  [
    'production',
    'HorizontalPodAutoscaler/hustlex-api-hpa',
    '/spec/scaleTargetRef',
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'hustlex-api' },
  ],
  ['production', 'HorizontalPodAutoscaler/hustlex-api-hpa', '/spec/minReplicas', 3],
  ['production', 'HorizontalPodAutoscaler/hustlex-api-hpa', '/spec/maxReplicas', 20],
  [
    'production',
    'HorizontalPodAutoscaler/hustlex-api-hpa',
    '/spec/metrics/0/resource',
    { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
  ],
  [
    'production',
    'HorizontalPodAutoscaler/hustlex-api-hpa',
    '/spec/metrics/1/resource',
    { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
  ],
  [
    'staging',
    'HorizontalPodAutoscaler/hustlex-api-hpa',
    '/kind',
    'staging has no HorizontalPodAutoscaler/hustlex-api-hpa',
  ],
  ['staging', 'Namespace/hustlex-staging', '/kind', 'Namespace'],
  ['production', 'Namespace/hustlex', '/kind', 'Namespace'],
]

const files = [
  ...['kustomization', 'namespace', 'configmap', 'secrets', 'deployment', 'service', 'postgres', 'redis', 'worker'].map(
    name => `k8s/base/${name}.yaml`,
  ),
  'k8s/overlays/staging/kustomization.yaml',
  'k8s/overlays/staging/patches/replicas.yaml',
  'k8s/overlays/staging/patches/resources.yaml',
  'k8s/overlays/production/kustomization.yaml',
  'k8s/overlays/production/patches/replicas.yaml',
  'k8s/overlays/production/patches/resources.yaml',
  'k8s/overlays/production/patches/hpa.yaml',
]

describe('ADR-010', () => {
  test('the platform renders without a finding', () => {
    expect(diagnostics).toEqual([])
  })

  test.each(shared)('%s %s', (object, pointer, expected) => {
    for (const render of everywhere) expect(field(render, object, pointer)).toEqual(expected)
  })

  test.each(perRender)('%s: %s %s', (render, object, pointer, expected) => {
    expect(field(render, object, pointer)).toEqual(expected)
  })

  test.each([
    ['staging', -1],
    ['production', 1],
  ])('%s has lower or higher resources than the base', (render, direction) => {
    const megabytes = (text: unknown): number =>
      Number.parseInt(String(text), 10) * (String(text).endsWith('Gi') ? 1024 : 1)
    for (const side of ['requests', 'limits']) {
      const base = megabytes(field('base', api, `${container}/resources/${side}/memory`))
      const here = megabytes(field(render, api, `${container}/resources/${side}/memory`))
      expect(Math.sign(here - base)).toBe(direction)
    }
  })

  test('no moving tag reaches an environment', () => {
    for (const render of ['staging', 'production']) {
      expect(field(render, api, `${container}/image`)).toMatch(/^hustlex\/api:\d+\.\d+\.\d+$/)
    }
  })

  test.each(files)('writes %s', file => {
    expect(rendered.tree.has(file)).toBe(true)
  })

  test('nothing secret is committed', () => {
    for (const resources of Object.values(renders)) {
      expect(resources.filter(resource => resource.kind === 'Secret')).toEqual([])
    }
  })
})
