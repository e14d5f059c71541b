// Builds random trees of kustomizations here and with the real binary, and compares. Every difference is written out.
//   npx tsx scripts/differential.ts [CASES] [SEED] [DIRECTORY FOR DIFFERENCES]

import fc from 'fast-check'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildKustomization, renderBuild } from '../generator/build/build-kustomization.ts'
import type { FileTree } from '../generator/manifest/file-tree.ts'
import { randomBuild, type RandomBuild } from '../test/build/random-kustomization.ts'
import { findKustomize, realBuild, writeTree } from '../test/support/kustomize-binary.ts'

const [cases = '200', seed = '1', out = join(tmpdir(), 'differential')] = process.argv.slice(2)
const binary = findKustomize()
if (binary === undefined) {
  console.error('kustomize 5.8 is not installed: nothing was compared')
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const root = join(out, 'work')
const counts = { same: 0, refusedByBoth: 0, different: 0, refusedHereOnly: 0, refusedThereOnly: 0, crashed: 0 }
for (const [index, { tree, directory }] of drawBuilds(Number(cases), Number(seed)).entries()) {
  writeTree(root, tree)
  const real = realBuild(binary, root, directory)
  const outcome = compare(index, tree, directory, real)
  counts[outcome.kind]++
  if (outcome.report === undefined) continue
  const folder = join(out, `${outcome.kind}-${index}`)
  writeTree(folder, tree)
  writeFileSync(join(folder, 'REPORT'), outcome.report)
  writeFileSync(join(folder, 'real.yaml'), real.text ?? real.error)
  writeFileSync(join(folder, 'here.yaml'), outcome.here ?? '')
  writeFileSync(join(folder, 'DIRECTORY'), directory)
}
console.log(JSON.stringify(counts))

/** One in five of those that are refused here is kept: a tree that builds tells more. */
function drawBuilds(count: number, from: number): readonly RandomBuild[] {
  let refused = 0
  return fc
    .sample(randomBuild, { numRuns: count * 3, seed: from })
    .filter(({ tree, directory }) => buildsHere(tree, directory) || refused++ % 5 === 0)
    .slice(0, count)
}

function buildsHere(tree: FileTree, directory: string): boolean {
  try {
    return buildKustomization(tree, directory).diagnostics.every(({ severity }) => severity !== 'error')
  } catch {
    // Kept, to be reported as a crash.
    return true
  }
}

interface Outcome {
  readonly kind: keyof typeof counts
  readonly report?: string
  readonly here?: string
}

function compare(
  index: number,
  tree: ReadonlyMap<string, string>,
  directory: string,
  real: { readonly text: string | undefined; readonly error: string },
): Outcome {
  try {
    const { value, diagnostics } = buildKustomization(tree, directory)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) {
      if (real.text === undefined) return { kind: 'refusedByBoth' }
      return { kind: 'refusedHereOnly', report: JSON.stringify(errors, undefined, 2) }
    }
    const here = renderBuild(value)
    if (real.text === undefined) return { kind: 'refusedThereOnly', report: real.error, here }
    return here === real.text ? { kind: 'same' } : { kind: 'different', report: `case ${index}`, here }
  } catch (error) {
    return { kind: 'crashed', report: String((error as Error).stack) }
  }
}
