// The table against the committed schemas of every version: no kind missing, none too many but the removed ones.

import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import {
  builtInGroups,
  builtInGroupsOf,
  builtInKindScope,
  builtInKindsOf,
} from '../../generator/manifest/built-in-kinds.ts'
import { groupOf } from '../../generator/manifest/resource.ts'
import { openCatalog } from '../../generator/validate/schema/catalog.ts'

const catalog = openCatalog(path => readFileSync(`schemas/${path}`, 'utf8'))
/** What the API answers with, never what is deployed. */
const answers = new Set(['APIGroup', 'APIVersions', 'Status'])

const served = catalog.versions.flatMap(version =>
  [...catalog.version(version).kinds].map(([key, info]) => {
    const [apiVersion = '', kind = ''] = key.split(' ')
    return { group: groupOf(apiVersion), kind, scope: info.scope === 'Cluster' ? 'cluster' : 'namespaced' }
  }),
)

test('every kind of every version is in the table, with its scope', () => {
  expect(served.length).toBeGreaterThan(500)
  const wrong = served
    .filter(({ kind }) => !answers.has(kind))
    .filter(({ group, kind, scope }) => builtInKindScope(group, kind) !== scope)
  expect(wrong).toEqual([])
})

test('what is in the table and in no version was removed before', () => {
  const known = new Set(served.map(({ group, kind }) => `${group}/${kind}`))
  const removed = builtInGroups.flatMap(group =>
    (builtInKindsOf(group) ?? []).map(kind => `${group}/${kind}`).filter(key => !known.has(key)),
  )
  expect(removed.sort()).toEqual([
    'extensions/DaemonSet',
    'extensions/Deployment',
    'extensions/Ingress',
    'extensions/NetworkPolicy',
    'extensions/PodSecurityPolicy',
    'extensions/ReplicaSet',
    'policy/PodSecurityPolicy',
  ])
})

test('a kind of several groups, a kind of none, a group of none', () => {
  expect(builtInGroupsOf('Ingress')).toEqual(['extensions', 'networking.k8s.io'])
  expect(builtInGroupsOf('Rollout')).toEqual([])
  expect(builtInKindsOf('argoproj.io')).toBeUndefined()
  expect(builtInKindsOf('constructor')).toBeUndefined()
})
