// Everything this tool emits for Argo CD passes everything it checks about Argo CD.

import { expect, test } from 'vitest'
import type { ArgoCdEnvironment, ArgoCdInput } from '../../generator/argocd/argocd-input.ts'
import { renderArgoCd } from '../../generator/argocd/render-argocd.ts'
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'
import type { Profile } from '../../generator/model/profile.ts'
import { isApplication, isApplicationSet, isAppProject } from '../../generator/argocd/simulate/read-argocd.ts'
import { argocdRules } from '../../generator/validate/argocd/argocd-rules.ts'
import { checkArgoCd } from '../../generator/validate/argocd/repository/check-argocd.ts'
import { runRules } from '../../generator/validate/run-rules.ts'
import { hustlex, production, resourcesOf, staging } from '../support/hustlex-argocd.ts'

const profile: Profile = { production: true, kubernetes: ['1.34'], argocd: { applicationHealthCheck: true } }

function findingsOf(input: ArgoCdInput): readonly Diagnostic[] {
  const emitted = renderArgoCd(input)
  const objects = emitted
    .filter(file => !file.path.endsWith('kustomization.yaml'))
    .flatMap(({ path, object }) => toResource(object, { file: path, document: 1 }) ?? [])
  const all = [...input.environments, ...(input.additional ?? [])]
  const builds = new Map<string, readonly Resource[]>([
    ['argocd', objects],
    ...all.map(environment => [environment.path, environment.resources] as const),
  ])
  // The texts stand for themselves: only their paths and what they list matter here.
  const tree = new Map([
    ...emitted.map(({ path, object }) => [path, JSON.stringify(object)] as const),
    ['k8s/base/kustomization.yaml', '{}\n'] as const,
    ...all.map(environment => [`${environment.path}/kustomization.yaml`, 'resources: [../../base]\n'] as const),
  ])
  const rendered = [...builds.values()].flatMap(resources => {
    const set = resourceSet(resources)
    return runRules(argocdRules, { profile, resources: set, graph: buildGraph(set) })
  })
  const repository = checkArgoCd({
    applications: objects.filter(isApplication),
    projects: objects.filter(isAppProject),
    applicationSets: objects.filter(isApplicationSet),
    tree,
    render: directory => ({ value: builds.get(directory) ?? [], diagnostics: [] }),
    profile,
    repoURLs: [input.repoURL],
  })
  return [...rendered, ...repository]
}

const { namespace: _namespace, ...clusterWide } = production
const policies: ArgoCdEnvironment = {
  ...clusterWide,
  name: 'policies',
  path: 'k8s/policies',
  inputs: ['k8s/policies', 'k8s/base'],
  resources: resourcesOf(
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: images}\n',
  ),
}

const everyChoice: ArgoCdEnvironment = {
  ...production,
  serverSideApply: true,
  applyOutOfSyncOnly: true,
  notifications: [{ service: 'slack', recipients: ['alerts'] }],
  roles: [{ name: 'ci', actions: ['sync', 'get'], logs: true, groups: ['hustlex-ci'] }],
  syncWindows: [{ kind: 'deny', schedule: '0 0 * * 6', duration: '48h', timeZone: 'Europe/Berlin', manualSync: true }],
  kargo: { project: 'hustlex', stage: 'production' },
  syncWave: 1,
  deny: { namespaced: [{ group: '', kind: 'Secret' }] },
}

test.each<{ name: string; input: ArgoCdInput }>([
  { name: 'staging and production', input: hustlex },
  { name: 'every choice', input: { ...hustlex, environments: [staging, everyChoice] } },
  { name: 'cluster-wide objects too', input: { ...hustlex, additional: [policies] } },
  {
    name: 'hydrated',
    input: {
      ...hustlex,
      environments: [
        staging,
        {
          ...production,
          hydrator: { targetBranch: 'environments/production', stagingBranch: 'environments/production-next' },
        },
      ],
    },
  },
  {
    name: 'a namespace that Argo CD creates',
    input: {
      ...hustlex,
      environments: [
        { ...staging, resources: staging.resources.filter(({ kind }) => kind !== 'Namespace') },
        production,
      ],
    },
  },
  { name: 'ApplicationSet by list', input: { ...hustlex, applicationSet: { generator: 'list' } } },
  { name: 'ApplicationSet by directory', input: { ...hustlex, applicationSet: { generator: 'git-directory' } } },
])('$name', ({ input }) => {
  expect(findingsOf(input).map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual([])
})
