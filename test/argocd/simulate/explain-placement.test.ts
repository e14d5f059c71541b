import { expect, test } from 'vitest'
import { renderArgoCd } from '../../../generator/argocd/render-argocd.ts'
import { scopesOf } from '../../../generator/argocd/resource-scope.ts'
import { explainPlacement, type PlacementContext } from '../../../generator/argocd/simulate/explain-placement.ts'
import {
  destinationOfApplication,
  isApplication,
  isAppProject,
} from '../../../generator/argocd/simulate/read-argocd.ts'
import { toResource, type Resource } from '../../../generator/manifest/resource.ts'
import { hustlex, production, resourcesOf, staging } from '../../support/hustlex-argocd.ts'

const objects = renderArgoCd(hustlex).flatMap(
  ({ path, object }) => toResource(object, { file: path, document: 1 }) ?? [],
)
const more = resourcesOf(`
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: hustlex, annotations: { argocd.argoproj.io/hook: PreSync } }
spec: { template: { spec: { containers: [{ name: m, image: i, envFrom: [{ configMapRef: { name: hustlex-config } }] }] } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: typo, namespace: hustlex, annotations: { argocd.argoproj.io/hook: presync } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: bye, namespace: hustlex, annotations: { argocd.argoproj.io/hook: PostDelete } }
`)

function contextOf(extra: readonly Resource[] = []): PlacementContext {
  const applications = objects.filter(isApplication).map(application => {
    const resources =
      application.name === 'hustlex-production'
        ? [...production.resources, ...extra]
        : application.name === 'hustlex-staging'
          ? staging.resources
          : []
    return {
      application,
      destination: destinationOfApplication(application.object),
      resources,
      project: application.name,
    }
  })
  return { applications, projects: objects.filter(isAppProject), scopeOf: scopesOf(production.resources) }
}

function find(kind: string, name: string, among: readonly Resource[] = [...production.resources, ...more]): Resource {
  const found = among.find(resource => resource.kind === kind && resource.name === name)
  if (found === undefined) throw new Error(`no ${kind} ${name}`)
  return found
}

test('an ordinary object', () => {
  const [placement, ...others] = explainPlacement(find('Deployment', 'hustlex-api'), contextOf())
  expect(others).toEqual([])
  expect(placement?.lines).toEqual([
    'Application hustlex-production, project hustlex-production',
    'phase Sync, wave 0: 6 of 10, with 9 more in its wave; the next wave waits until it is healthy',
    'permitted by project hustlex-production',
  ])
})

test('a hook that needs something later, and that its project does not permit', () => {
  const [placement] = explainPlacement(find('Job', 'migrate'), contextOf(more))
  expect(placement?.lines).toEqual([
    'Application hustlex-production, project hustlex-production',
    'phase PreSync, wave 0: 2 of 11, with 1 more in its wave; the next wave waits until it is finished; a hook, deleted by BeforeHookCreation',
    'not permitted: namespaceResourceWhitelist does not list Job.batch',
    'needs something of a later wave: ConfigMap hustlex/hustlex-config (Sync, wave 0)',
  ])
})

test('what no sync applies', () => {
  expect(explainPlacement(find('Job', 'typo'), contextOf(more))[0]?.lines).toContain(
    'never applied: its hook annotation puts it into no phase',
  )
  expect(explainPlacement(find('Job', 'bye'), contextOf(more))[0]?.lines).toContain(
    'a PostDelete hook: applied only when the Application is deleted',
  )
})

test('an object of two Applications', () => {
  const context = contextOf()
  const [first] = context.applications.filter(({ application }) => application.name === 'hustlex-production')
  if (first === undefined) throw new Error('no production')
  const rival = { ...first, application: { ...first.application, name: 'other' }, project: 'nowhere' }
  const found = explainPlacement(find('Service', 'hustlex-api'), {
    ...context,
    applications: [...context.applications, rival],
  })
  expect(found.map(({ application, rivals }) => ({ application, rivals }))).toEqual([
    { application: 'hustlex-production', rivals: ['other'] },
    { application: 'other', rivals: ['hustlex-production'] },
  ])
  expect(found[1]?.lines).toContain('permission not evaluated: project "nowhere" is not in this repository')
})

test('an object of no Application', () => {
  expect(
    explainPlacement(
      find('Service', 'x', resourcesOf('apiVersion: v1\nkind: Service\nmetadata: {name: x}\n')),
      contextOf(),
    ),
  ).toEqual([])
})
