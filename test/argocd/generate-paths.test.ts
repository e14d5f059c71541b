import { expect, test } from 'vitest'
import { manifestGeneratePaths } from '../../generator/argocd/generate-paths.ts'

test.each([
  { directory: 'k8s/overlays/staging', inputs: ['k8s/base', 'k8s/overlays/staging'], expected: '.;../../base' },
  { directory: 'k8s/overlays/staging', inputs: [], expected: '.' },
  { directory: 'k8s/overlays/staging', inputs: ['k8s/overlays/staging/patches'], expected: '.' },
  { directory: 'k8s/overlays/staging', inputs: ['k8s/base', 'k8s/base/postgres'], expected: '.;../../base' },
  { directory: 'k8s/overlays/staging/', inputs: ['./k8s/base/'], expected: '.;../../base' },
  { directory: 'a', inputs: ['b', 'c/d', 'a/../c/d'.replace('a/../', '')], expected: '.;../b;../c/d' },
  { directory: 'a/b', inputs: ['a'], expected: '..' },
  { directory: 'a/b', inputs: ['.'], expected: '../..' },
  { directory: '.', inputs: ['k8s/base'], expected: '.' },
  { directory: 'k8s/base', inputs: ['k8s/base-2'], expected: '.;../base-2' },
])('$directory reading $inputs', ({ directory, inputs, expected }) => {
  expect(manifestGeneratePaths(directory, inputs)).toBe(expected)
})
