import { expect, test } from 'vitest'
import { kustomizationInputs, normalize } from '../../../generator/argocd/simulate/kustomization-inputs.ts'

const tree = new Map([
  [
    'k8s/base/kustomization.yaml',
    'resources: [deployment.yaml, ../shared]\nconfigMapGenerator:\n- name: c\n  files: [key=../../files/a.txt]\n',
  ],
  ['k8s/base/deployment.yaml', '{}\n'],
  ['k8s/shared/kustomization.yml', 'resources: []\n'],
  ['k8s/components/tls/Kustomization', 'kind: Component\n'],
  [
    'k8s/overlays/p/kustomization.yaml',
    'resources: [../../base]\ncomponents: [../../components/tls]\npatches:\n- path: patches/a.yaml\n- patch: "kind: X\\nmetadata: {}"\nnamespace: base\n',
  ],
  ['k8s/overlays/p/patches/a.yaml', '{}\n'],
  ['k8s/overlays/q/kustomization.yaml', 'resources: [../q, ../../../../outside, https://example.com/base]\n'],
  ['files/a.txt', 'a\n'],
])

test.each([
  {
    directory: 'k8s/overlays/p',
    expected: ['files/a.txt', 'k8s/base', 'k8s/components/tls', 'k8s/overlays/p', 'k8s/shared'],
  },
  { directory: './k8s/shared/', expected: ['k8s/shared'] },
  { directory: 'k8s/overlays/q', expected: ['k8s/overlays/q'] },
  { directory: 'k8s/overlays', expected: undefined },
  { directory: '../x', expected: undefined },
])('$directory', ({ directory, expected }) => {
  expect(kustomizationInputs(tree, directory)?.toSorted()).toEqual(expected)
})

test.each([
  ['a/../b', 'b'],
  ['./a//b/', 'a/b'],
  ['.', ''],
  ['../a', undefined],
])('normalize %s', (path, expected) => {
  expect(normalize(path)).toBe(expected)
})
