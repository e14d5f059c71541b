import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildKustomization, createBuilder, renderBuild } from '../../generator/build/build-kustomization.ts'
import { findKustomize, realBuild } from '../support/kustomize-binary.ts'
import { readTree } from '../support/read-tree.ts'

const fixtures = join(import.meta.dirname, '../fixtures/build')
const cases = readdirSync(fixtures)
const binary = findKustomize()

if (binary === undefined) console.warn('SKIPPED: kustomize 5.8 is not installed, fixtures are not held against it')

function directoryOf(name: string): string {
  return existsSync(join(fixtures, name, 'overlay')) ? 'overlay' : '.'
}

/** What a case prints; undefined for one that is refused. */
function expectedText(name: string): string | undefined {
  const file = join(fixtures, name, 'expected.yaml')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** The codes of a case that is refused: one a line. */
function expectedCodes(name: string): readonly string[] {
  if (expectedText(name) !== undefined) return []
  return readFileSync(join(fixtures, name, 'expected-codes.txt'), 'utf8')
    .trim()
    .split('\n')
}

describe('fixtures', () => {
  test('there are some', () => {
    expect(cases.length).toBeGreaterThan(10)
  })

  test.each(cases)('%s', name => {
    const { value, diagnostics } = buildKustomization(readTree(join(fixtures, name)), directoryOf(name))
    expect(diagnostics.map(({ code }) => code)).toEqual(expectedCodes(name))
    expect(diagnostics.length > 0 ? undefined : renderBuild(value)).toBe(expectedText(name))
  })

  test.skipIf(binary === undefined).each(cases)('%s is what the real one prints', name => {
    expect(realBuild(binary ?? '', join(fixtures, name), directoryOf(name)).text).toBe(expectedText(name))
  })
})

function tree(files: { readonly [path: string]: string }): ReadonlyMap<string, string> {
  return new Map(Object.entries(files))
}

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n'

describe('refused, with the place', () => {
  test.each([
    {
      name: 'a file that is not there',
      files: { 'kustomization.yaml': 'resources: [a.yaml, gone.yaml]\n', 'a.yaml': configMap },
      code: 'kustomize/missing-directory',
      at: { file: 'kustomization.yaml', pointer: '/resources/1' },
    },
    {
      name: 'a field that is not known',
      files: { 'kustomization.yaml': 'resource: [a.yaml]\n' },
      code: 'kustomize/kustomization',
      at: { file: 'kustomization.yaml', pointer: '/resource' },
    },
    {
      name: 'a tag that is a number',
      files: { 'kustomization.yaml': 'images:\n- { name: a, newTag: 1.10 }\n' },
      code: 'kustomize/kustomization',
      at: { file: 'kustomization.yaml', pointer: '/images/0/newTag' },
    },
    {
      name: 'a replacement inside a text with anchors, which would come out in another way',
      files: {
        'kustomization.yaml':
          'resources: [a.yaml]\nreplacements:\n- sourceValue: x\n  targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.t.b] }]\n',
        'a.yaml': `${configMap}data:\n  t: |\n    a: &a [1]\n    b: 2\n    c: *a\n`,
      },
      code: 'kustomize/replacement',
      at: { file: 'kustomization.yaml', pointer: '/replacements/0' },
    },
    {
      name: 'a URL',
      files: { 'kustomization.yaml': 'resources: ["https://example.com/a.yaml"]\n' },
      code: 'kustomize/remote-resource',
      at: { file: 'kustomization.yaml', pointer: '/resources/0' },
    },
    {
      name: 'a git repository',
      files: { 'kustomization.yaml': 'resources: ["github.com/org/repository//path?ref=v1"]\n' },
      code: 'kustomize/remote-resource',
      at: { file: 'kustomization.yaml', pointer: '/resources/0' },
    },
    {
      name: 'a path that leaves the tree',
      files: { 'kustomization.yaml': 'resources: [../../secret]\n' },
      code: 'kustomize/outside-root',
      at: { file: 'kustomization.yaml', pointer: '/resources/0' },
    },
    {
      name: 'a file beside the directory',
      files: { 'o/kustomization.yaml': 'configMapGenerator: [{ name: c, files: [../x.txt] }]\n', 'x.txt': 'x' },
      directory: 'o',
      code: 'kustomize/load-restriction',
      at: { file: 'o/kustomization.yaml', pointer: '/configMapGenerator/0/files/0' },
    },
    {
      name: 'a Helm chart',
      files: { 'kustomization.yaml': 'helmCharts: [{ name: redis }]\n' },
      code: 'kustomize/helm-chart',
      at: { file: 'kustomization.yaml', pointer: '/helmCharts' },
    },
    {
      name: 'a function',
      files: {
        'kustomization.yaml': 'transformers: [f.yaml]\n',
        'f.yaml': 'apiVersion: example.com/v1\nkind: Fn\nmetadata: { name: f }\n',
      },
      code: 'kustomize/function',
      at: { file: 'f.yaml', pointer: '' },
    },
    {
      name: 'the same object twice',
      files: { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'a.yaml': configMap, 'b.yaml': configMap },
      code: 'kustomize/duplicate-resource',
      at: { file: 'b.yaml', pointer: '' },
    },
    {
      name: 'a list where an object is wanted',
      files: { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': '- a\n' },
      code: 'kustomize/not-an-object',
      at: { file: 'a.yaml', pointer: '' },
    },
    {
      name: 'a JSON patch that does not fit',
      files: {
        'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n',
        'a.yaml': configMap,
        'p.yaml': '- { op: test, path: /kind, value: ConfigMap }\n- { op: remove, path: /data }\n',
      },
      code: 'kustomize/patch',
      at: { file: 'p.yaml', pointer: '/1' },
    },
    {
      name: 'the second of two replacements',
      files: {
        'kustomization.yaml':
          'resources: [a.yaml]\nreplacements:\n- sourceValue: b\n  targets: [{ select: { name: c } }]\n- source: { kind: ConfigMap, fieldPath: data.x }\n  targets: [{ select: { name: c } }]\n',
        'a.yaml': configMap,
      },
      code: 'kustomize/replacement',
      at: { file: 'kustomization.yaml', pointer: '/replacements/1' },
    },
    {
      name: 'the second of two variables',
      files: {
        'kustomization.yaml':
          'resources: [a.yaml]\nvars:\n- { name: A, objref: { apiVersion: v1, kind: ConfigMap, name: c } }\n- { name: B, objref: { apiVersion: v1, kind: ConfigMap, name: b } }\n',
        'a.yaml': configMap,
      },
      code: 'kustomize/variable',
      at: { file: 'kustomization.yaml', pointer: '/vars/1' },
    },
    {
      name: 'a path of a configuration that counts elements',
      files: {
        'kustomization.yaml':
          'resources: [a.yaml]\nconfigurations: [c.yaml]\nvars:\n- { name: A, objref: { apiVersion: v1, kind: ConfigMap, name: c } }\n',
        'a.yaml': configMap,
        'c.yaml': 'varReference:\n- path: metadata/namespace\n- path: metadata/0\n',
      },
      code: 'kustomize/field-path',
      at: { file: 'c.yaml', pointer: '/varReference/1' },
    },
    {
      name: 'a path of a configuration for the built-in transformers',
      files: {
        'kustomization.yaml': 'resources: [a.yaml]\nconfigurations: [c.yaml]\ncommonAnnotations: { a: b }\n',
        'a.yaml': configMap,
        'c.yaml': 'commonAnnotations:\n- path: kind/name\n',
      },
      code: 'kustomize/field-path',
      at: { file: 'c.yaml', pointer: '/commonAnnotations/0' },
    },
  ])('$name', ({ files, directory, code, at }) => {
    const { value, diagnostics } = buildKustomization(tree(files), directory ?? '.')
    expect(value).toEqual([])
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatchObject({ code, severity: 'error', at })
  })

  test('a cycle, with the directories that led to it', () => {
    const files = tree({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../c]\n',
      'c/kustomization.yaml': 'resources: [../a]\n',
    })
    const [fault] = buildKustomization(files, 'a').diagnostics
    expect(fault).toMatchObject({
      code: 'kustomize/cycle',
      at: { file: 'c/kustomization.yaml', pointer: '/resources/0' },
    })
    expect(fault?.related?.map(({ at }) => at.file)).toEqual(['b/kustomization.yaml', 'a/kustomization.yaml'])
  })
})

test('a regular expression that repeats repetitions takes the time of a plain one', () => {
  const files = tree({
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n- { target: { name: '(a+)+$' }, path: p.yaml }\n- { target: { name: 'a(a|a)*b' }, path: p.yaml }\n`,
    'a.yaml': configMap.replace('name: c', `name: ${'a'.repeat(60)}b`),
    'p.yaml': configMap.replace('name: c', 'name: any').concat('data: { k: v }\n'),
  })
  const { value, diagnostics } = buildKustomization(files, '.')
  expect(diagnostics).toEqual([])
  expect(value.map(({ object }) => object['data'])).toEqual([{ k: 'v' }])
}, 20_000)

test('ten thousand resources take bounded time', () => {
  const files = new Map<string, string>()
  const names = Array.from({ length: 10_000 }, (_, index) => `c${index}.yaml`)
  for (const name of names) files.set(name, configMap.replace('name: c', `name: ${name}`))
  files.set(
    'kustomization.yaml',
    `namespace: prod\nnamePrefix: x-\nresources:\n${names.map(name => `- ${name}\n`).join('')}`,
  )
  const { value, diagnostics } = buildKustomization(files, '.')
  expect(diagnostics).toEqual([])
  expect(value).toHaveLength(10_000)
}, 120_000)

test('a very long chain of directories is refused, not overflown', () => {
  const files = new Map<string, string>()
  for (let level = 0; level < 5000; level++)
    files.set(`d${level}/kustomization.yaml`, `resources: [../d${level + 1}]\n`)
  expect(buildKustomization(files, 'd0').diagnostics.map(({ code }) => code)).toEqual(['kustomize/too-large'])
})

test('directories that double their base every time are refused in time', () => {
  const files = new Map([
    ['l0/kustomization.yaml', 'resources: [c.yaml]\n'],
    ['l0/c.yaml', configMap],
  ])
  for (let level = 1; level < 40; level++) {
    for (const side of ['a', 'b']) {
      files.set(`l${level}${side}/kustomization.yaml`, `namePrefix: ${side}\nresources: [../l${level - 1}]\n`)
    }
    files.set(`l${level}/kustomization.yaml`, `resources: [../l${level}a, ../l${level}b]\n`)
  }
  expect(buildKustomization(files, 'l39').diagnostics.map(({ code }) => code)).toEqual(['kustomize/too-large'])
}, 240_000)

test('overlays of one run share a base without seeing each other', () => {
  const builder = createBuilder(
    tree({
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': configMap,
      'one/kustomization.yaml': 'resources: [../base]\nnamespace: one\ncommonLabels: { env: one }\n',
      'two/kustomization.yaml': 'resources: [../base]\nnamespace: two\n',
    }),
  )
  const first = renderBuild(builder.build('one').value)
  expect(renderBuild(builder.build('two').value)).toBe(
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: two\n',
  )
  expect(renderBuild(builder.build('one').value)).toBe(first)
})

test('a patch file with the marks of a merge says how to resolve it', () => {
  const files = new Map([
    ['kustomization.yaml', 'resources: [a.yaml]\npatches:\n- path: p.yaml\n'],
    ['a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'],
    ['p.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n<<<<<<< HEAD\ndata: {}\n=======\n>>>>>>> b\n'],
  ])
  expect(buildKustomization(files, '.').diagnostics).toMatchObject([
    { code: 'yaml/conflict-marker', help: expect.stringContaining('Keep one side') as string },
  ])
})
