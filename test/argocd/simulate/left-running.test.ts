import { expect, test } from 'vitest'
import { renderArgoCd } from '../../../generator/argocd/render-argocd.ts'
import { scopesOf } from '../../../generator/argocd/resource-scope.ts'
import { leftRunning } from '../../../generator/argocd/simulate/left-running.ts'
import { destinationView } from '../../../generator/argocd/simulate/read-argocd.ts'
import { toResource } from '../../../generator/manifest/resource.ts'
import { hustlex, production, staging } from '../../support/hustlex-argocd.ts'

const removed = production.resources.filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ConfigMap')
const kept = production.resources.filter(({ kind }) => kind !== 'HorizontalPodAutoscaler' && kind !== 'ConfigMap')
const destination = destinationView({ name: 'production', namespace: 'hustlex' })

function projectFor(deployed: typeof removed) {
  const files = renderArgoCd({ ...hustlex, environments: [staging, { ...production, resources: kept, deployed }] })
  const file = files.find(({ path }) => path === 'argocd/projects/production.yaml')
  const project = toResource(file?.object, { file: 'project.yaml', document: 1 })
  if (project === undefined) throw new Error('no project')
  return project
}

test('a project computed from the new objects alone forgets the old ones, which then stay', () => {
  const left = leftRunning(removed, projectFor([]), { destination, scopeOf: scopesOf(removed) })
  expect(left.map(({ resource }) => resource.kind)).toEqual(['ConfigMap', 'HorizontalPodAutoscaler'])
})

test('while it goes on permitting what is deployed, they are pruned', () => {
  expect(leftRunning(removed, projectFor(removed), { destination, scopeOf: scopesOf(removed) })).toEqual([])
})
