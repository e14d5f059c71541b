import { describe, expect, test } from 'vitest'
import { graphFromYaml } from '../support/resources-from-yaml.ts'

function called(env: string, config = ''): readonly string[] {
  const graph = graphFromYaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { template: { spec: { containers: [{ name: api, ${env} }] } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: postgres, namespace: shop }, spec: { ports: [{ port: 5432 }, { port: 9187 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: redis, namespace: shop }, spec: { ports: [{ port: 6379 }] } }
---
{ apiVersion: v1, kind: Service, metadata: { name: mail, namespace: infra }, spec: { ports: [{ port: 25 }] } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: shop }, data: { ${config} } }
`)
  const [api] = graph.workloads
  if (api === undefined) throw new Error('no workload')
  return graph
    .dependenciesOf(api.resource)
    .map(({ service, ports, variable }) => `${variable} ${service.name}:${ports.map(({ port }) => port).join(',')}`)
}

const env = (name: string, value: string): string => `env: [{ name: ${name}, value: '${value}' }]`

describe('dependenciesOf', () => {
  test.each([
    {
      name: 'a URL with credentials',
      found: called(env('A', 'postgres://app:p%40ss@postgres:5432/shop?x=1')),
      expected: ['A postgres:5432'],
    },
    {
      name: 'the port of a scheme',
      found: called(env('A', 'postgresql://postgres/shop')),
      expected: ['A postgres:5432'],
    },
    { name: 'host and port', found: called(env('A', 'redis:6379')), expected: ['A redis:6379'] },
    {
      name: 'a bare host in a variable for hosts',
      found: called(env('POSTGRES_HOST', 'postgres')),
      expected: ['POSTGRES_HOST postgres:5432,9187'],
    },
    { name: 'a bare word elsewhere', found: called(env('DATABASE_KIND', 'postgres')), expected: [] },
    {
      name: 'another namespace',
      found: called(env('SMTP_HOST', 'mail.infra.svc.cluster.local')),
      expected: ['SMTP_HOST mail:25'],
    },
    { name: 'a host outside', found: called(env('API_URL', 'https://redis.example.com/')), expected: [] },
    {
      name: 'a list',
      found: called(env('SERVERS', 'redis:6379,postgres:5432')),
      expected: ['SERVERS redis:6379', 'SERVERS postgres:5432'],
    },
    {
      name: 'all keys of a ConfigMap',
      found: called('envFrom: [{ configMapRef: { name: settings } }]', 'REDIS_URL: "redis://redis"'),
      expected: ['REDIS_URL redis:6379'],
    },
    {
      name: 'one key of a ConfigMap',
      found: called(
        'env: [{ name: CACHE_HOST, valueFrom: { configMapKeyRef: { name: settings, key: cache } } }]',
        'cache: redis, postgres: "postgres:5432"',
      ),
      expected: ['CACHE_HOST redis:6379'],
    },
    { name: 'a very long value', found: called(env('A', `${'x'.repeat(3000)},redis:6379`)), expected: [] },
  ])('$name', ({ found, expected }) => expect(found).toEqual(expected))
})
