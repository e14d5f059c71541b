// What the editor underlines: each line marked below must not compile, and tsc (part of `npm run check`) fails if it does.

import { expect, test } from 'vitest'
import { http, platform, postgres, service } from '../../generator/model/declare.ts'

const api = service('api', { image: 'example/api', port: 8080 })
const database = postgres({ image: 'postgres:16', storage: '1Gi' })

const shared = {
  repository: 'https://example.com/shop.git',
  kubernetes: '1.34',
  clusters: { main: { name: 'main' } },
  components: [api, database],
} as const

test('mistakes that types can stop do not compile', () => {
  const mistakes = [
    // @ts-expect-error -- a quantity without a number
    () => service('api', { image: 'x', port: 1, resources: { requests: { cpu: 'lots' } } }),
    // @ts-expect-error -- bytes without a suffix
    () => postgres({ image: 'postgres:16', storage: '50' }),
    // @ts-expect-error -- a field misspelt
    () => service('api', { image: 'x', port: 1, replica: 2 }),
    // @ts-expect-error -- a path that does not start with a slash
    () => http('health'),
    // @ts-expect-error -- no port
    () => service('api', { image: 'x' }),
    () =>
      platform('shop', {
        ...shared,
        environments: {
          // @ts-expect-error -- an override of something that is not there
          staging: { namespace: 'shop', revision: 'refs/heads/main', overrides: { apo: { replicas: 2 } } },
        },
      }),
    () =>
      platform('shop', {
        ...shared,
        environments: {
          // @ts-expect-error -- a field that this kind of component does not have
          staging: { namespace: 'shop', revision: 'refs/heads/main', overrides: { postgres: { replicas: 2 } } },
        },
      }),
  ]
  expect(mistakes).toHaveLength(7)
})

test('an override of a declared component compiles', () => {
  const declared = platform('shop', {
    ...shared,
    environments: { staging: { namespace: 'shop', revision: 'refs/heads/main', overrides: { api: { replicas: 2 } } } },
  })
  expect(declared.name).toBe('shop')
})
