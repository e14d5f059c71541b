// A few random kustomizations, built here and by the real binary. `scripts/differential.ts` does the same for thousands.

import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { buildKustomization, renderBuild } from '../../generator/build/build-kustomization.ts'
import { findKustomize, realBuild, writeTree } from '../support/kustomize-binary.ts'
import { randomBuild } from './random-kustomization.ts'

const binary = findKustomize()
const root = mkdtempSync(join(tmpdir(), 'differential-'))

if (binary === undefined) console.warn('SKIPPED: kustomize 5.8 is not installed, nothing was compared')
afterAll(() => rmSync(root, { recursive: true, force: true }))

test.skipIf(binary === undefined)(
  'random kustomizations build to the same text, or are refused by both',
  () => {
    const builds = fc.sample(randomBuild, { numRuns: 25, seed: 5 })
    for (const { tree, directory } of builds) {
      const work = join(root, 'work')
      writeTree(work, tree)
      const { value, diagnostics } = buildKustomization(tree, directory)
      // A generated object of another kind: its hash is of kustomize's own structures, and refused.
      if (diagnostics.some(({ code }) => code === 'kustomize/name-hash')) continue
      const here = diagnostics.length > 0 ? undefined : renderBuild(value)
      expect(here).toBe(realBuild(binary ?? '', work, directory).text)
    }
  },
  120_000,
)

test('a build ends in objects or in a diagnostic, never in an exception', () => {
  fc.assert(
    fc.property(randomBuild, ({ tree, directory }) => {
      const { value, diagnostics } = buildKustomization(tree, directory, { checks: true })
      const refused = diagnostics.some(
        ({ severity, code }) => severity === 'error' && value.length === 0 && code !== undefined,
      )
      expect(refused || value.length > 0 || diagnostics.length > 0).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('asking for findings changes no output', () => {
  fc.assert(
    fc.property(randomBuild, ({ tree, directory }) => {
      const plain = renderBuild(buildKustomization(tree, directory).value)
      expect(renderBuild(buildKustomization(tree, directory, { checks: true }).value)).toBe(plain)
    }),
    { numRuns: 60 },
  )
})
