// Trees that kustomize refuses: accepting one would be an all clear for what no cluster will ever get.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { buildKustomization } from '../../generator/build/build-kustomization.ts'
import { findKustomize, realBuild, writeTree } from '../support/kustomize-binary.ts'

const binary = findKustomize()
const root = mkdtempSync(join(tmpdir(), 'refused-'))

if (binary === undefined) console.warn('SKIPPED: kustomize 5.8 is not installed, its refusals are not asked for')
afterAll(() => rmSync(root, { recursive: true, force: true }))

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: $(V) }\n'
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, args: [a, $(V)] }] }\n'
const variable = 'vars: [{ name: V, objref: { apiVersion: v1, kind: ConfigMap, name: c } }]\n'

const cases: readonly { name: string; code: string; files: { readonly [path: string]: string } }[] = [
  ...['0', '-', '*', '[name=c]'].map(element => ({
    name: `a field path that counts elements with "${element}": it is looked up in each of them`,
    code: 'kustomize/field-path',
    files: {
      'kustomization.yaml': `resources: [c.yaml, p.yaml]\nconfigurations: [k.yaml]\n${variable}`,
      'k.yaml': `varReference: [{ path: 'spec/containers/${element}/args', kind: Pod }]\n`,
      'c.yaml': configMap,
      'p.yaml': pod,
    },
  })),
  ...['8080', 'true', '1.5', '2024-01-01', '<<'].flatMap(key => [
    {
      name: `a generated key "${key}": it would be written without quotes`,
      code: 'kustomize/unquoted-key',
      files: {
        'kustomization.yaml': `configMapGenerator: [{ name: tcp, literals: ['${key}=default/web:80'] }]\n`,
      },
    },
    {
      name: `a label "${key}": it would be written without quotes`,
      code: 'kustomize/unquoted-key',
      files: {
        'kustomization.yaml': `resources: [c.yaml]\nlabels: [{ pairs: { '${key}': x } }]\n`,
        'c.yaml': configMap,
      },
    },
  ]),
  {
    name: 'a field "1.5" made by a replacement',
    code: 'kustomize/unquoted-key',
    files: {
      'kustomization.yaml': `resources: [c.yaml]\nreplacements:
- source: { kind: ConfigMap, fieldPath: metadata.name }
  targets: [{ select: { kind: ConfigMap }, options: { create: true }, fieldPaths: ['data.[1.5]'] }]\n`,
      'c.yaml': configMap,
    },
  },
  ...[
    '[{ op: remove, path: /data/a }]',
    '[{"op": "remove", "path": "/data/a"},]',
    '[{"op":"remove","path":"/data/a"} ]#',
  ].map(patch => ({
    name: `what begins with a bracket and is no JSON: ${patch}`,
    code: 'kustomize/patch',
    files: {
      'kustomization.yaml': 'resources: [c.yaml]\npatches: [{ path: p.json, target: { kind: ConfigMap } }]\n',
      'c.yaml': configMap,
      'p.json': patch,
    },
  })),
  {
    name: 'half a character in an escape',
    code: 'yaml/control-character',
    files: {
      'kustomization.yaml': 'resources: [c.json]\n',
      'c.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"a": "\\ud83d\\ude00"}}',
    },
  },
  ...['|\n    \ta\n', '>-\n\n    \ta\n', '|4\n      \ta\n'].map(block => ({
    name: `a block whose text begins with a tab: ${JSON.stringify(block)}`,
    code: 'yaml/tab',
    files: {
      'kustomization.yaml': 'resources: [c.yaml]\n',
      'c.yaml': `${configMap.split('data')[0]}data:\n  a: ${block}`,
    },
  })),
  ...['\x7f', '\x80', '\ufffe'].map(character => ({
    name: `a control character in a file of a generator: ${JSON.stringify(character)}`,
    code: 'kustomize/generator-source',
    files: { 'kustomization.yaml': 'configMapGenerator: [{ name: c, files: [f] }]\n', f: `a${character}b\n` },
  })),
]

describe('refused here and by the real one', () => {
  test.each(cases)('$name', ({ code, files }) => {
    const tree = new Map(Object.entries(files))
    const { diagnostics } = buildKustomization(tree, '.')
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual([code])
    if (binary === undefined) return
    writeTree(root, tree)
    expect(realBuild(binary, root, '.').text).toBeUndefined()
  })
})
