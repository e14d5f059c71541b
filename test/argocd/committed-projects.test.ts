// The committed argocd/ itself: every project permits all that its Applications render from the committed tree, and no entry
// of any project is there in vain.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildKustomization } from '../../generator/build/build-kustomization.ts'
import { groupOf, type Resource } from '../../generator/manifest/resource.ts'
import { asList, asMap, type YamlMap } from '../../generator/manifest/value.ts'
import { scopesOf } from '../../generator/argocd/resource-scope.ts'
import { permitsDestination, permitsObject, permitsSource } from '../../generator/argocd/simulate/project-permission.ts'
import {
  destinationOfApplication,
  isApplication,
  isAppProject,
  projectOf,
  sourcesOf,
} from '../../generator/argocd/simulate/read-argocd.ts'

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

const tree = new Map(['k8s', 'argocd'].flatMap(filesUnder).map(path => [path, readFileSync(path, 'utf8')]))
const render = (directory: string): readonly Resource[] => buildKustomization(tree, directory).value
const emitted = render('argocd')
const applications = emitted.filter(isApplication)

function refusals(project: YamlMap, application: Resource): readonly string[] {
  const destination = destinationOfApplication(application.object)
  const resources = sourcesOf(application.object).flatMap(source => render(source.path ?? ''))
  const scopeOf = scopesOf(resources)
  const verdicts = [
    ...sourcesOf(application.object).map(source => permitsSource(project, source.repoURL)),
    permitsDestination(project, destination),
    ...resources.map(resource =>
      permitsObject(
        project,
        { ...resource, group: groupOf(resource.apiVersion) },
        scopeOf(resource) ?? 'namespaced',
        destination,
      ),
    ),
  ]
  return verdicts.flatMap(verdict => (verdict.permitted === true ? [] : [verdict.reason]))
}

test('there are Applications, and each renders something', () => {
  expect(applications.length).toBeGreaterThan(1)
  for (const application of applications) {
    expect(sourcesOf(application.object).flatMap(source => render(source.path ?? '')).length).toBeGreaterThan(0)
  }
})

describe.each(emitted.filter(isAppProject).map(project => ({ name: project.name, project })))(
  '$name',
  ({ name, project }) => {
    const users = applications.filter(application => projectOf(application.object) === name)
    const spec = asMap(project.object['spec'])

    test('has an Application, and permits all it renders', () => {
      expect(users.length).toBeGreaterThan(0)
      expect(users.flatMap(application => refusals(project.object, application))).toEqual([])
    })

    const lists = ['sourceRepos', 'destinations', 'clusterResourceWhitelist', 'namespaceResourceWhitelist']
    const entries = lists.flatMap(list =>
      asList(spec[list]).map((entry, index) => ({ list, index, entry: JSON.stringify(entry) })),
    )

    test.each(entries)('needs $list $entry', ({ list, index }) => {
      const without = { spec: { ...spec, [list]: asList(spec[list]).filter((_, at) => at !== index) } }
      expect(users.flatMap(application => refusals(without, application))).not.toEqual([])
    })
  },
)
