// source.kustomize of an Application, written into a kustomization: by table, and, where the binary is installed, against the very
// commands that Argo CD runs (`kustomize edit …`) followed by a build.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildKustomization, renderBuild } from '../../../generator/build/build-kustomization.ts'
import { editImages } from '../../../generator/argocd/simulate/kustomize-images.ts'
import { editKustomization, substitute } from '../../../generator/argocd/simulate/kustomize-options.ts'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { printYaml } from '../../../generator/manifest/print-yaml.ts'
import { asMap, type YamlMap } from '../../../generator/manifest/value.ts'
import { findKustomize } from '../../support/kustomize-binary.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

const deployment = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata:',
  '  name: web',
  'spec:',
  '  replicas: 1',
  '  selector:',
  '    matchLabels:',
  '      app: web',
  '  template:',
  '    metadata:',
  '      labels:',
  '        app: web',
  '    spec:',
  '      containers:',
  '      - name: web',
  '        image: web:1',
  '',
].join('\n')
const kustomizeBinary = findKustomize()
const kustomization =
  'resources:\n- web.yaml\nimages:\n- name: web\n  newName: registry/web\n  newTag: "2"\ncommonLabels:\n  team: shop\nlabels:\n- pairs:\n    tier: front\n'
const tree = {
  'kustomization.yaml': kustomization,
  'web.yaml': deployment,
  'more/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations:\n  more: "yes"\n',
}
const patch = { patch: '- op: replace\n  path: /spec/replicas\n  value: 7\n', target: { kind: 'Deployment' } }

/** `edits`: the commands Argo CD runs for the options, as arguments of `kustomize edit`. */
const cases: readonly {
  readonly name: string
  readonly options: YamlMap
  readonly edits: readonly (readonly string[])[]
}[] = [
  { name: 'prefix', options: { namePrefix: 'blue-' }, edits: [['set', 'nameprefix', '--', 'blue-']] },
  { name: 'suffix', options: { nameSuffix: '-v2' }, edits: [['set', 'namesuffix', '--', '-v2']] },
  { name: 'namespace', options: { namespace: 'shop' }, edits: [['set', 'namespace', '--', 'shop']] },
  { name: 'image', options: { images: ['web:3'] }, edits: [['set', 'image', 'web:3']] },
  { name: 'image of another name', options: { images: ['web=a/b:3'] }, edits: [['set', 'image', 'web=a/b:3']] },
  { name: 'image that keeps its name', options: { images: ['web=*:3'] }, edits: [['set', 'image', 'web=*:3']] },
  { name: 'image by digest', options: { images: ['web=a@sha256:1'] }, edits: [['set', 'image', 'web=a@sha256:1']] },
  { name: 'image malformed', options: { images: ['web'] }, edits: [['set', 'image', 'web']] },
  { name: 'replicas', options: { replicas: [{ name: 'web', count: 4 }] }, edits: [['set', 'replicas', 'web=4']] },
  {
    name: 'replicas as text',
    options: { replicas: [{ name: 'web', count: '4' }] },
    edits: [['set', 'replicas', 'web=4']],
  },
  { name: 'a label more', options: { commonLabels: { owner: 'a' } }, edits: [['add', 'label', 'owner:a']] },
  { name: 'a label again', options: { commonLabels: { team: 'a' } }, edits: [['add', 'label', 'team:a']] },
  {
    name: 'a label again, forced',
    options: { commonLabels: { team: 'a' }, forceCommonLabels: true },
    edits: [['add', 'label', '--force', 'team:a']],
  },
  {
    name: 'a label without selectors',
    options: { commonLabels: { owner: 'a' }, labelWithoutSelector: true },
    edits: [['add', 'label', '--without-selector', 'owner:a']],
  },
  {
    name: 'a label without selectors, again',
    options: { commonLabels: { tier: 'a' }, labelWithoutSelector: true },
    edits: [['add', 'label', '--without-selector', 'tier:a']],
  },
  {
    name: 'a label without selectors, again, forced',
    options: { commonLabels: { tier: 'a' }, labelWithoutSelector: true, forceCommonLabels: true },
    edits: [['add', 'label', '--force', '--without-selector', 'tier:a']],
  },
  {
    name: 'a label in templates',
    options: { commonLabels: { owner: 'a' }, labelWithoutSelector: true, labelIncludeTemplates: true },
    edits: [['add', 'label', '--without-selector', '--include-templates', 'owner:a']],
  },
  {
    name: 'a label in templates and selectors',
    options: { commonLabels: { owner: 'a' }, labelIncludeTemplates: true },
    edits: [['add', 'label', '--include-templates', 'owner:a']],
  },
  { name: 'an annotation', options: { commonAnnotations: { a: 'b' } }, edits: [['add', 'annotation', 'a:b']] },
  { name: 'a component', options: { components: ['more'] }, edits: [['add', 'component', 'more']] },
  { name: 'a component that is not there', options: { components: ['less'] }, edits: [['add', 'component', 'less']] },
  {
    name: 'several at once',
    options: { namePrefix: 'blue-', images: ['web:3'], namespace: 'shop', components: ['more'] },
    edits: [
      ['set', 'nameprefix', '--', 'blue-'],
      ['set', 'image', 'web:3'],
      ['set', 'namespace', '--', 'shop'],
      ['add', 'component', 'more'],
    ],
  },
]

const context = { environment: {}, isKustomization: (path: string) => path === 'more' }
const written = asMap(parseYaml(kustomization, 'kustomization.yaml').value[0]?.value)

function ours(options: YamlMap): string {
  const edit = editKustomization(written, options, context)
  if (edit.kind === 'wrong') return 'refused'
  const built = buildKustomization(
    new Map(Object.entries({ ...tree, 'kustomization.yaml': printYaml(edit.kustomization) })),
    '.',
  )
  expect(built.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return renderBuild(built.value)
}

describe.skipIf(kustomizeBinary === undefined)('as kustomize edit does it', () => {
  test.each(cases)('$name', ({ options, edits }) => {
    const cwd = directoryWith(tree)
    const run = (args: readonly string[]): string =>
      execFileSync(kustomizeBinary ?? '', [...args], { cwd, encoding: 'utf8', stdio: 'pipe' })
    let expected = 'refused'
    try {
      for (const edit of edits) run(['edit', ...edit])
      expected = run(['build', '.'])
    } catch {
      expected = 'refused'
    }
    expect(ours(options)).toBe(expected)
  })

  test.each([
    ['web:2'],
    ['web=*:3'],
    ['new=*:3'],
    ['web=a:1@sha256:a'],
    ['web:*'],
    ['web@*'],
    ['web:'],
    ['web=a::1'],
    ['x:5000/web'],
  ])('image %s', image => {
    const before = [
      { name: 'web', newName: 'r/web', newTag: '1' },
      { name: 'b', digest: 'sha256:1' },
    ]
    const cwd = directoryWith({ 'kustomization.yaml': JSON.stringify({ images: before }) })
    const file = join(cwd, 'kustomization.yaml')
    writeFileSync(file, JSON.stringify({ images: before }))
    let expected: unknown = 'refused'
    try {
      execFileSync(kustomizeBinary ?? '', ['edit', 'set', 'image', image], { cwd, stdio: 'pipe' })
      expected = asMap(parseYaml(readFileSync(file, 'utf8'), file).value[0]?.value)['images']
    } catch {
      expected = 'refused'
    }
    const edited = editImages(before, [image])
    expect(typeof edited === 'string' ? 'refused' : edited).toEqual(expected)
  })
})

test('patches follow those of the kustomization', () => {
  expect(ours({ patches: [patch] })).toContain('replicas: 7\n')
})

test('what Argo CD refuses names the reason', () => {
  const reasons = cases.flatMap(({ name, options }) => {
    const edit = editKustomization(written, options, context)
    return edit.kind === 'wrong' ? [`${name}: ${edit.reason}`] : []
  })
  expect(reasons).toEqual([
    'image malformed: image "web" is none of name=new:tag, name=new@digest, name:tag and name@digest',
    'a label again: label "team" is in the kustomization already, and kustomize does not overwrite it without force',
    'a label without selectors, again: label "tier" is in the kustomization already, and kustomize does not overwrite it without force',
    'a label in templates and selectors: labelIncludeTemplates needs labelWithoutSelector',
    'a component that is not there: component "less" is no kustomization',
  ])
  expect(editKustomization(written, { components: ['less'], ignoreMissingComponents: true }, context)).toEqual({
    kind: 'edited',
    kustomization: written,
  })
})

test.each([
  ['$ARGOCD_APP_NAME-x', 'web-x'],
  ['${ARGOCD_APP_NAME}x', 'webx'],
  ['a$$b', 'a$b'],
  ['$OTHER.', '.'],
  ['100$', '100$'],
])('the build environment in %s', (text, expected) => {
  expect(substitute(text, { ARGOCD_APP_NAME: 'web' })).toBe(expected)
})
