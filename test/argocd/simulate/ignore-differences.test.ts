// util/argo/normalizers/diff_normalizer.go and docs/user-guide/diffing.md of Argo CD 3.5.

import { describe, expect, test } from 'vitest'
import {
  ignoreEntriesOf,
  ignoredFieldsOf,
  ignoredPaths,
  objectsOf,
} from '../../../generator/argocd/simulate/ignore-differences.ts'
import { evaluateJqPath } from '../../../generator/argocd/simulate/jq-path.ts'
import type { YamlMap } from '../../../generator/manifest/value.ts'
import { production } from '../../support/hustlex-argocd.ts'

const entry = (fields: YamlMap) => {
  const [first] = ignoreEntriesOf({ spec: { ignoreDifferences: [fields] } })
  if (first === undefined) throw new Error('no entry')
  return first
}

test.each<{ name: string; fields: YamlMap; expected: readonly string[] }>([
  {
    name: 'group, kind and name',
    fields: { group: 'apps', kind: 'Deployment', name: 'hustlex-api' },
    expected: ['hustlex-api'],
  },
  { name: 'without a group: the core group', fields: { kind: 'Deployment', name: 'hustlex-api' }, expected: [] },
  { name: 'a version in the group', fields: { group: 'apps/v1', kind: 'Deployment' }, expected: [] },
  {
    name: 'every Deployment',
    fields: { group: 'apps', kind: 'Deployment' },
    expected: ['hustlex-api', 'hustlex-worker'],
  },
  { name: 'globs for group and kind', fields: { group: '*', kind: 'D*' }, expected: ['hustlex-api', 'hustlex-worker'] },
  { name: 'no globs for names', fields: { group: 'apps', kind: 'Deployment', name: 'hustlex-*' }, expected: [] },
  {
    name: 'namespace',
    fields: { group: 'apps', kind: 'Deployment', name: 'hustlex-api', namespace: 'other' },
    expected: [],
  },
])('$name', ({ fields, expected }) => {
  expect(objectsOf(entry(fields), production.resources).map(({ name }) => name)).toEqual(expected)
})

describe('paths', () => {
  const api = production.resources.find(({ kind, name }) => kind === 'Deployment' && name === 'hustlex-api')
  if (api === undefined) throw new Error('no Deployment')

  test.each<{
    path: string
    language: 'jsonPointers' | 'jqPathExpressions'
    fields: readonly string[] | undefined
    insideList: boolean
  }>([
    { path: '/spec/replicas', language: 'jsonPointers', fields: ['/spec/replicas'], insideList: false },
    { path: '/spec/paused', language: 'jsonPointers', fields: [], insideList: false },
    {
      path: '/spec/template/spec/containers/0/image',
      language: 'jsonPointers',
      fields: ['/spec/template/spec/containers/0/image'],
      insideList: true,
    },
    {
      path: '/spec/template/spec/containers',
      language: 'jsonPointers',
      fields: ['/spec/template/spec/containers'],
      insideList: true,
    },
    { path: '.spec.replicas', language: 'jqPathExpressions', fields: ['/spec/replicas'], insideList: false },
    {
      path: '.spec.template.spec.containers[].image',
      language: 'jqPathExpressions',
      fields: ['/spec/template/spec/containers/0/image'],
      insideList: true,
    },
    {
      path: '.spec.template.spec.containers[] | select(.name == "api") | .image',
      language: 'jqPathExpressions',
      fields: ['/spec/template/spec/containers/0/image'],
      insideList: true,
    },
    {
      path: '.spec.template.spec.containers[] | select(.name == "other")',
      language: 'jqPathExpressions',
      fields: [],
      insideList: false,
    },
    { path: '.spec | keys', language: 'jqPathExpressions', fields: undefined, insideList: false },
  ])('$path', ({ path, language, fields, insideList }) => {
    const [found] = ignoredPaths(entry({ group: 'apps', kind: 'Deployment', [language]: [path] }), api)
    expect(found).toMatchObject({ fields, insideList })
  })
})

test.each([
  ['.', ['']],
  ['.a', ['/a']],
  ['.a?', ['/a']],
  ['."x/y"', ['/x~1y']],
  ['.["x/y"]', ['/x~1y']],
  ['.list[1]', ['/list/1']],
  ['.list[]', ['/list/0', '/list/1']],
  ['.list[].n', ['/list/0/n']],
  ['.nope.deeper', []],
  ['.a.b', []],
  ['a', undefined],
  ['.a | length', undefined],
  ['.list[0:1]', undefined],
  ['del(.a)', undefined],
  ['..', undefined],
])('jq %s', (expression, expected) => {
  const object: YamlMap = { a: 1, 'x/y': 2, list: [{ n: 1 }, 5] }
  expect(evaluateJqPath(object, expression)?.map(({ pointer }) => pointer)).toEqual(expected)
})

test('fields left to others count only where the sync respects them', () => {
  const application = (options: readonly string[]): YamlMap => ({
    spec: {
      syncPolicy: { syncOptions: options },
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'a',
          jsonPointers: ['/spec/replicas'],
          jqPathExpressions: ['.spec.paused', '.spec | keys'],
        },
        { kind: 'Service', managedFieldsManagers: ['x'] },
      ],
    },
  })
  expect(ignoredFieldsOf(application([]))).toEqual([])
  expect(ignoredFieldsOf(application(['RespectIgnoreDifferences=true']))).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'a', jsonPointers: ['/spec/replicas', '/spec/paused'] },
  ])
})
