import { expect, test } from 'vitest'
import { checkGeneratedApplications } from '../../../../generator/validate/argocd/repository/generated-application-checks.ts'
import { readRepository } from '../../../../generator/validate/argocd/repository/check-argocd.ts'
import { checkInputOf, treeOf } from '../../../support/argocd-tree.ts'

interface Variant {
  readonly generator?: string
  readonly destination?: string
  readonly options?: string
  readonly automated?: string
  readonly patch?: string
}

function found(variant: Variant): readonly string[] {
  const lines = [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: ApplicationSet',
    'metadata: {name: web, namespace: argocd}',
    'spec:',
    '  goTemplate: true',
    '  goTemplateOptions: [missingkey=error]',
    `  generators: [${variant.generator ?? '{list: {elements: [{env: blue}, {env: green}]}}'}]`,
    '  template:',
    "    metadata: {name: 'web-{{.env}}'}",
    '    spec:',
    '      project: web',
    '      source: {repoURL: https://git.example.com/web.git, path: deploy, targetRevision: refs/heads/main}',
    `      destination: {${variant.destination ?? 'name: in-cluster'}, namespace: 'web-{{.env}}'}`,
    '      syncPolicy:',
    `        automated: {prune: true, selfHeal: true${variant.automated ?? ''}}`,
    `        syncOptions: [${variant.options ?? 'CreateNamespace=true'}]`,
    '        retry: {limit: 5, refresh: true}',
    ...(variant.patch === undefined ? [] : [`  templatePatch: ${variant.patch}`]),
  ]
  const tree = treeOf(`=== argocd/web.yaml\n${lines.join('\n')}\n`)
  return checkGeneratedApplications(readRepository(checkInputOf(tree))).map(
    ({ code, at }) => `${code} ${at?.pointer ?? ''}`,
  )
}

test.each<[string, Variant, readonly string[]]>([
  ['a sound template', {}, []],
  [
    'a misspelt option, once for all it generates',
    { options: 'createNamespace=true' },
    ['argocd/sync-option /spec/template/spec/syncPolicy/syncOptions/0'],
  ],
  [
    'a cluster named twice',
    { destination: 'name: in-cluster, server: https://kubernetes.default.svc' },
    ['argocd/application-destination /spec/template/spec/destination'],
  ],
  [
    'pruning down to nothing',
    { automated: ', allowEmpty: true' },
    ['argocd/allow-empty /spec/template/spec/syncPolicy/automated/allowEmpty'],
  ],
  [
    'a misspelt option where clusters are not known',
    { generator: '{clusters: {}}', options: 'createNamespace=true' },
    ['argocd/sync-option /spec/template/spec/syncPolicy/syncOptions/0'],
  ],
  [
    'an option that a parameter fills where clusters are not known',
    { generator: '{clusters: {}}', options: "'CreateNamespace={{.env}}'" },
    [],
  ],
  [
    'a template that a patch may change where clusters are not known',
    { generator: '{clusters: {}}', options: 'createNamespace=true', patch: "'spec: {}'" },
    [],
  ],
])('%s', (_, variant, expected) => {
  expect(found(variant)).toEqual(expected)
})
