// The worked examples of CONTRIBUTING.md, made for real: each is a one-place change of the platform, and touches just these files.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderPlatform } from '../generator/generate/render-platform.ts'
import type { FileTree } from '../generator/manifest/file-tree.ts'
import type { Platform } from '../generator/model/platform.ts'
import hustlex from '../generator/platform/hustlex.ts'

const contributing = readFileSync('CONTRIBUTING.md', 'utf8')
const platformFile = 'generator/platform/hustlex.ts'
const releases = readFileSync('generator/platform/releases.yaml', 'utf8')
const before = renderPlatform(hustlex, releases).value.tree

const overlays = ['staging', 'production'].map(name => `k8s/overlays/${name}`)

test.each([
  {
    example: 'rename-a-service',
    changed: [
      'argocd/applications/production.yaml',
      'k8s/base/deployment.yaml',
      'k8s/base/disruption-budgets.yaml',
      'k8s/base/network-policies.yaml',
      'k8s/base/service-accounts.yaml',
      'k8s/base/service.yaml',
      ...overlays.flatMap(overlay => [`${overlay}/patches/replicas.yaml`, `${overlay}/patches/resources.yaml`]),
      'k8s/overlays/production/patches/hpa.yaml',
    ],
  },
  {
    example: 'add-an-environment',
    changed: [
      'argocd/kustomization.yaml',
      'argocd/applications/preview.yaml',
      'argocd/projects/preview.yaml',
      'k8s/overlays/preview/kustomization.yaml',
    ],
  },
  {
    example: 'add-a-worker',
    changed: [
      'k8s/base/kustomization.yaml',
      'k8s/base/mailer.yaml',
      'k8s/base/network-policies.yaml',
      'k8s/base/service-accounts.yaml',
    ],
  },
])('$example', async ({ example, changed }) => {
  const declared = await edited(example)
  const { value, diagnostics } = renderPlatform(declared, releases + blocks('yaml', example).join('\n'))
  expect(diagnostics).toEqual([])
  expect(difference(before, value.tree)).toEqual([...changed].sort())
})

/** The platform with an example's diffs applied, loaded from a file beside the real one. */
async function edited(example: string): Promise<Platform> {
  const source = blocks('diff', example).reduce(applyDiff, readFileSync(platformFile, 'utf8'))
  const file = `generator/platform/${example}.example.ts`
  writeFileSync(file, source)
  try {
    const loaded = (await import(/* @vite-ignore */ `../${file}`)) as { readonly default: Platform }
    return loaded.default
  } finally {
    if (existsSync(file)) rmSync(file)
  }
}

function blocks(language: string, example: string): readonly string[] {
  const fence = new RegExp(`\`\`\`${language} ${example}\\n([\\s\\S]*?)\`\`\``, 'g')
  return [...contributing.matchAll(fence)].map(match => match[1] ?? '')
}

function applyDiff(source: string, diff: string): string {
  const side = (mark: string): string =>
    diff
      .split('\n')
      .filter(line => line.startsWith(mark) || line.startsWith(' '))
      .map(line => line.slice(1))
      .join('\n')
  expect(source).toContain(side('-'))
  return source.replace(side('-'), side('+'))
}

function difference(from: FileTree, to: FileTree): readonly string[] {
  return [...new Set([...from.keys(), ...to.keys()])].filter(path => from.get(path) !== to.get(path)).sort()
}
