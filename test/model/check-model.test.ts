import { describe, expect, test } from 'vitest'
import { checkModel } from '../../generator/model/check-model.ts'
import { cronJob, platform, postgres, redis, rolling, service, worker } from '../../generator/model/declare.ts'
import type { Component } from '../../generator/model/component.ts'
import type { Environment, PlatformSettings } from '../../generator/model/platform.ts'

const image = 'example/api'
const sound = service('api', { image, port: 8080 })
const staging: Environment = { namespace: 'shop-staging', revision: 'refs/heads/main' }
const production: Environment = { namespace: 'shop', revision: 'refs/tags/v1.0.0' }

function shop(changes: Partial<PlatformSettings> = {}, name = 'shop') {
  return platform(name, {
    repository: 'https://example.com/shop.git',
    kubernetes: '1.34',
    clusters: { main: { name: 'main' } },
    components: [sound],
    environments: { staging, production },
    ...changes,
  })
}

function withComponents(...components: readonly Component[]) {
  return shop({ components })
}

function codes(declared: ReturnType<typeof shop>): readonly string[] {
  return checkModel(declared).map(({ code, at }) => `${code} ${at.pointer}`)
}

describe('checkModel', () => {
  test('a sound platform has no findings', () => {
    expect(checkModel(shop())).toEqual([])
  })

  test.each([
    {
      name: 'a platform name with capitals',
      declared: shop({}, 'Shop'),
      expected: ['model/invalid-name ', 'model/invalid-name '],
    },
    {
      name: 'a component name that no Service can have',
      declared: withComponents(service('9api', { image, port: 1 })),
      expected: ['model/invalid-name '],
    },
    {
      name: 'a CronJob name that leaves no room for its Jobs',
      declared: withComponents(cronJob('a'.repeat(50), { image, schedule: '@daily' })),
      expected: ['model/invalid-name '],
    },
    {
      name: 'two components of one name',
      declared: withComponents(sound, worker('api', { image })),
      expected: ['model/duplicate-name '],
    },
    {
      name: 'a dependency that is not declared',
      declared: withComponents(worker('jobs', { image, uses: [redis({ image: 'redis:7' })] })),
      expected: ['model/unknown-component /uses'],
    },
    { name: 'no environment', declared: shop({ environments: {} }), expected: ['model/no-environment /environments'] },
    {
      name: 'production on a branch',
      declared: shop({ environments: { production: { ...production, revision: 'refs/heads/main' } } }),
      expected: ['model/unpinned-production /environments/production/revision'],
    },
    {
      name: 'a short revision',
      declared: shop({ environments: { staging: { ...staging, revision: 'main' } } }),
      expected: ['model/ambiguous-revision /environments/staging/revision'],
    },
    {
      name: 'a cluster that is not declared',
      declared: shop({ environments: { staging: { ...staging, cluster: 'mian' } } }),
      expected: ['model/unknown-cluster /environments/staging/cluster'],
    },
    {
      name: 'two environments in one namespace of one cluster',
      declared: shop({ environments: { staging, production: { ...production, namespace: 'shop-staging' } } }),
      expected: ['model/shared-namespace /environments/production/namespace'],
    },
    {
      name: 'an override of something that is not there',
      declared: shop({ environments: { staging: { ...staging, overrides: { apo: {} } as never } } }),
      expected: ['model/unknown-component /environments/staging/overrides/apo'],
    },
    {
      name: 'a moving tag',
      declared: withComponents(service('api', { image: 'example/api:latest', port: 8080 })),
      expected: ['model/moving-tag /image'],
    },
    {
      name: 'an image that is none',
      declared: withComponents(service('api', { image: 'Not An Image', port: 8080 })),
      expected: ['model/invalid-image /image'],
    },
    {
      name: 'a datastore without a version',
      declared: withComponents(postgres({ image: 'postgres', storage: '1Gi' })),
      expected: ['model/no-version /image'],
    },
    {
      name: 'a quantity that is none',
      declared: withComponents(service('api', { image, port: 8080, resources: { requests: { cpu: '1e' as never } } })),
      expected: ['model/invalid-quantity /resources/requests/cpu'],
    },
    {
      name: 'a request above its limit',
      declared: withComponents(
        service('api', { image, port: 8080, resources: { requests: { memory: '1Gi' }, limits: { memory: '512Mi' } } }),
      ),
      expected: ['model/request-above-limit /resources/requests/memory'],
    },
    {
      name: 'a port that is none',
      declared: withComponents(service('api', { image, port: 70000 })),
      expected: ['model/invalid-port /port'],
    },
    {
      name: 'half a replica',
      declared: withComponents(service('api', { image, port: 8080, replicas: 0.5 })),
      expected: ['model/invalid-scale /replicas'],
    },
    {
      name: 'a rollout that can never start',
      declared: withComponents(
        service('api', { image, port: 8080, rollout: rolling({ maxSurge: '0%', maxUnavailable: 0 }) }),
      ),
      expected: ['model/rollout-deadlock /rollout'],
    },
    {
      name: 'autoscaling without a request to measure against',
      declared: withComponents(service('api', { image, port: 8080, autoscale: { min: 1, max: 3, cpu: 70 } })),
      expected: ['model/autoscale-without-request /autoscale/cpu'],
    },
    {
      name: 'autoscaling without a target',
      declared: withComponents(service('api', { image, port: 8080, autoscale: { min: 1, max: 3 } })),
      expected: ['model/autoscale-without-metric /autoscale'],
    },
    {
      name: 'autoscaling backwards',
      declared: withComponents(
        service('api', {
          image,
          port: 8080,
          resources: { requests: { cpu: '1' } },
          autoscale: { min: 5, max: 3, cpu: 70 },
        }),
      ),
      expected: ['model/invalid-scale /autoscale'],
    },
    {
      name: 'a singleton that is autoscaled',
      declared: withComponents(
        worker('jobs', {
          image,
          singleton: true,
          resources: { requests: { cpu: '1' } },
          autoscale: { min: 1, max: 2, cpu: 70 },
        }),
      ),
      expected: ['model/singleton-scaled /autoscale'],
    },
    {
      name: 'a schedule that is none',
      declared: withComponents(cronJob('nightly', { image, schedule: '61 * * * *' })),
      expected: ['model/invalid-schedule /schedule'],
    },
    {
      name: 'a time zone that is none',
      declared: withComponents(cronJob('nightly', { image, schedule: '@daily', timeZone: 'Lagos' })),
      expected: ['model/invalid-time-zone /timeZone'],
    },
    {
      name: 'a variable no shell could read',
      declared: withComponents(service('api', { image, port: 8080, env: { '1ST': 'x' } })),
      expected: ['model/invalid-variable /env/1ST'],
    },
  ])('$name', ({ declared, expected }) => {
    expect(codes(declared)).toEqual(expected)
  })

  test('a finding in an override names the override, not the declaration', () => {
    const declared = shop({ environments: { staging: { ...staging, overrides: { api: { port: 0 } } as never } } })
    expect(codes(declared)).toEqual(['model/invalid-port /environments/staging/overrides/api/port'])
  })

  test('a finding knows the file and line of its declaration', () => {
    const [finding] = checkModel(withComponents(service('api', { image, port: 0 })))
    expect(finding?.at.file).toMatch(/check-model\.test\.ts$/)
    expect(finding?.at.line).toBeGreaterThan(1)
  })

  test('messages list what is near', () => {
    const declared = shop({ environments: { staging: { ...staging, overrides: { apl: {} } as never } } })
    expect(checkModel(declared)[0]?.message).toContain('did you mean "api"?')
  })
})
