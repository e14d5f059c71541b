// Every setting for Argo CD: what it writes, what is said of wrong values and where, and that all that is written passes Argo CD's
// schema, the lints and the simulation.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '../../generator/build/build-kustomization.ts'
import { renderPlatform } from '../../generator/generate/render-platform.ts'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import type { FileTree } from '../../generator/manifest/file-tree.ts'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { valueAt } from '../../generator/manifest/pointer.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import { toResource } from '../../generator/manifest/resource.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'
import type { ArgoCdEmission, ArgoCdSettings } from '../../generator/model/argocd-settings.ts'
import { platform, service } from '../../generator/model/declare.ts'
import type { Cluster, PlatformSettings } from '../../generator/model/platform.ts'
import type { Profile } from '../../generator/model/profile.ts'
import { isApplication, isApplicationSet, isAppProject } from '../../generator/argocd/simulate/read-argocd.ts'
import { argocdRules } from '../../generator/validate/argocd/argocd-rules.ts'
import { checkArgoCd } from '../../generator/validate/argocd/repository/check-argocd.ts'
import { runRules } from '../../generator/validate/run-rules.ts'
import { openCatalog } from '../../generator/validate/schema/catalog.ts'
import { createSchemaChecker } from '../../generator/validate/schema/schema-checker.ts'

const repository = 'https://example.com/shop.git'
const releases = 'staging:\n  example/api: 1.0.0\nproduction:\n  example/api: 1.0.0\n'
const clusters: Readonly<Record<string, Cluster>> = {
  eu: { name: 'eu-1' },
  us: { name: 'us-1' },
  hub: { server: 'https://hub' },
}

/** Of a platform file, which is compiled without being type-checked: `production` and `emission` may be anything. */
function shop(production: unknown, emission: unknown = {}, changes: Partial<PlatformSettings> = {}) {
  return platform('shop', {
    repository,
    kubernetes: '1.34',
    clusters,
    argocd: emission as ArgoCdEmission,
    components: [
      service('api', {
        image: 'example/api',
        port: 8080,
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
        autoscale: { min: 2, max: 5, cpu: 70 },
      }),
    ],
    environments: {
      staging: { namespace: 'shop-staging', cluster: 'us', revision: 'refs/heads/main' },
      production: {
        namespace: 'shop',
        cluster: 'eu',
        revision: 'refs/tags/v1.0.0',
        argocd: production as ArgoCdSettings,
      },
    },
    ...changes,
  })
}

function render(declared: ReturnType<typeof shop>): FileTree {
  const { value, diagnostics } = renderPlatform(declared, releases)
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  return value.tree
}

function at(tree: FileTree, file: string, pointer: string): YamlValue | undefined {
  const object = parseYaml(tree.get(`argocd/${file}`) ?? '', file).value[0]?.value
  return object === undefined ? undefined : valueAt(object as never, pointer)
}

const application = 'applications/production.yaml'
const project = 'projects/production.yaml'

const written: readonly {
  readonly setting: keyof ArgoCdSettings
  readonly value: unknown
  readonly file: string
  readonly pointer: string
  readonly expected: unknown
}[] = [
  { setting: 'sync', value: 'manual', file: application, pointer: '/spec/syncPolicy/automated', expected: undefined },
  {
    setting: 'prune',
    value: false,
    file: application,
    pointer: '/spec/syncPolicy/automated',
    expected: { selfHeal: true },
  },
  {
    setting: 'selfHeal',
    value: false,
    file: application,
    pointer: '/spec/syncPolicy/automated',
    expected: { prune: true },
  },
  {
    setting: 'retry',
    value: { limit: 3 },
    file: application,
    pointer: '/spec/syncPolicy/retry',
    expected: { limit: 3 },
  },
  option('pruneLast', false, ['FailOnSharedResource=true', 'RespectIgnoreDifferences=true']),
  option('failOnSharedResource', false, ['PruneLast=true', 'RespectIgnoreDifferences=true']),
  option('prunePropagation', 'background', [
    'FailOnSharedResource=true',
    'PruneLast=true',
    'PrunePropagationPolicy=background',
    'RespectIgnoreDifferences=true',
  ]),
  option('applyOutOfSyncOnly', true, [
    'ApplyOutOfSyncOnly=true',
    'FailOnSharedResource=true',
    'PruneLast=true',
    'RespectIgnoreDifferences=true',
  ]),
  option('serverSideApply', true, [
    'FailOnSharedResource=true',
    'PruneLast=true',
    'RespectIgnoreDifferences=true',
    'ServerSideApply=true',
  ]),
  option(
    'syncOptions',
    ['Validate=false'],
    ['FailOnSharedResource=true', 'PruneLast=true', 'RespectIgnoreDifferences=true', 'Validate=false'],
  ),
  {
    setting: 'ignoreDifferences',
    value: [{ kind: 'Service', name: 'shop-api', jsonPointers: ['/spec/clusterIP'] }],
    file: application,
    pointer: '/spec/ignoreDifferences/1',
    expected: { kind: 'Service', name: 'shop-api', jsonPointers: ['/spec/clusterIP'] },
  },
  {
    setting: 'deletion',
    value: 'cascade',
    file: application,
    pointer: '/metadata/finalizers',
    expected: ['resources-finalizer.argocd.argoproj.io/foreground'],
  },
  {
    setting: 'syncWindows',
    value: [{ kind: 'deny', schedule: '0 22 * * *', duration: '8h', timeZone: 'Europe/Berlin', syncOverrun: true }],
    file: project,
    pointer: '/spec/syncWindows',
    expected: [
      {
        applications: ['shop-production'],
        duration: '8h',
        kind: 'deny',
        schedule: '0 22 * * *',
        syncOverrun: true,
        timeZone: 'Europe/Berlin',
      },
    ],
  },
  {
    setting: 'notifications',
    value: [{ service: 'slack', recipients: ['a', 'b'], triggers: ['on-deployed'] }],
    file: application,
    pointer: '/metadata/annotations/notifications.argoproj.io~1subscribe.on-deployed.slack',
    expected: 'a;b',
  },
  {
    setting: 'roles',
    value: [{ name: 'ci', groups: ['shop-ci'] }],
    file: project,
    pointer: '/spec/roles',
    expected: [
      {
        groups: ['shop-ci'],
        name: 'ci',
        policies: ['p, proj:shop-production:ci, applications, sync, shop-production/shop-production, allow'],
      },
    ],
  },
  {
    setting: 'orphanedResources',
    value: false,
    file: project,
    pointer: '/spec/orphanedResources',
    expected: undefined,
  },
  {
    setting: 'deny',
    value: { namespaced: [{ group: 'batch', kind: 'Job' }] },
    file: project,
    pointer: '/spec/namespaceResourceBlacklist',
    expected: [{ group: 'batch', kind: 'Job' }],
  },
  {
    setting: 'permit',
    value: { cluster: [{ group: '', kind: 'Namespace', name: 'shop-old' }] },
    file: project,
    pointer: '/spec/clusterResourceWhitelist/1',
    expected: { group: '', kind: 'Namespace', name: 'shop-old' },
  },
  {
    setting: 'showChildren',
    value: true,
    file: project,
    pointer: '/spec/namespaceResourceWhitelist/0',
    expected: { group: '', kind: 'Pod' },
  },
  {
    setting: 'signedBy',
    value: { keys: ['4AEE18F83AFDEB23'] },
    file: project,
    pointer: '/spec/sourceIntegrity',
    expected: {
      git: { policies: [{ gpg: { keys: ['4AEE18F83AFDEB23'], mode: 'strict' }, repos: [{ url: repository }] }] },
    },
  },
  {
    setting: 'serviceAccount',
    value: 'argocd:syncer',
    file: project,
    pointer: '/spec/destinationServiceAccounts',
    expected: [{ defaultServiceAccount: 'argocd:syncer', namespace: 'shop', server: '*' }],
  },
  {
    setting: 'projectFinalizer',
    value: true,
    file: project,
    pointer: '/metadata/finalizers',
    expected: ['resources-finalizer.argocd.argoproj.io'],
  },
  {
    setting: 'hydrator',
    value: { targetBranch: 'environments/production' },
    file: application,
    pointer: '/spec/sourceHydrator/syncSource',
    expected: { path: 'k8s/overlays/production', targetBranch: 'environments/production' },
  },
  {
    setting: 'kargo',
    value: { project: 'shop', stage: 'production' },
    file: application,
    pointer: '/metadata/annotations/kargo.akuity.io~1authorized-stage',
    expected: 'shop:production',
  },
  {
    setting: 'info',
    value: [{ name: 'team', value: 'shop' }],
    file: application,
    pointer: '/spec/info',
    expected: [{ name: 'team', value: 'shop' }],
  },
  { setting: 'revisionHistoryLimit', value: 3, file: application, pointer: '/spec/revisionHistoryLimit', expected: 3 },
  {
    setting: 'syncWave',
    value: 2,
    file: application,
    pointer: '/metadata/annotations/argocd.argoproj.io~1sync-wave',
    expected: '2',
  },
  { setting: 'labels', value: { team: 'shop' }, file: application, pointer: '/metadata/labels/team', expected: 'shop' },
  { setting: 'annotations', value: { a: 'b' }, file: application, pointer: '/metadata/annotations/a', expected: 'b' },
]

function option(setting: keyof ArgoCdSettings, value: unknown, expected: readonly string[]): (typeof written)[number] {
  return { setting, value, file: application, pointer: '/spec/syncPolicy/syncOptions', expected }
}

describe('what a setting writes', () => {
  test.each(written)('$setting: $value', ({ setting, value, file, pointer, expected }) => {
    expect(at(render(shop({})), file, pointer)).not.toEqual(expected)
    expect(at(render(shop({ [setting]: value })), file, pointer)).toEqual(expected)
  })

  test('docs/argo-cd.md has a line for every setting, and for those of the platform', () => {
    const page = readFileSync('docs/argo-cd.md', 'utf8')
    const missing = [...written.map(({ setting }) => setting), 'root', 'applicationSet', 'labels'].filter(
      setting => !page.includes(`\`${setting}\``),
    )
    expect(missing).toEqual([])
  })
})

const wrong: readonly (readonly [name: string, settings: unknown, expected: string])[] = [
  [
    'days',
    { syncWindows: [{ kind: 'deny', schedule: '0 0 * * *', duration: '1d' }] },
    '/syncWindows/0/duration "1d" is no duration',
  ],
  [
    'a descriptor',
    { syncWindows: [{ kind: 'deny', schedule: '@daily', duration: '1h' }] },
    '/syncWindows/0/schedule "@daily" is no schedule',
  ],
  [
    'a zone there is none of',
    { syncWindows: [{ kind: 'allow', schedule: '0 0 * * *', duration: '1h', timeZone: 'Berlin' }] },
    '/syncWindows/0/timeZone "Berlin" is no time zone',
  ],
  [
    'a plural',
    { permit: { namespaced: [{ group: 'apps', kind: 'Deployments' }] } },
    '/permit/namespaced/0/kind group "apps" has no kind "Deployments"',
  ],
  [
    'a version',
    { deny: { cluster: [{ group: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' }] } },
    '/deny/cluster/0/group group "rbac.authorization.k8s.io/v1" has a version',
  ],
  [
    'no group',
    { ignoreDifferences: [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] },
    '/ignoreDifferences/0 kind "Deployment" is not in the core group',
  ],
  [
    'a path for a pointer',
    { ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['.spec'] }] },
    '/ignoreDifferences/0/jsonPointers/0 ".spec" is no JSON pointer',
  ],
  [
    'an action there is none of',
    { roles: [{ name: 'ci', actions: ['synch'] }] },
    '/roles/0/actions/0 "synch" is no action on Applications, did you mean "sync"?',
  ],
  ['a role of two words', { roles: [{ name: 'the ci' }] }, '/roles/0/name "the ci" is no name'],
  [
    'nobody to notify',
    { notifications: [{ service: 'slack', recipients: [] }] },
    '/notifications/0/recipients nobody is told',
  ],
  ['an endless retry', { retry: { limit: -1 } }, '/retry/limit -1 is no whole number from 0'],
  [
    'the root of a branch',
    { hydrator: { targetBranch: 'env', path: './' } },
    '/hydrator/path "./" is the root of the branch',
  ],
  [
    'a stage with its project',
    { kargo: { project: 'shop', stage: 'shop:production' } },
    '/kargo/stage "shop:production" is no Kargo stage',
  ],
  [
    'a key that is a name',
    { signedBy: { keys: ['me@example.com'] } },
    '/signedBy/keys/0 "me@example.com" is no key id',
  ],
  ['an option without a value', { syncOptions: ['Validate'] }, '/syncOptions/0 "Validate" is no sync option'],
]

describe('what is said of wrong values', () => {
  test.each(wrong)('%s', (_, settings, expected) => {
    const [found, ...more] = renderPlatform(shop(settings), releases).diagnostics
    expect(more).toEqual([])
    expect(found?.code).toBe('model/argocd-setting')
    expect(found?.environment).toBe('production')
    expect(found?.at.file).toMatch(/argocd-settings\.test\.ts$/)
    expect(found?.at.line).toBeGreaterThan(1)
    expect(`${found?.at.pointer} ${found?.message}`).toContain(`/environments/production/argocd${expected}`)
  })

  test.each<[string, unknown, string]>([
    [
      'a matrix of nothing',
      { applicationSet: { generator: 'matrix' } },
      '/argocd/applicationSet a matrix names the clusters',
    ],
    [
      'a cluster there is none of',
      { applicationSet: { generator: 'matrix', clusters: ['uk'] } },
      '/argocd/applicationSet/clusters/0 no cluster "uk", did you mean "us"?',
    ],
    [
      'a cluster without a name',
      { applicationSet: { generator: 'matrix', clusters: ['hub'] } },
      '/argocd/applicationSet/clusters/0 cluster "hub" is declared by its server',
    ],
  ])('%s', (_, emission, expected) => {
    const [found] = renderPlatform(shop({}, emission), releases).diagnostics
    expect(`${found?.code} ${found?.at.pointer} ${found?.message}`).toContain(`model/argocd-setting ${expected}`)
  })

  test('rendering into the branch that is rendered', () => {
    const declared = shop(
      {},
      {},
      {
        environments: {
          staging: {
            namespace: 'shop',
            cluster: 'us',
            revision: 'refs/heads/main',
            argocd: { hydrator: { targetBranch: 'main' } },
          },
        },
      },
    )
    const [found] = renderPlatform(declared, releases).diagnostics
    expect(`${found?.at.pointer} ${found?.message}`).toContain(
      '/environments/staging/argocd/hydrator/targetBranch "main" is the branch',
    )
  })
})

const catalog = openCatalog(path => readFileSync(`schemas/${path}`, 'utf8'))

/** Everything but infos: schema, lints, simulation. */
function complaints(tree: FileTree): readonly string[] {
  const objects = [...tree].flatMap(([file, text]) =>
    file.startsWith('argocd/') && !file.endsWith('kustomization.yaml')
      ? parseYaml(text, file).value.flatMap(({ value, document }) => toResource(value, { file, document }) ?? [])
      : [],
  )
  const profile: Profile = { production: true, kubernetes: ['1.34'], argocd: { applicationHealthCheck: true } }
  const set = resourceSet(objects)
  const builder = createBuilder(tree)
  const checker = createSchemaChecker(catalog, { versions: ['1.34'] })
  const schema = objects.flatMap(object => checker.check(object).findings)
  const found = [
    ...runRules(argocdRules, { profile, resources: set, graph: buildGraph(set) }),
    ...checkArgoCd({
      applications: objects.filter(isApplication),
      projects: objects.filter(isAppProject),
      applicationSets: objects.filter(isApplicationSet),
      tree,
      render: (directory, edited) => (edited === undefined ? builder : createBuilder(edited)).build(directory),
      profile,
      repoURLs: [repository],
      clusters: [
        { name: 'eu-1', server: 'https://eu' },
        { name: 'us-1', server: 'https://us' },
      ],
    }),
  ].filter(({ severity }) => severity !== 'info')
  expect(objects.length).toBeGreaterThan(3)
  return [...schema, ...found].map(({ code, message }) => `${code} ${message}`)
}

/** What a lint rightly warns of, chosen on purpose. */
const warnedOf = new Set<keyof ArgoCdSettings>(['syncOptions', 'prune', 'selfHeal', 'deletion'])

describe('what is written passes what is checked', () => {
  test.each(written.filter(({ setting }) => !warnedOf.has(setting)))('$setting: $value', ({ setting, value }) => {
    expect(complaints(render(shop({ [setting]: value })))).toEqual([])
  })

  test('all settings at once', () => {
    const all = Object.fromEntries(
      written
        .filter(({ setting }) => !warnedOf.has(setting) && setting !== 'sync')
        .map(({ setting, value }) => [setting, value]),
    )
    expect(complaints(render(shop(all)))).toEqual([])
  })

  test.each<[string, ArgoCdEmission]>([
    ['no root', { root: false }],
    [
      'a root synced by hand, with messages',
      { root: { sync: 'manual', notifications: [{ service: 'slack', recipients: ['a'] }] } },
    ],
    ['ApplicationSet by list', { applicationSet: { generator: 'list' } }],
    ['ApplicationSet by directory', { applicationSet: { generator: 'git-directory' } }],
    ['ApplicationSet by matrix', { applicationSet: { generator: 'matrix', clusters: ['eu', 'us'] } }],
    ['labels', { labels: { team: 'shop' } }],
  ])('%s', (_, emission) => {
    const production = {
      roles: [{ name: 'ci' }],
      syncWindows: [{ kind: 'deny', schedule: '0 22 * * *', duration: '8h' }],
    }
    expect(complaints(render(shop(production, emission)))).toEqual([])
  })
})
