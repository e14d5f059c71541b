import { expect, test } from 'vitest'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { toResource } from '../../../generator/manifest/resource.ts'
import type { Profile } from '../../../generator/model/profile.ts'
import { withArgoCdFacts } from '../../../generator/argocd/simulate/application-facts.ts'

const profile: Profile = { production: true, kubernetes: ['1.34'], argocd: { version: '3.5' } }

function resources(text: string): NonNullable<ReturnType<typeof toResource>>[] {
  return parseYaml(text, 'apps.yaml').value.flatMap(
    ({ value, document }) => toResource(value, { file: 'apps.yaml', document }) ?? [],
  )
}
function application(path: string, options: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  source: { path: ${path} }
  syncPolicy: { syncOptions: [${options}] }
  ignoreDifferences:
  - { group: apps, kind: Deployment, name: web, jsonPointers: [/spec/replicas] }
---
`
}
const field = { group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] }

test.each([
  {
    name: 'its own Application',
    path: './k8s/overlays/production/',
    options: 'RespectIgnoreDifferences=true',
    ignored: [field],
  },
  {
    name: 'without the option nothing is left alone',
    path: 'k8s/overlays/production',
    options: 'CreateNamespace=true',
    ignored: [],
  },
  {
    name: 'the Application of another directory says nothing',
    path: 'k8s/overlays/staging',
    options: 'RespectIgnoreDifferences=true',
    ignored: undefined,
  },
])('$name', ({ path, options, ignored }) => {
  expect(
    withArgoCdFacts(profile, resources(application(path, options)), 'k8s/overlays/production').ignoredFields,
  ).toEqual(ignored)
})

test('without a directory every Application counts, without Applications nothing is known', () => {
  const all = resources(
    application('a', 'RespectIgnoreDifferences=true') + application('b', 'RespectIgnoreDifferences=true'),
  )
  expect(withArgoCdFacts(profile, all).ignoredFields).toEqual([field, field])
  expect(withArgoCdFacts(profile, [])).toBe(profile)
})

test('server-side apply counts when every owner has it', () => {
  const both = application('a', 'ServerSideApply=true') + application('a', 'ServerSideApply=true')
  expect(withArgoCdFacts(profile, resources(both), 'a').argocd).toEqual({ version: '3.5', serverSideApply: true })
  const one = application('a', 'ServerSideApply=true') + application('a', 'Prune=true')
  expect(withArgoCdFacts(profile, resources(one), 'a').argocd?.serverSideApply).toBe(false)
})
