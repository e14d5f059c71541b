import { expect, test } from 'vitest'
import { describeResource } from '../../generator/manifest/resource.ts'

test.each([
  [{ namespace: 'shop', name: 'web' }, 'Deployment shop/web'],
  [{ name: 'web' }, 'Deployment web'],
  [{ namespace: 'shop', name: '' }, 'Deployment without a name in shop'],
  [{ name: '' }, 'Deployment without a name'],
])('%j is called %s', (identity, expected) => {
  expect(describeResource({ apiVersion: 'apps/v1', kind: 'Deployment', ...identity })).toBe(expected)
})
