// What is committed under k8s/ and argocd/ is what the model says today, and builds to the same text everywhere.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildKustomization, renderBuild } from '../generator/build/build-kustomization.ts'
import { renderPlatform } from '../generator/generate/render-platform.ts'
import hustlex from '../generator/platform/hustlex.ts'
import { realKustomizes } from './support/kustomize-binary.ts'

const releases = readFileSync('generator/platform/releases.yaml', 'utf8')
const { value: rendered } = renderPlatform(hustlex, releases)
const directories = ['k8s/base', 'k8s/policies', 'k8s/overlays/staging', 'k8s/overlays/production', 'argocd']

describe('the committed tree', () => {
  test('is what the model says today', () => {
    for (const [path, text] of rendered.tree) {
      expect(existsSync(path) ? readFileSync(path, 'utf8') : `${path} is missing`).toBe(text)
    }
  })

  test('has no file that the model does not ask for', () => {
    const committed = ['k8s', 'argocd'].flatMap(directory =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.yaml'))
        .map(name => join(directory, name)),
    )
    expect(committed.filter(path => !rendered.tree.has(path))).toEqual([])
  })

  test('generating twice gives the same bytes, in whatever order files are read', () => {
    expect(renderPlatform(hustlex, releases).value.tree).toEqual(rendered.tree)
    const backwards = new Map([...rendered.tree].reverse())
    for (const directory of directories) {
      const forwards = renderBuild(buildKustomization(rendered.tree, directory).value)
      expect(renderBuild(buildKustomization(backwards, directory).value)).toBe(forwards)
    }
  })
})

describe.each(realKustomizes())('as the real $name builds it', ({ build }) => {
  test.each(directories)('%s', directory => {
    const { value, diagnostics } = buildKustomization(rendered.tree, directory)
    expect(diagnostics).toEqual([])
    expect(renderBuild(value)).toBe(build(directory))
  })
})
