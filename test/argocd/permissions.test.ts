// The emitted projects are exact: sufficient for all that renders, and no entry is there in vain.

import { describe, expect, test } from 'vitest'
import type { ArgoCdEnvironment, ArgoCdInput } from '../../generator/argocd/argocd-input.ts'
import { renderArgoCd } from '../../generator/argocd/render-argocd.ts'
import { scopesOf } from '../../generator/argocd/resource-scope.ts'
import { permitsDestination, permitsObject, permitsSource } from '../../generator/argocd/simulate/project-permission.ts'
import { destinationOfApplication, sourcesOf } from '../../generator/argocd/simulate/read-argocd.ts'
import { groupOf, toResource, type Resource } from '../../generator/manifest/resource.ts'
import { asList, asMap, type YamlMap } from '../../generator/manifest/value.ts'
import { hustlex, production, resourcesOf, staging } from '../support/hustlex-argocd.ts'

const spread = resourcesOf(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: hustlex-reader }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: dashboards, namespace: monitoring }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec: { group: example.com, scope: Cluster, names: { kind: Widget } }
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: w }
---
apiVersion: batch/v1
kind: Job
metadata: { name: never, namespace: hustlex, annotations: { argocd.argoproj.io/hook: Skip } }
`)

const createsNamespace: ArgoCdEnvironment = {
  ...staging,
  name: 'preview',
  namespace: 'preview',
  resources: resourcesOf('apiVersion: v1\nkind: Service\nmetadata: {name: s}\n'),
}
const everything: ArgoCdInput = {
  ...hustlex,
  environments: [staging, { ...production, resources: [...production.resources, ...spread] }, createsNamespace],
}

interface Pair {
  readonly name: string
  readonly project: YamlMap
  readonly application: YamlMap
  readonly resources: readonly Resource[]
}

function pairs(input: ArgoCdInput): readonly Pair[] {
  const files = new Map(renderArgoCd(input).map(file => [file.path, file.object]))
  const at = (path: string): YamlMap => files.get(path) ?? {}
  const root = {
    name: 'root',
    project: at('argocd/projects/root.yaml'),
    application: at('argocd/applications/root.yaml'),
    resources: [...files]
      .filter(([path]) => !path.endsWith('kustomization.yaml'))
      .flatMap(([file, object]) => toResource(object, { file, document: 1 }) ?? []),
  }
  const environments = input.environments.map(environment => ({
    name: environment.name,
    project: at(`argocd/projects/${environment.name}.yaml`),
    application: at(`argocd/applications/${environment.name}.yaml`),
    resources: [...environment.resources, ...created(at(`argocd/applications/${environment.name}.yaml`))],
  }))
  return [root, ...environments]
}

/** CreateNamespace=true makes Argo CD sync a Namespace that nothing renders (controller/sync.go). */
function created(application: YamlMap): readonly Resource[] {
  const options = asList(asMap(asMap(application['spec'])['syncPolicy'])['syncOptions'])
  if (!options.includes('CreateNamespace=true')) return []
  return resourcesOf(
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${destinationOfApplication(application).namespace}}\n`,
  )
}

function refusals({ project, application, resources }: Pair): readonly string[] {
  const destination = destinationOfApplication(application)
  const scopeOf = scopesOf(resources)
  const sources = sourcesOf(application).map(source => ({
    what: source.repoURL,
    verdict: permitsSource(project, source.repoURL),
  }))
  const objects = resources
    .filter(resource => asMap(asMap(resource.object['metadata'])['annotations'])['argocd.argoproj.io/hook'] !== 'Skip')
    .map(resource => ({
      what: `${resource.kind} ${resource.name}`,
      verdict: permitsObject(
        project,
        { ...resource, group: groupOf(resource.apiVersion) },
        scopeOf(resource) ?? 'namespaced',
        destination,
      ),
    }))
  const all = [...sources, { what: 'destination', verdict: permitsDestination(project, destination) }, ...objects]
  return all.filter(({ verdict }) => verdict.permitted !== true).map(({ what }) => what)
}

describe.each(pairs(everything))('project $name', pair => {
  test('permits everything that renders', () => {
    expect(pair.resources.length).toBeGreaterThan(0)
    expect(refusals(pair)).toEqual([])
  })

  const spec = asMap(pair.project['spec'])
  const lists = ['sourceRepos', 'destinations', 'clusterResourceWhitelist', 'namespaceResourceWhitelist']
  const entries = lists.flatMap(list =>
    asList(spec[list]).map((entry, index) => ({ list, index, entry: JSON.stringify(entry) })),
  )

  test.each(entries)('needs $list $entry', ({ list, index }) => {
    const rest = asList(spec[list]).filter((_, at) => at !== index)
    expect(refusals({ ...pair, project: { spec: { ...spec, [list]: rest } } })).not.toEqual([])
  })
})

test('what is deployed and no longer rendered stays permitted, so that it can be pruned', () => {
  const deployed = resourcesOf('apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: old}\n')
  const [, , pair] = pairs({ ...hustlex, environments: [staging, { ...production, deployed }] })
  expect(pair && refusals({ ...pair, resources: deployed })).toEqual([])
  const [, , without] = pairs(hustlex)
  expect(without && refusals({ ...without, resources: deployed })).toEqual(['Ingress i'])
})

test('children are permitted on request alone', () => {
  const pods = resourcesOf('apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: hustlex}\n')
  const [, , shown] = pairs({ ...hustlex, environments: [staging, { ...production, showChildren: true }] })
  expect(shown && refusals({ ...shown, resources: pods })).toEqual([])
  const [, , hidden] = pairs(hustlex)
  expect(hidden && refusals({ ...hidden, resources: pods })).toEqual(['Pod p'])
})
