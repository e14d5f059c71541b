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
  ...[
    {
      'kustomization.yaml': 'resources: [c.json]\n',
      'c.json': '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a\\/b"}}',
    },
    { 'kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: "a\\/"\n', 'c.yaml': configMap },
  ].map(files => ({
    name: `an escape that JSON has and go-yaml has not: ${Object.keys(files).at(-1)}`,
    code: 'yaml/control-character',
    files,
  })),
  ...['8080', 'true', '2024-01-01', '~'].flatMap(key => [
    {
      name: `an annotation "${key}" in a file: annotations are always written anew`,
      code: 'kustomize/unquoted-key',
      files: {
        'kustomization.yaml': 'resources: [c.yaml]\n',
        'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, annotations: { '${key}': x } }\n`,
      },
    },
    {
      name: `a label "${key}" in a patch for a selection`,
      code: 'kustomize/unquoted-key',
      files: {
        'kustomization.yaml': 'resources: [c.yaml]\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n',
        'c.yaml': configMap,
        'p.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, labels: { '${key}': x } }\n`,
      },
    },
    {
      name: `a key "${key}" in a file that a generator merges with`,
      code: 'kustomize/unquoted-key',
      files: {
        'kustomization.yaml':
          'resources: [c.yaml]\nconfigMapGenerator: [{ name: c, behavior: merge, literals: [web=80] }]\n',
        'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { '${key}': default/web:80 }\n`,
      },
    },
  ]),
  ...['[]', 'text', '8080'].map(element => ({
    name: `an element ${element} in a list whose elements have several keys`,
    code: 'kustomize/patch',
    files: {
      'kustomization.yaml': `resources: [p.yaml]\npatches: [{ patch: "{ apiVersion: v1, kind: Pod, metadata: { name: p },
  spec: { containers: [{ name: c, ports: [{ containerPort: 90 }] }] } }" }]\n`,
      'p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, ports: [{ containerPort: 80 }, ${element}] }] }\n`,
    },
  })),
  {
    name: 'an empty key for an annotation in a file',
    code: 'kustomize/unquoted-key',
    files: {
      'kustomization.yaml': 'resources: [c.yaml]\n',
      'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, annotations: { "": x } }\n',
    },
  },
  {
    name: 'an empty key for a label',
    code: 'kustomize/unquoted-key',
    files: { 'kustomization.yaml': 'resources: [c.yaml]\nlabels: [{ pairs: { "": x } }]\n', 'c.yaml': configMap },
  },
  {
    name: 'an empty key in a path to create',
    code: 'kustomize/unquoted-key',
    files: {
      'kustomization.yaml': `resources: [c.yaml]\nreplacements: [{ sourceValue: x, targets: [{ select: { kind: ConfigMap },
  options: { create: true }, fieldPaths: [data..b] }] }]\n`,
      'c.yaml': configMap,
    },
  },
  {
    name: 'a kustomization whose first document is empty',
    code: 'kustomize/kustomization',
    files: { 'kustomization.yaml': '---\n---\nresources: [c.yaml]\n', 'c.yaml': configMap },
  },
  ...['"text"', 'null', '[{}, "text"]'].map(value => ({
    name: `a merge key that a JSON patch brings, with a value that is no map: ${value}`,
    code: 'kustomize/patch',
    files: {
      'kustomization.yaml': `resources: [c.yaml]\npatches: [{ target: { kind: ConfigMap }, patch: '[{"op": "add", "path": "/data/<<", "value": ${value}}]' }]\n`,
      'c.yaml': configMap,
    },
  })),
  ...[
    'kind: LabelTransformer\nlabels: { app: same }\nfieldSpecs: [{ path: metadata/labels }]\n',
    'kind: PatchTransformer\npatch: "{ apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: n }, data: { a: same } }"\n',
    'kind: PatchTransformer\ntarget: { kind: ConfigMap }\npatch: \'[{"op": "test", "path": "/data/a", "value": "same"}]\'\n',
    'kind: NamespaceTransformer\nfieldSpecs: [{ path: metadata/namespace }]\n',
    'kind: PrefixTransformer\nprefix: ""\nfieldSpecs: [{ path: metadata/name }]\n',
  ].map(transformer => ({
    name: `a validator that writes what was there before: ${transformer.split('\n')[0]}`,
    code: 'kustomize/validator',
    files: {
      'kustomization.yaml': 'resources: [c.yaml]\nvalidators: [v.yaml]\n',
      'c.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: n, labels: { app: same } }\ndata: { a: same }\n',
      'v.yaml': `apiVersion: builtin\nmetadata: { name: v, namespace: n }\n${transformer}`,
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
