// Expansion of ApplicationSets: applicationset/generators, applicationset/utils and docs/operator-manual/applicationset of
// Argo CD 3.5.

import { describe, expect, test } from 'vitest'
import type { ArgoCdInput } from '../../../generator/argocd/argocd-input.ts'
import { renderArgoCd } from '../../../generator/argocd/render-argocd.ts'
import { expandApplicationSet } from '../../../generator/argocd/simulate/application-set.ts'
import { renderFastTemplate, renderGoTemplate } from '../../../generator/argocd/simulate/go-template.ts'
import { toResource, type Resource } from '../../../generator/manifest/resource.ts'
import type { YamlMap } from '../../../generator/manifest/value.ts'
import { hustlex, resourcesOf } from '../../support/hustlex-argocd.ts'

const url = 'https://github.com/hustlex/gitops.git'
const context = {
  repoURLs: [url],
  tree: new Map([
    ['k8s/overlays/staging/kustomization.yaml', '{}\n'],
    ['k8s/overlays/production/kustomization.yaml', '{}\n'],
    ['k8s/overlays/production/patches/a.yaml', '{}\n'],
    ['k8s/base/kustomization.yaml', '{}\n'],
    ['.github/workflows/x.yaml', '{}\n'],
    ['clusters/eu/config.json', '{"cluster": {"name": "eu", "replicas": 3}}\n'],
    ['clusters/us/config.json', '[{"cluster": {"name": "us1"}}, {"cluster": {"name": "us2"}}]\n'],
  ]),
}

function setOf(input: ArgoCdInput): Resource {
  const file = renderArgoCd(input).find(({ path }) => path.startsWith('argocd/applicationsets/'))
  const resource = toResource(file?.object, { file: 'set.yaml', document: 1 })
  if (resource === undefined) throw new Error('no set')
  return resource
}

describe('the emitted sets generate exactly the plain Applications', () => {
  const plain = renderArgoCd(hustlex)
    .filter(({ path }) => /applications\/(staging|production)/.test(path))
    .map(({ object }) => object)

  test.each(['list', 'git-directory'] as const)('%s', generator => {
    const expansion = expandApplicationSet(setOf({ ...hustlex, applicationSet: { generator } }), context)
    const objects = expansion.kind === 'expanded' ? expansion.value.map(({ object }) => object) : expansion
    expect(objects).toHaveLength(2)
    expect(objects).toEqual(expect.arrayContaining(plain as YamlMap[]))
  })

  test('matrix: every overlay on every cluster', () => {
    const expansion = expandApplicationSet(
      setOf({ ...hustlex, applicationSet: { generator: 'matrix', clusters: [{ name: 'eu' }, { name: 'us' }] } }),
      context,
    )
    expect(expansion.kind === 'expanded' ? expansion.value.map(({ name }) => name) : expansion).toEqual([
      'hustlex-production-eu',
      'hustlex-production-us',
      'hustlex-staging-eu',
      'hustlex-staging-us',
    ])
  })
})

function expand(
  generators: string,
  template = '{ metadata: { name: "{{ .name }}" }, spec: {} }',
  more = 'goTemplate: true\n  goTemplateOptions: ["missingkey=error"]',
): string[] | string {
  const [set] = resourcesOf(
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s, namespace: argocd }\nspec:\n  ${more}\n  generators: ${generators}\n  template: ${template}\n`,
  )
  const expansion = set === undefined ? undefined : expandApplicationSet(set, context)
  if (expansion?.kind === 'expanded') return expansion.value.map(({ name }) => name)
  return expansion === undefined ? 'none' : `${expansion.kind}: ${expansion.reason}`
}

const fast = 'goTemplate: false'

describe('generators', () => {
  test.each<{ name: string; generators: string; template?: string; more?: string; expected: unknown }>([
    { name: 'list', generators: '[{ list: { elements: [{ name: a }, { name: b }] } }]', expected: ['a', 'b'] },
    {
      name: 'list, older templates',
      generators: '[{ list: { elements: [{ name: a, values: { x: y } }] } }]',
      template: '{ metadata: { name: "{{name}}-{{values.x}}-{{nope}}" }, spec: {} }',
      more: fast,
      expected: ['a-y-{{nope}}'],
    },
    {
      name: 'directories, with exclusion',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "k8s/overlays/*" }, { path: k8s/overlays/staging, exclude: true }] } }]`,
      template: '{ metadata: { name: "{{ .path.basename }}" }, spec: {} }',
      expected: ['production'],
    },
    {
      name: 'hidden directories are skipped',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "*" }] } }]`,
      template: '{ metadata: { name: "{{ .path.path }}" }, spec: {} }',
      expected: ['clusters', 'k8s'],
    },
    {
      name: 'directories, older templates',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "k8s/overlays/*" }] } }]`,
      template: '{ metadata: { name: "{{path.basename}}-{{path[0]}}" }, spec: {} }',
      more: fast,
      expected: ['production-k8s', 'staging-k8s'],
    },
    {
      name: 'files',
      generators: `[{ git: { repoURL: "${url}", files: [{ path: "clusters/**/config.json" }] } }]`,
      template: '{ metadata: { name: "{{ .cluster.name }}-{{ .path.basename }}" }, spec: {} }',
      expected: ['eu-eu', 'us1-us', 'us2-us'],
    },
    {
      name: 'files, older templates',
      generators: `[{ git: { repoURL: "${url}", files: [{ path: "clusters/eu/config.json" }] } }]`,
      template: '{ metadata: { name: "{{cluster.name}}-{{cluster.replicas}}-{{path.filename}}" }, spec: {} }',
      more: fast,
      expected: ['eu-3-config.json'],
    },
    {
      name: 'files whose pattern is ambiguous',
      generators: `[{ git: { repoURL: "${url}", files: [{ path: "*/config.json" }] } }]`,
      expected: expect.stringContaining('not-evaluated'),
    },
    {
      name: 'another repository',
      generators: '[{ git: { repoURL: "https://github.com/o/r", directories: [{ path: "*" }] } }]',
      expected: expect.stringContaining('not-evaluated'),
    },
    {
      name: 'matrix',
      generators:
        '[{ matrix: { generators: [{ list: { elements: [{ env: a }, { env: b }] } }, { list: { elements: [{ cluster: x }] } }] } }]',
      template: '{ metadata: { name: "{{ .env }}-{{ .cluster }}" }, spec: {} }',
      expected: ['a-x', 'b-x'],
    },
    {
      name: 'matrix whose second generator uses the first',
      generators: `[{ matrix: { generators: [{ list: { elements: [{ dir: overlays }] } }, { git: { repoURL: "${url}", directories: [{ path: "k8s/{{ .dir }}/*" }] } }] } }]`,
      template: '{ metadata: { name: "{{ .dir }}-{{ .path.basename }}" }, spec: {} }',
      expected: ['overlays-production', 'overlays-staging'],
    },
    {
      name: 'matrix of three',
      generators: '[{ matrix: { generators: [{ list: {} }, { list: {} }, { list: {} }] } }]',
      expected: expect.stringContaining('wrong'),
    },
    {
      name: 'matrix that contradicts itself',
      generators:
        '[{ matrix: { generators: [{ list: { elements: [{ a: x }] } }, { list: { elements: [{ a: y }] } }] } }]',
      more: fast,
      expected: expect.stringContaining('wrong'),
    },
    {
      name: 'merge',
      generators:
        '[{ merge: { mergeKeys: [k], generators: [{ list: { elements: [{ k: "1", name: a }, { k: "2", name: b }] } }, { list: { elements: [{ k: "2", name: c }, { k: "3", name: d }] } }] } }]',
      expected: ['a', 'c'],
    },
    {
      name: 'merge with a repeated key',
      generators:
        '[{ merge: { mergeKeys: [k], generators: [{ list: { elements: [{ k: "1" }, { k: "1" }] } }, { list: { elements: [] } }] } }]',
      expected: expect.stringContaining('not unique'),
    },
    { name: 'clusters', generators: '[{ clusters: {} }]', expected: expect.stringContaining('not-evaluated') },
    {
      name: 'pull requests',
      generators: '[{ pullRequest: { github: {} } }]',
      expected: 'not-evaluated: generator "pullRequest" asks a service',
    },
    {
      name: 'selector on a field (applicationset/generators/generator_spec_processor.go, Transform)',
      generators:
        '[{ list: { elements: [{ name: a, tier: one }, { name: b, tier: two }] }, selector: { matchLabels: { tier: one } } }]',
      expected: ['a'],
    },
    {
      name: 'selector on a field inside another',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "k8s/overlays/*" }] }, selector: { matchExpressions: [{ key: path.basename, operator: NotIn, values: [staging] }] } }]`,
      template: '{ metadata: { name: "{{ .path.basename }}" }, spec: {} }',
      expected: ['production'],
    },
    {
      name: 'selector on one side of a matrix',
      generators:
        '[{ matrix: { generators: [{ list: { elements: [{ env: a }, { env: b }] }, selector: { matchLabels: { env: b } } }, { list: { elements: [{ c: x }] } }] } }]',
      template: '{ metadata: { name: "{{ .env }}-{{ .c }}" }, spec: {} }',
      expected: ['b-x'],
    },
    {
      name: 'selector that leaves nothing',
      generators: '[{ list: { elements: [{ name: a }] }, selector: { matchLabels: { x: y } } }]',
      expected: [],
    },
    {
      name: 'elementsYaml (docs/operator-manual/applicationset/Generators-List.md)',
      generators: '[{ list: { elements: [{ name: a }], elementsYaml: "[{ name: b }, { name: c }]" } }]',
      expected: ['a', 'b', 'c'],
    },
    {
      name: 'elementsYaml filled by the other side of a matrix',
      generators:
        '[{ matrix: { generators: [{ list: { elements: [{ env: e, names: [{ n: a }, { n: b }] }] } }, { list: { elementsYaml: "{{ .names | toJson }}" } }] } }]',
      template: '{ metadata: { name: "{{ .env }}-{{ .n }}" }, spec: {} }',
      expected: ['e-a', 'e-b'],
    },
    {
      name: 'elementsYaml that is no list',
      generators: '[{ list: { elementsYaml: "name: a" } }]',
      expected: 'wrong: elementsYaml is no list',
    },
    {
      name: 'values of a git generator (docs/operator-manual/applicationset/Generators-Git.md)',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "k8s/overlays/*" }], values: { short: "{{ trimSuffix \\"ing\\" .path.basename }}" } } }]`,
      template: '{ metadata: { name: "{{ .values.short }}" }, spec: {} }',
      expected: ['production', 'stag'],
    },
    {
      name: 'values of a git generator, older templates',
      generators: `[{ git: { repoURL: "${url}", directories: [{ path: "k8s/overlays/staging" }], values: { env: "x-{{path.basename}}" } } }]`,
      template: '{ metadata: { name: "{{values.env}}" }, spec: {} }',
      more: fast,
      expected: ['x-staging'],
    },
    {
      name: 'a template of the generator goes first (docs/operator-manual/applicationset/Template.md)',
      generators:
        '[{ list: { elements: [{ name: a }], template: { metadata: { name: "own-{{ .name }}" }, spec: { project: "" } } } }, { list: { elements: [{ name: b }] } }]',
      expected: ['own-a', 'b'],
    },
    {
      name: 'one thing not evaluated is the whole',
      generators: '[{ list: { elements: [{ name: a }] } }, { clusters: {} }]',
      expected: expect.stringContaining('not-evaluated'),
    },
    {
      name: 'no name',
      generators: '[{ list: { elements: [{ name: "" }] } }]',
      expected: expect.stringContaining('without a name'),
    },
    {
      name: 'a patch that is no YAML',
      generators: '[{ list: { elements: [{ name: a }] } }]',
      more: 'goTemplate: true\n  templatePatch: "{"',
      expected: expect.stringContaining('templatePatch'),
    },
  ])('$name', ({ generators, template, more, expected }) => {
    expect(expand(generators, template, more)).toEqual(expected)
  })
})

test.each([
  { policy: '', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
  { policy: 'syncPolicy: { preserveResourcesOnDeletion: true }', finalizers: undefined },
])('finalizers with "$policy"', ({ policy, finalizers }) => {
  const [set] = resourcesOf(
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: s }\nspec:\n  ${policy}\n  generators: [{ list: { elements: [{ n: a }] } }]\n  template: { metadata: { name: x }, spec: {} }\n`,
  )
  const expansion = set === undefined ? undefined : expandApplicationSet(set, context)
  const [first] = expansion?.kind === 'expanded' ? expansion.value : []
  expect((first?.object['metadata'] as YamlMap | undefined)?.['finalizers']).toEqual(finalizers)
})

const parameters: YamlMap = { name: 'API', empty: '', list: ['a', 'b'], map: { key: 'v' }, on: true, n: 3 }

test.each([
  ['{{ .name }}', 'API'],
  ['a{{.name}}b', 'aAPIb'],
  ['x {{- .name -}} y', 'xAPIy'],
  ['{{ .map.key }}', 'v'],
  ['{{ .n }}{{ .on }}', '3true'],
  ['{{ .name | lower }}', 'api'],
  ['{{ lower .name }}', 'api'],
  ['{{ .name | lower | quote }}', '"api"'],
  ['{{ index .list 1 }}', 'b'],
  ['{{ index .map "key" }}', 'v'],
  ['{{ toJson .map }}', '{"key":"v"}'],
  ['{{ default "d" .empty }}', 'd'],
  ['{{ .empty | default "d" }}', 'd'],
  ['{{ .name | replace "A" "a" }}', 'aPI'],
  ['{{ normalize "Feature/X_1." }}', 'feature-x-1'],
  ['{{ trimPrefix "A" .name }}{{ trimSuffix "I" .name }}', 'PIAP'],
  ['{{ if eq .name "API" }}yes{{ else }}no{{ end }}', 'yes'],
  ['{{ if eq .name "x" "API" }}yes{{ end }}', 'yes'],
  ['{{ if .empty }}a{{ else if .on }}b{{ else }}c{{ end }}', 'b'],
  ['{{ if .empty }}{{ if .on }}a{{ end }}{{ else }}c{{ end }}', 'c'],
  ['{{ if and .on (eq .name "API") }}yes{{ end }}', 'yes'],
  ['{{ if or .empty .on }}yes{{ end }}', 'yes'],
  ['{{ if not .on }}yes{{ end }}', ''],
  ['{{ if hasPrefix "A" .name }}p{{ end }}{{ if contains "P" .name }}c{{ end }}', 'pc'],
  ['{{/* words */}}x', 'x'],
  ['{{ "a|b" }}', 'a|b'],
])('go template %s gives %s', (template, expected) => {
  expect(renderGoTemplate(template, parameters, true)).toEqual({ kind: 'text', text: expected })
})

test.each([
  ['{{ .nope }}', 'error'],
  ['{{ .map.nope }}', 'error'],
  ['{{ index .list 5 }}', 'error'],
  ['{{ if .on }}', 'error'],
  ['{{ .name', 'error'],
  // Go's types: a string function takes strings, and a number of an element is a float that no integer equals.
  ['{{ lower .n }}', 'error'],
  ['{{ .on | trimPrefix "a" }}', 'error'],
  ['{{ if eq .name .on }}x{{ end }}', 'error'],
  ['{{ if eq .n 3 }}x{{ end }}', 'not-evaluated'],
  ['{{ 12345678 }}', 'not-evaluated'],
  ['{{ replace "" "x" .name }}', 'not-evaluated'],
  ['{{ range .list }}x{{ end }}', 'not-evaluated'],
  ['{{ sha256sum .name }}', 'not-evaluated'],
  ['{{ constructor }}', 'not-evaluated'],
  ['{{ $x := .name }}', 'not-evaluated'],
  ['{{ .list }}', 'not-evaluated'],
  ['{{ if .on }}'.repeat(500) + '{{ end }}'.repeat(500), 'not-evaluated'],
])('go template %s is %s', (template, kind) => {
  expect(renderGoTemplate(template, parameters, true).kind).toBe(kind)
})

test('without missingkey=error a missing key is text', () => {
  expect(renderGoTemplate('{{ .nope }}', parameters, false)).toEqual({ kind: 'text', text: '<no value>' })
})

test('and stops at the first that is missing', () => {
  const rendered = renderGoTemplate('{{ and .nope .on }}', parameters, false)
  expect(rendered).toEqual({ kind: 'text', text: '<no value>' })
})

test('an older template with an open tag fails, once another is closed', () => {
  expect(renderFastTemplate('{{name}}{{', { name: 'a' }).kind).toBe('error')
  expect(renderFastTemplate('{{name', { name: 'a' })).toEqual({ kind: 'text', text: '{{name' })
})

test('older templates leave what they do not know', () => {
  expect(renderFastTemplate('{{ name }}-{{x}}-{{toString}}', { name: 'a' })).toEqual({
    kind: 'text',
    text: 'a-{{x}}-{{toString}}',
  })
})

test('a templatePatch takes away what it sets to null, and replaces lists', () => {
  const [set] = resourcesOf(
    [
      'apiVersion: argoproj.io/v1alpha1',
      'kind: ApplicationSet',
      'metadata: { name: s }',
      'spec:',
      '  goTemplate: true',
      '  generators: [{ list: { elements: [{ env: prod }] } }]',
      '  template:',
      '    metadata: { name: x }',
      '    spec: { syncPolicy: { automated: { prune: true }, syncOptions: [A=true, B=true] } }',
      '  templatePatch: |',
      '    {{- if eq .env "prod" }}',
      '    spec:',
      '      syncPolicy:',
      '        automated: null',
      '        syncOptions: [C=true]',
      '    {{- end }}',
      '',
    ].join('\n'),
  )
  const expansion = set === undefined ? undefined : expandApplicationSet(set, context)
  const [first] = expansion?.kind === 'expanded' ? expansion.value : []
  expect(first?.object['spec']).toEqual({ syncPolicy: { syncOptions: ['C=true'] } })
})
