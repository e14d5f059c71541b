// What the editor underlines is refused where no editor looked: each row is a platform as plain JavaScript could declare it.

import { describe, expect, test } from 'vitest'
import { checkModel } from '../../generator/model/check-model.ts'
import { http, platform, postgres, redis, rolling, service, worker } from '../../generator/model/declare.ts'

const image = 'example/api'
const production = { namespace: 'shop', revision: 'refs/tags/v1.0.0' }
const settings = {
  repository: 'https://example.com/shop.git',
  kubernetes: '1.34',
  clusters: { main: { name: 'main' } },
  environments: { production },
}

function found(changes: object, ...components: readonly unknown[]): readonly string[] {
  const declared = platform('shop', { ...settings, components: components as never, ...changes } as never)
  return checkModel(declared).map(({ code, at, message }) => `${code} ${at.pointer} ${message}`)
}

const serviceWith = (changes: object): unknown => service('api', { image, port: 8080, ...changes })

interface Row {
  readonly name: string
  readonly changes: object
  readonly components: readonly unknown[]
  readonly expected: string
}

describe('checkShape', () => {
  test('a sound platform passes', () => {
    const database = postgres({ image: 'postgres:16', storage: '1Gi' })
    const api = serviceWith({
      uses: [database],
      rollout: rolling({ maxSurge: '25%' }),
      probes: { liveness: http('/') },
    })
    const overridden = { production: { ...production, overrides: { api: { replicas: 2 } }, kubernetes: ['1.34'] } }
    expect(found({ environments: overridden }, api, database, redis({ image: 'redis:7' }))).toEqual([])
  })

  const rows: readonly Row[] = [
    {
      name: 'a platform setting in other letters',
      changes: { secretbackend: {} },
      components: [],
      expected:
        'model/unknown-setting /secretbackend there is no setting "secretbackend" here, did you mean "secretBackend"?',
    },
    {
      name: 'an override of a setting that is misspelt',
      changes: {
        environments: { production: { ...production, overrides: { api: { autoScale: { min: 1, max: 2 } } } } },
      },
      components: [serviceWith({})],
      expected:
        'model/unknown-setting /environments/production/overrides/api/autoScale there is no setting "autoScale" here, did you mean "autoscale"?',
    },
    {
      name: 'an override that another kind of component has',
      changes: { environments: { production: { ...production, overrides: { api: { storage: '1Gi' } } } } },
      components: [serviceWith({})],
      expected:
        'model/unknown-setting /environments/production/overrides/api/storage there is no setting "storage" here',
    },
    {
      name: 'an option of a function',
      changes: {},
      components: [serviceWith({ probes: { liveness: http('/', { delays: 1 } as never) } })],
      expected:
        'model/unknown-setting /probes/liveness/delays there is no setting "delays" here, did you mean "delay"?',
    },
    {
      name: 'a limit of a rollout',
      changes: {},
      components: [serviceWith({ rollout: rolling({ maxsurge: 2 } as never) })],
      expected: 'model/unknown-setting /rollout/maxsurge there is no setting "maxsurge" here, did you mean "maxSurge"?',
    },
    {
      name: 'a component that only another one uses',
      changes: {},
      components: [serviceWith({ uses: [worker('w', { image, replica: 2 } as never)] })],
      expected: 'model/unknown-setting /replica there is no setting "replica" here, did you mean "replicas"?',
    },
    {
      name: 'something of JavaScript that every object has',
      changes: { constructor: 1 },
      components: [],
      expected: 'model/unknown-setting /constructor there is no setting "constructor" here',
    },
    {
      name: 'a required setting left out',
      changes: {},
      components: [service('api', { image } as never)],
      expected: 'model/missing-setting  the setting "port" is missing',
    },
    {
      name: 'a required setting that is undefined',
      changes: { repository: undefined },
      components: [],
      expected: 'model/missing-setting  the setting "repository" is missing',
    },
    {
      name: 'a number in quotes',
      changes: {},
      components: [serviceWith({ replicas: '5' })],
      expected: 'model/wrong-type /replicas the string "5" is given where a number is wanted',
    },
    {
      name: 'a name where a component is wanted',
      changes: {},
      components: [serviceWith({ uses: ['postgres'] })],
      expected:
        'model/wrong-type /uses/0 the string "postgres" is given where a component: what service(), postgres() … return is wanted',
    },
    {
      name: 'one version, or several, but no number',
      changes: { kubernetes: 1.34 },
      components: [],
      expected: 'model/wrong-type /kubernetes the number "1.34" is given where a string is wanted',
    },
    {
      name: 'a list where an object is wanted',
      changes: { environments: [] },
      components: [],
      expected: 'model/wrong-type /environments a list is given where an object is wanted',
    },
    {
      name: 'a value that a setting does not know',
      changes: { environments: { production: { ...production, argocd: { sync: 'automatic' } } } },
      components: [],
      expected:
        'model/wrong-value /environments/production/argocd/sync "automatic" is not possible here, did you mean "automated"?',
    },
    {
      name: 'a path without its slash',
      changes: {},
      components: [serviceWith({ probes: { liveness: http('health' as never) } })],
      expected: 'model/wrong-value /probes/liveness/path "health" must start with "/"',
    },
  ]

  test.each(rows)('$name', ({ changes, components, expected }) => {
    expect(found(changes, ...components)).toEqual([expected])
  })

  test('a platform without settings is a finding, not a fault', () => {
    expect(checkModel(platform('shop', undefined as never)).map(({ code }) => code)).toEqual(['model/wrong-type'])
    expect(checkModel(platform(undefined as never, {} as never)).map(({ code }) => code)).toContain('model/wrong-type')
  })

  test('a finding in an environment says which', () => {
    const declared = platform('shop', { ...settings, components: [], environments: { production: {} } } as never)
    expect(checkModel(declared).map(({ environment }) => environment)).toEqual(['production', 'production'])
  })
})
