import { describe, expect, test } from 'vitest'
import type { ArgoCdEnvironment, ArgoCdInput } from '../../generator/argocd/argocd-input.ts'
import { renderArgoCd } from '../../generator/argocd/render-argocd.ts'
import { valueAt } from '../../generator/manifest/pointer.ts'
import { printYaml } from '../../generator/manifest/print-yaml.ts'
import { asList, type YamlMap, type YamlValue } from '../../generator/manifest/value.ts'
import { hustlex, production, resourcesOf, staging } from '../support/hustlex-argocd.ts'

function fileOf(path: string, input: ArgoCdInput = hustlex): YamlMap {
  const found = renderArgoCd(input).find(file => file.path === path)
  if (found === undefined) throw new Error(`no ${path}`)
  return found.object
}

function withProduction(change: Partial<ArgoCdEnvironment>): ArgoCdInput {
  return { ...hustlex, environments: [staging, { ...production, ...change }] }
}

const applicationPath = 'argocd/applications/production.yaml'
const projectPath = 'argocd/projects/production.yaml'

test('the whole of a platform, as written', async () => {
  const text = renderArgoCd(hustlex)
    .map(({ path, object }) => `# ${path}\n${printYaml(object)}`)
    .join('---\n')
  await expect(text).toMatchFileSnapshot('../fixtures/argocd-emission/hustlex.yaml')
})

test('no finalizer is without a path, or the API server warns whenever it is applied', () => {
  const change: Partial<ArgoCdEnvironment> = { deletion: 'cascade' }
  const files = [...renderArgoCd(hustlex), ...renderArgoCd(withProduction(change))]
  const finalizers = files.flatMap(({ object }) => asList(valueAt(object, '/metadata/finalizers')))
  expect(finalizers).toEqual(['resources-finalizer.argocd.argoproj.io/foreground'])
})

test('the kustomization lists every other file once', () => {
  const files = renderArgoCd(hustlex)
  const listed = fileOf('argocd/kustomization.yaml')['resources']
  const others = files.map(file => file.path).filter(path => !path.endsWith('kustomization.yaml'))
  expect(listed).toEqual(others.map(path => path.replace('argocd/', '')))
})

test.each<{
  name: string
  path: string
  change: Partial<ArgoCdEnvironment>
  pointer: string
  expected: YamlValue | undefined
}>([
  {
    name: 'manual sync',
    path: applicationPath,
    change: { sync: 'manual' },
    pointer: '/spec/syncPolicy/automated',
    expected: undefined,
  },
  {
    name: 'frozen',
    path: applicationPath,
    change: { sync: 'frozen' },
    pointer: '/spec/syncPolicy/automated',
    expected: { enabled: false, prune: true, selfHeal: true },
  },
  {
    name: 'no prune',
    path: applicationPath,
    change: { prune: false },
    pointer: '/spec/syncPolicy/automated',
    expected: { selfHeal: true },
  },
  {
    name: 'no self-heal',
    path: applicationPath,
    change: { selfHeal: false },
    pointer: '/spec/syncPolicy/automated',
    expected: { prune: true },
  },
  {
    name: 'cascade',
    path: applicationPath,
    change: { deletion: 'cascade' },
    pointer: '/metadata/finalizers',
    expected: ['resources-finalizer.argocd.argoproj.io/foreground'],
  },
  {
    name: 'cascade in the background',
    path: applicationPath,
    change: { deletion: 'cascade-background' },
    pointer: '/metadata/finalizers',
    expected: ['resources-finalizer.argocd.argoproj.io/background'],
  },
  { name: 'no cascade', path: applicationPath, change: {}, pointer: '/metadata/finalizers', expected: undefined },
  {
    name: 'server-side apply',
    path: applicationPath,
    change: { serverSideApply: true },
    pointer: '/metadata/annotations/argocd.argoproj.io~1compare-options',
    expected: 'ServerSideDiff=true',
  },
  {
    name: 'kargo',
    path: applicationPath,
    change: { kargo: { project: 'hustlex', stage: 'prod' } },
    pointer: '/metadata/annotations/kargo.akuity.io~1authorized-stage',
    expected: 'hustlex:prod',
  },
  {
    name: 'notifications',
    path: applicationPath,
    change: { notifications: [{ service: 'slack', recipients: ['a', 'b'] }] },
    pointer: '/metadata/annotations/notifications.argoproj.io~1subscribe.on-deployed.slack',
    expected: 'a;b',
  },
  {
    name: 'sync wave',
    path: applicationPath,
    change: { syncWave: 2 },
    pointer: '/metadata/annotations/argocd.argoproj.io~1sync-wave',
    expected: '2',
  },
  {
    name: 'hydrator leaves no source',
    path: applicationPath,
    change: { hydrator: { targetBranch: 'environments/production' } },
    pointer: '/spec/source',
    expected: undefined,
  },
  {
    name: 'hydrator',
    path: applicationPath,
    change: { hydrator: { targetBranch: 'environments/production', stagingBranch: 'environments/production-next' } },
    pointer: '/spec/sourceHydrator',
    expected: {
      drySource: { repoURL: hustlex.repoURL, targetRevision: 'refs/tags/v1.0.0', path: 'k8s/overlays/production' },
      syncSource: { targetBranch: 'environments/production', path: 'k8s/overlays/production' },
      hydrateTo: { targetBranch: 'environments/production-next' },
    },
  },
  {
    name: 'hydrator into another repository',
    path: projectPath,
    change: { hydrator: { targetBranch: 'b', repoURL: 'https://x/y' } },
    pointer: '/spec/sourceRepos',
    expected: [hustlex.repoURL, 'https://x/y'],
  },
  {
    name: 'window without selector',
    path: projectPath,
    change: { syncWindows: [{ kind: 'deny', schedule: '0 0 * * 6', duration: '48h' }] },
    pointer: '/spec/syncWindows',
    expected: [{ kind: 'deny', schedule: '0 0 * * 6', duration: '48h', applications: ['hustlex-production'] }],
  },
  {
    name: 'roles',
    path: projectPath,
    change: { roles: [{ name: 'ci', actions: ['sync', 'get'], logs: true, groups: ['g'] }] },
    pointer: '/spec/roles',
    expected: [
      {
        name: 'ci',
        policies: [
          'p, proj:hustlex-production:ci, applications, sync, hustlex-production/hustlex-production, allow',
          'p, proj:hustlex-production:ci, applications, get, hustlex-production/hustlex-production, allow',
          'p, proj:hustlex-production:ci, logs, get, hustlex-production/hustlex-production, allow',
        ],
        groups: ['g'],
      },
    ],
  },
  {
    name: 'no orphan warning',
    path: projectPath,
    change: { orphanedResources: false },
    pointer: '/spec/orphanedResources',
    expected: undefined,
  },
  {
    name: 'a project that is kept until nothing refers to it',
    path: projectPath,
    change: { projectFinalizer: true },
    pointer: '/metadata/finalizers',
    expected: ['resources-finalizer.argocd.argoproj.io'],
  },
  {
    name: 'denied kinds',
    path: projectPath,
    change: { deny: { namespaced: [{ group: '', kind: 'Secret' }] } },
    pointer: '/spec/namespaceResourceBlacklist',
    expected: [{ group: '', kind: 'Secret' }],
  },
  {
    name: 'further differences',
    path: applicationPath,
    change: { ignoreDifferences: [{ kind: 'Service', jsonPointers: ['/spec/x'] }] },
    pointer: '/spec/ignoreDifferences/1',
    expected: { kind: 'Service', jsonPointers: ['/spec/x'] },
  },
  {
    name: 'replicas of the autoscaled Deployment',
    path: applicationPath,
    change: {},
    pointer: '/spec/ignoreDifferences',
    expected: [
      {
        group: 'apps',
        kind: 'Deployment',
        name: 'hustlex-api',
        namespace: 'hustlex',
        jsonPointers: ['/spec/replicas'],
      },
    ],
  },
])('$name', ({ path, change, pointer, expected }) => {
  expect(valueAt(fileOf(path, withProduction(change)), pointer)).toEqual(expected)
})

describe('sync options', () => {
  const options = (change: Partial<ArgoCdEnvironment>) =>
    valueAt(fileOf(applicationPath, withProduction(change)), '/spec/syncPolicy/syncOptions')
  const always = ['FailOnSharedResource=true', 'PruneLast=true', 'RespectIgnoreDifferences=true']

  test.each<{ name: string; change: Partial<ArgoCdEnvironment>; expected: readonly string[] }>([
    { name: 'by default', change: {}, expected: always },
    {
      name: 'nothing to ignore',
      change: { resources: staging.resources },
      expected: ['CreateNamespace=true', 'FailOnSharedResource=true', 'PruneLast=true'],
    },
    {
      name: 'off',
      change: { pruneLast: false, failOnSharedResource: false },
      expected: ['RespectIgnoreDifferences=true'],
    },
    {
      name: 'propagation',
      change: { prunePropagation: 'background' },
      expected: [
        'FailOnSharedResource=true',
        'PruneLast=true',
        'PrunePropagationPolicy=background',
        'RespectIgnoreDifferences=true',
      ],
    },
    {
      name: 'more',
      change: { syncOptions: ['Validate=false'], applyOutOfSyncOnly: true },
      expected: ['ApplyOutOfSyncOnly=true', ...always, 'Validate=false'],
    },
    {
      name: 'an object too big for client-side apply',
      change: {
        resources: resourcesOf(
          `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big, namespace: hustlex}\ndata: {x: ${'y'.repeat(262_200)}}\n`,
        ),
      },
      expected: ['CreateNamespace=true', 'FailOnSharedResource=true', 'PruneLast=true', 'ServerSideApply=true'],
    },
  ])('$name', ({ change, expected }) => {
    expect(options(change)).toEqual(expected)
  })
})

test('nothing written is empty, null or a default', () => {
  const bad: string[] = []
  const walk = (value: YamlValue | undefined, at: string): void => {
    if (value === null || value === undefined) bad.push(at)
    else if (Array.isArray(value)) {
      if (value.length === 0) bad.push(at)
      value.forEach((item: YamlValue, index) => walk(item, `${at}/${index}`))
    } else if (typeof value === 'object') {
      if (Object.keys(value).length === 0) bad.push(at)
      for (const [key, item] of Object.entries(value)) walk(item as YamlValue, `${at}/${key}`)
    } else if (value === false || (value === '' && !at.endsWith('/group'))) bad.push(at)
  }
  for (const { path, object } of renderArgoCd(hustlex)) walk(object, path)
  expect(bad).toEqual([])
})

test('cluster-scoped objects only: no namespace, and namespaced kinds are refused', () => {
  const { namespace: _namespace, ...rest } = production
  const policies: ArgoCdEnvironment = {
    ...rest,
    name: 'policies',
    path: 'k8s/policies',
    inputs: [],
    resources: resourcesOf(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: images}\n',
    ),
  }
  const input = { ...hustlex, additional: [policies] }
  expect(valueAt(fileOf('argocd/projects/policies.yaml', input), '/spec')).toEqual({
    description: 'hustlex, policies',
    sourceRepos: [hustlex.repoURL],
    destinations: [{ name: 'production' }],
    clusterResourceWhitelist: [
      { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicy', name: 'images' },
    ],
    namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
    orphanedResources: { warn: true },
  })
  expect(valueAt(fileOf('argocd/applications/policies.yaml', input), '/spec/destination')).toEqual({
    name: 'production',
  })
})

describe('ApplicationSet', () => {
  test.each(['list', 'git-directory', 'matrix'] as const)('%s', async generator => {
    const input: ArgoCdInput = {
      ...hustlex,
      applicationSet: { generator, ...(generator === 'matrix' ? { clusters: [{ name: 'eu' }, { name: 'us' }] } : {}) },
    }
    const set = printYaml(fileOf('argocd/applicationsets/hustlex.yaml', input))
    await expect(set).toMatchFileSnapshot(`../fixtures/argocd-emission/application-set-${generator}.yaml`)
    expect(renderArgoCd(input).map(file => file.path)).not.toContain('argocd/applications/staging.yaml')
  })

  test('the root may apply it', () => {
    const input: ArgoCdInput = { ...hustlex, applicationSet: { generator: 'list' } }
    expect(valueAt(fileOf('argocd/projects/root.yaml', input), '/spec/namespaceResourceWhitelist')).toContainEqual({
      group: 'argoproj.io',
      kind: 'ApplicationSet',
    })
  })
})
