// Every case of kustomize's own test-suite that was turned into files: outputs exact to the byte, errors refused.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildKustomization, renderBuild, type BuildOptions } from '../../generator/build/build-kustomization.ts'
import { readTree } from '../support/read-tree.ts'

const root = join(import.meta.dirname, '../../../shared/conformance/kustomize')
const present = existsSync(root)

interface Case {
  readonly id: string
  readonly kind: 'output' | 'error'
  readonly target_dir: string
  readonly flags: readonly string[]
}

/** Cases that do not behave, with the reason. */
const exceptions: ReadonlyMap<string, string> = new Map([])

function optionsOf(flags: readonly string[]): BuildOptions {
  const value = (name: string): string | undefined => {
    const index = flags.indexOf(name)
    return index < 0 ? undefined : flags[index + 1]
  }
  const restrictor = value('--load-restrictor')
  const reorder = value('--reorder')
  return {
    ...(restrictor === 'LoadRestrictionsNone' ? { loadRestrictor: restrictor } : {}),
    ...(reorder === 'none' || reorder === 'legacy' ? { reorder } : {}),
  }
}

if (!present) console.warn(`SKIPPED: kustomize conformance, no cases at ${root}`)

describe.skipIf(!present)('kustomize conformance', () => {
  const cases = present
    ? readdirSync(root, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(entry => JSON.parse(readFileSync(join(root, entry.name, 'case.json'), 'utf8')) as Case)
    : []

  test('all cases are here', () => {
    expect(cases.length).toBe(134)
  })

  test.each(cases.filter(({ id }) => !exceptions.has(id)))('$id', ({ id, kind, target_dir: directory, flags }) => {
    const folder = join(root, id)
    const tree = readTree(join(folder, 'input'))
    const options = optionsOf(flags)
    const { value, diagnostics } = buildKustomization(tree, directory, options)
    if (kind === 'error') {
      expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([])
      return
    }
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(renderBuild(value).trimEnd()).toBe(readFileSync(join(folder, 'expected.yaml'), 'utf8').trimEnd())
    const inDefaultOrder = join(folder, 'expected-default-order.yaml')
    if (!existsSync(inDefaultOrder)) return
    const { reorder: _, ...rest } = options
    expect(renderBuild(buildKustomization(tree, directory, rest).value).trimEnd()).toBe(
      readFileSync(inDefaultOrder, 'utf8').trimEnd(),
    )
  })
})
