// What a project permits, row by row with the place in Argo CD 3.5 that decides it.
// types.go and app_project_types.go are in pkg/apis/application/v1alpha1/; docs are under docs/.

import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { asMap, type YamlMap } from '../../../generator/manifest/value.ts'
import {
  impersonatedAccount,
  permitsApplicationNamespace,
  permitsDestination,
  permitsKind,
  permitsObject,
  permitsSource,
} from '../../../generator/argocd/simulate/project-permission.ts'

function project(spec: string): YamlMap {
  const text = `spec: ${spec}\n`
  return asMap(parseYaml(text, 'project.yaml').value[0]?.value)
}

const here = 'https://kubernetes.default.svc'
const isSource = 'app_project_types.go IsSourcePermitted'
const isDestination = 'app_project_types.go isDestinationMatched'
const isKind = 'app_project_types.go IsGroupKindNamePermitted'

interface Row {
  readonly why: string
  readonly source: string
  readonly spec: string
  readonly ask: string
  readonly expected: boolean | 'unknown'
}

/* oxlint-disable max-lines -- a table */
const sources: readonly Row[] = [
  {
    why: 'a wildcard as scheme is no URL',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["*://github.com/o/r"]}',
    ask: 'https://github.com/o/r',
    expected: false,
  },
  {
    why: 'exact',
    source: isSource,
    spec: '{sourceRepos: ["https://github.com/o/r"]}',
    ask: 'https://github.com/o/r',
    expected: true,
  },
  {
    why: 'another repository',
    source: isSource,
    spec: '{sourceRepos: ["https://github.com/o/r"]}',
    ask: 'https://github.com/o/r2',
    expected: false,
  },
  {
    why: '.git is the same',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["https://github.com/o/r"]}',
    ask: 'https://github.com/o/r.git',
    expected: true,
  },
  {
    why: 'case is the same',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["https://github.com/O/R"]}',
    ask: 'https://GITHUB.com/o/r',
    expected: true,
  },
  {
    why: 'scp form is the ssh URL',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["git@github.com:o/r.git"]}',
    ask: 'ssh://git@github.com/o/r',
    expected: true,
  },
  {
    why: 'ssh is not https',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["https://github.com/o/r"]}',
    ask: 'git@github.com:o/r',
    expected: false,
  },
  {
    why: '* is everything',
    source: 'docs/user-guide/projects.md, the default project',
    spec: '{sourceRepos: ["*"]}',
    ask: 'https://x/a/b/c',
    expected: true,
  },
  {
    why: '* stops at a slash',
    source: isSource,
    spec: '{sourceRepos: ["https://github.com/o/*"]}',
    ask: 'https://github.com/o/a/b',
    expected: false,
  },
  {
    why: '** does not',
    source: isSource,
    spec: '{sourceRepos: ["https://github.com/o/**"]}',
    ask: 'https://github.com/o/a/b',
    expected: true,
  },
  {
    why: '* in the middle',
    source: isSource,
    spec: '{sourceRepos: ["https://*.com/o/r"]}',
    ask: 'https://github.com/o/r',
    expected: true,
  },
  { why: 'missing list permits nothing', source: isSource, spec: '{}', ask: 'https://github.com/o/r', expected: false },
  {
    why: 'empty list permits nothing',
    source: isSource,
    spec: '{sourceRepos: []}',
    ask: 'https://github.com/o/r',
    expected: false,
  },
  {
    why: 'denied',
    source: isSource,
    spec: '{sourceRepos: ["!https://github.com/o/r"]}',
    ask: 'https://github.com/o/r',
    expected: false,
  },
  {
    why: 'a denial alone permits the others',
    source: isSource,
    spec: '{sourceRepos: ["!https://github.com/o/r"]}',
    ask: 'https://github.com/o/other',
    expected: true,
  },
  {
    why: 'a denial wins over an earlier permission',
    source: 'docs/user-guide/projects.md, managing projects',
    spec: '{sourceRepos: ["*", "!https://github.com/o/r"]}',
    ask: 'https://github.com/o/r',
    expected: false,
  },
  {
    why: 'a denial wins over a later permission',
    source: isSource,
    spec: '{sourceRepos: ["!https://github.com/o/r", "*"]}',
    ask: 'https://github.com/o/r.git',
    expected: false,
  },
  {
    why: 'a denial with a glob',
    source: isSource,
    spec: '{sourceRepos: ["!https://gitlab.com/group/**", "*"]}',
    ask: 'https://gitlab.com/group/a/b',
    expected: false,
  },
  {
    why: 'a glob that does not compile',
    source: 'util/glob/glob.go Match',
    spec: '{sourceRepos: ["https://github.com/[o"]}',
    ask: 'https://github.com/[o',
    expected: false,
  },
  {
    why: 'alternatives: braces in a path are escaped before globs are matched',
    source: 'util/git/git.go NormalizeGitURL',
    spec: '{sourceRepos: ["https://github.com/{a,b}/r"]}',
    ask: 'https://github.com/b/r',
    expected: false,
  },
]

const destinations: readonly Row[] = [
  {
    why: 'a wildcard among alternatives in a longer glob',
    source: 'github.com/gobwas/glob v0.2.3, match/any_of.go Len',
    spec: `{destinations: [{server: "${here}", namespace: "{team-*,x}-n"}]}`,
    ask: `${here} | | team-a-n`,
    expected: 'unknown',
  },
  {
    why: 'exact server',
    source: isDestination,
    spec: `{destinations: [{server: "${here}", namespace: n}]}`,
    ask: `${here} | | n`,
    expected: true,
  },
  {
    why: 'another namespace',
    source: isDestination,
    spec: `{destinations: [{server: "${here}", namespace: n}]}`,
    ask: `${here} | | m`,
    expected: false,
  },
  { why: 'missing list', source: isDestination, spec: '{}', ask: `${here} | | n`, expected: false },
  {
    why: 'entry by name, asked by URL: its own cluster is known',
    source: 'util/db/cluster.go, local cluster',
    spec: '{destinations: [{name: in-cluster, namespace: n}]}',
    ask: `${here} | | n`,
    expected: true,
  },
  {
    why: 'entry by URL, asked by name',
    source: 'util/db/cluster.go, local cluster',
    spec: `{destinations: [{server: "${here}", namespace: n}]}`,
    ask: ' | in-cluster | n',
    expected: true,
  },
  {
    why: 'entry by name, asked by URL of an unknown cluster',
    source: 'util/argo/argo.go GetDestinationCluster',
    spec: '{destinations: [{name: prod, namespace: n}]}',
    ask: 'https://prod.example | | n',
    expected: 'unknown',
  },
  {
    why: 'the other side decides nothing',
    source: isDestination,
    spec: '{destinations: [{server: "https://prod.example", namespace: n}]}',
    ask: 'https://prod.example | | n',
    expected: true,
  },
  {
    why: 'another namespace decides alone',
    source: isDestination,
    spec: '{destinations: [{name: prod, namespace: n}]}',
    ask: 'https://prod.example | | m',
    expected: false,
  },
  {
    why: '* for the server',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: n}]}',
    ask: 'https://prod.example | | n',
    expected: true,
  },
  {
    why: '* for the server, asked by name',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: n}]}',
    ask: ' | prod | n',
    expected: true,
  },
  {
    why: 'glob namespace',
    source: 'docs/operator-manual/project.yaml',
    spec: `{destinations: [{server: "${here}", namespace: "guestbook-*"}]}`,
    ask: `${here} | | guestbook-a`,
    expected: true,
  },
  {
    why: 'no separators: * crosses dashes and slashes',
    source: isDestination,
    spec: '{destinations: [{server: "https://*", namespace: "*"}]}',
    ask: 'https://a/b | | n',
    expected: true,
  },
  {
    why: 'entry without namespace permits only the empty one',
    source: isDestination,
    spec: `{destinations: [{server: "${here}"}]}`,
    ask: `${here} | | n`,
    expected: false,
  },
  {
    why: 'Application without namespace',
    source: isDestination,
    spec: `{destinations: [{server: "${here}"}]}`,
    ask: `${here} | | `,
    expected: true,
  },
  {
    why: '* matches the empty namespace',
    source: isDestination,
    spec: `{destinations: [{server: "${here}", namespace: "*"}]}`,
    ask: `${here} | | `,
    expected: true,
  },
  {
    why: 'denied server',
    source: isDestination,
    spec: `{destinations: [{server: "!${here}", namespace: default}]}`,
    ask: `${here} | | default`,
    expected: false,
  },
  {
    why: 'a denied server alone permits other servers',
    source: isDestination,
    spec: '{destinations: [{server: "!https://my-cluster", namespace: default}]}',
    ask: `${here} | | default`,
    expected: true,
  },
  {
    why: 'a denied namespace alone permits other namespaces',
    source: isDestination,
    spec: `{destinations: [{server: "${here}", namespace: "!default"}]}`,
    ask: `${here} | | kube-system`,
    expected: true,
  },
  {
    why: 'a denied namespace glob',
    source: isDestination,
    spec: `{destinations: [{server: "${here}", namespace: "!test-*"}]}`,
    ask: `${here} | | test-foo`,
    expected: false,
  },
  {
    why: 'denial after permission',
    source: 'docs/user-guide/projects.md, managing projects',
    spec: '{destinations: [{server: "*", namespace: "*"}, {server: "*", namespace: "!kube-system"}]}',
    ask: `${here} | | kube-system`,
    expected: false,
  },
  {
    why: 'denial before permission',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: "!kube-system"}, {server: "*", namespace: "*"}]}',
    ask: `${here} | | kube-system`,
    expected: false,
  },
  {
    why: 'denied server in another namespace does not bite',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: test}, {server: "!https://t", namespace: other}]}',
    ask: 'https://t | | test',
    expected: true,
  },
  {
    why: 'denied namespace on another server does not bite',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: "*"}, {server: "https://t", namespace: "!other"}]}',
    ask: 'https://u | | other',
    expected: true,
  },
  {
    why: 'denied name',
    source: isDestination,
    spec: '{destinations: [{name: "*", namespace: "*"}, {name: "!test", namespace: "*"}]}',
    ask: ' | test | n',
    expected: false,
  },
  {
    why: 'denied name bites in every namespace',
    source: isDestination,
    spec: '{destinations: [{name: "*", namespace: "*"}, {name: "!test", namespace: other}]}',
    ask: ' | test | n',
    expected: false,
  },
  {
    why: 'a denied name alone permits other names',
    source: isDestination,
    spec: '{destinations: [{name: "!test2", namespace: "*"}]}',
    ask: ' | test | n',
    expected: true,
  },
  {
    why: 'a name denied, asked by URL',
    source: isDestination,
    spec: '{destinations: [{server: "*", namespace: "*"}, {name: "!test", namespace: "*"}]}',
    ask: 'https://t | | n',
    expected: 'unknown',
  },
  {
    why: 'project-scoped clusters',
    source: 'app_project_types.go IsDestinationPermitted',
    spec: `{permitOnlyProjectScopedClusters: true, destinations: [{server: "*", namespace: "*"}]}`,
    ask: `${here} | | n`,
    expected: 'unknown',
  },
  {
    why: 'project-scoped clusters, refused anyway',
    source: 'app_project_types.go IsDestinationPermitted',
    spec: `{permitOnlyProjectScopedClusters: true, destinations: [{server: "*", namespace: m}]}`,
    ask: `${here} | | n`,
    expected: false,
  },
]

const kinds: readonly Row[] = [
  { why: 'namespaced, no lists', source: isKind, spec: '{}', ask: 'namespaced apps/Deployment/x', expected: true },
  {
    why: 'namespaced, null whitelist is a missing one',
    source: isKind,
    spec: '{namespaceResourceWhitelist: null}',
    ask: 'namespaced apps/Deployment/x',
    expected: true,
  },
  {
    why: 'namespaced, empty whitelist',
    source: isKind,
    spec: '{namespaceResourceWhitelist: []}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: 'namespaced, listed',
    source: 'docs/operator-manual/project.yaml',
    spec: '{namespaceResourceWhitelist: [{group: apps, kind: Deployment}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: true,
  },
  {
    why: 'namespaced, another kind',
    source: isKind,
    spec: '{namespaceResourceWhitelist: [{group: apps, kind: Deployment}]}',
    ask: 'namespaced apps/StatefulSet/x',
    expected: false,
  },
  {
    why: 'a version in the group never matches',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: apps/v1, kind: Deployment}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: '"core" is not the core group',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: core, kind: Service}]}',
    ask: 'namespaced /Service/x',
    expected: false,
  },
  {
    why: 'the core group is empty',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: "", kind: Service}]}',
    ask: 'namespaced /Service/x',
    expected: true,
  },
  {
    why: 'a missing group is the core group',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{kind: Service}]}',
    ask: 'namespaced /Service/x',
    expected: true,
  },
  {
    why: 'a missing group is not every group',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{kind: Deployment}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: '* matches the core group',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: "*", kind: "*"}]}',
    ask: 'namespaced /Service/x',
    expected: true,
  },
  {
    why: 'glob group',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: "*.k8s.io", kind: "*"}]}',
    ask: 'namespaced networking.k8s.io/Ingress/x',
    expected: true,
  },
  {
    why: 'kind is case-sensitive',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: apps, kind: deployment}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: 'braces are no alternatives here',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: apps, kind: "{Deployment,StatefulSet}"}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: '! is no denial here',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: apps, kind: "!StatefulSet"}]}',
    ask: 'namespaced apps/Deployment/x',
    expected: false,
  },
  {
    why: 'a blacklist alone',
    source: 'docs/operator-manual/project.yaml',
    spec: '{namespaceResourceBlacklist: [{group: "", kind: ResourceQuota}]}',
    ask: 'namespaced /ResourceQuota/x',
    expected: false,
  },
  {
    why: 'a blacklist leaves the others',
    source: isKind,
    spec: '{namespaceResourceBlacklist: [{group: "", kind: ResourceQuota}]}',
    ask: 'namespaced /LimitRange/x',
    expected: true,
  },
  {
    why: 'a blacklist wins',
    source: isKind,
    spec: '{namespaceResourceWhitelist: [{group: "*", kind: "*"}], namespaceResourceBlacklist: [{group: "", kind: Secret}]}',
    ask: 'namespaced /Secret/x',
    expected: false,
  },
  {
    why: 'an empty blacklist refuses nothing',
    source: isKind,
    spec: '{namespaceResourceBlacklist: []}',
    ask: 'namespaced /Secret/x',
    expected: true,
  },
  {
    why: 'names do not narrow namespaced entries',
    source: 'types.go isResourceInList',
    spec: '{namespaceResourceWhitelist: [{group: "", kind: Secret, name: a}]}',
    ask: 'namespaced /Secret/b',
    expected: true,
  },
  { why: 'cluster, no lists', source: isKind, spec: '{}', ask: 'cluster /Namespace/x', expected: false },
  {
    why: 'cluster, empty whitelist',
    source: isKind,
    spec: '{clusterResourceWhitelist: []}',
    ask: 'cluster /Namespace/x',
    expected: false,
  },
  {
    why: 'cluster, listed without name',
    source: 'docs/user-guide/projects.md, by name',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace}]}',
    ask: 'cluster /Namespace/x',
    expected: true,
  },
  {
    why: 'cluster, empty name is every name',
    source: 'types.go isNamedResourceInList',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace, name: ""}]}',
    ask: 'cluster /Namespace/x',
    expected: true,
  },
  {
    why: 'cluster, exact name',
    source: 'types.go isNamedResourceInList',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace, name: x}]}',
    ask: 'cluster /Namespace/x',
    expected: true,
  },
  {
    why: 'cluster, another name',
    source: 'types.go isNamedResourceInList',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace, name: x}]}',
    ask: 'cluster /Namespace/y',
    expected: false,
  },
  {
    why: 'cluster, glob name',
    source: 'docs/operator-manual/project.yaml',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace, name: "team1-*"}]}',
    ask: 'cluster /Namespace/team1-a',
    expected: true,
  },
  {
    why: 'cluster, blacklisted name',
    source: 'docs/operator-manual/project.yaml',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace}], clusterResourceBlacklist: [{group: "", kind: Namespace, name: "kube-*"}]}',
    ask: 'cluster /Namespace/kube-x',
    expected: false,
  },
  {
    why: 'cluster, another name than the blacklisted',
    source: isKind,
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace}], clusterResourceBlacklist: [{group: "", kind: Namespace, name: "kube-*"}]}',
    ask: 'cluster /Namespace/x',
    expected: true,
  },
  {
    why: 'a bad name pattern matches nothing',
    source: 'types.go isNamedResourceInList',
    spec: '{clusterResourceWhitelist: [{group: "", kind: Namespace, name: "[x"}]}',
    ask: 'cluster /Namespace/[x',
    expected: false,
  },
  {
    why: 'the namespaced list does not help a cluster-scoped kind',
    source: isKind,
    spec: '{namespaceResourceWhitelist: [{group: "*", kind: "*"}]}',
    ask: 'cluster /Namespace/x',
    expected: false,
  },
  {
    why: 'the cluster list does not help a namespaced kind',
    source: isKind,
    spec: '{namespaceResourceWhitelist: [], clusterResourceWhitelist: [{group: "*", kind: "*"}]}',
    ask: 'namespaced /Service/x',
    expected: false,
  },
]

const namespaces: readonly Row[] = [
  {
    why: 'an empty expression is a glob',
    source: 'util/glob/list.go MatchStringInList',
    spec: '{sourceNamespaces: ["//"]}',
    ask: 'team-a',
    expected: false,
  },
  {
    why: 'syntax that JavaScript reads otherwise',
    source: 'util/regex (regexp2)',
    spec: '{sourceNamespaces: ["/(?i)TEAM-a/"]}',
    ask: 'team-a',
    expected: 'unknown',
  },
  {
    why: "the control plane's",
    source: 'app_project_types.go IsAppNamespacePermitted',
    spec: '{}',
    ask: 'argocd',
    expected: true,
  },
  { why: 'none yet', source: 'app_project_types.go IsAppNamespacePermitted', spec: '{}', ask: '', expected: true },
  { why: 'another', source: 'docs/operator-manual/app-any-namespace.md', spec: '{}', ask: 'team', expected: false },
  {
    why: 'listed',
    source: 'docs/operator-manual/app-any-namespace.md',
    spec: '{sourceNamespaces: [team]}',
    ask: 'team',
    expected: true,
  },
  {
    why: 'glob',
    source: 'docs/operator-manual/project.yaml',
    spec: '{sourceNamespaces: ["argocd-apps-*"]}',
    ask: 'argocd-apps-a',
    expected: true,
  },
  {
    why: 'regular expression',
    source: 'util/glob/list.go',
    spec: '{sourceNamespaces: ["/^((?!prod).)$/", "/^team-[0-9]$/"]}',
    ask: 'team-1',
    expected: true,
  },
  {
    why: 'regular expression that does not match',
    source: 'util/glob/list.go',
    spec: '{sourceNamespaces: ["/^team-[0-9]$/"]}',
    ask: 'team-12',
    expected: false,
  },
  {
    why: '! is no denial here',
    source: 'util/glob/list.go',
    spec: '{sourceNamespaces: ["!team"]}',
    ask: 'other',
    expected: false,
  },
]

test('the tables have sixty rows and more, each with its source', () => {
  const all = [...sources, ...destinations, ...kinds, ...namespaces]
  expect(all.length).toBeGreaterThanOrEqual(60)
  expect(all.filter(row => row.source === '')).toEqual([])
})

describe('sources', () => {
  test.each(sources)('$why ($source)', ({ spec, ask, expected }) => {
    expect(permitsSource(project(spec), ask).permitted).toBe(expected)
  })
})

describe('destinations', () => {
  test.each(destinations)('$why ($source)', ({ spec, ask, expected }) => {
    const [server = '', name = '', namespace = ''] = ask.split('|').map(part => part.trim())
    expect(permitsDestination(project(spec), { server, name, namespace }).permitted).toBe(expected)
  })

  test('a declared pair of name and URL settles what was unknown', () => {
    const spec = project('{destinations: [{name: prod, namespace: n}]}')
    const asked = { server: 'https://prod.example', name: '', namespace: 'n' }
    expect(permitsDestination(spec, asked, [{ name: 'prod', server: 'https://prod.example' }]).permitted).toBe(true)
    expect(permitsDestination(spec, asked, [{ name: 'other', server: 'https://prod.example' }]).permitted).toBe(false)
  })
})

describe('kinds', () => {
  test.each(kinds)('$why ($source)', ({ spec, ask, expected }) => {
    const [scope, identity = ''] = ask.split(' ')
    const [group = '', kind = '', name = ''] = identity.split('/')
    expect(
      permitsKind(project(spec), { group, kind, name }, scope === 'cluster' ? 'cluster' : 'namespaced').permitted,
    ).toBe(expected)
  })
})

describe('namespaces of Applications', () => {
  test.each(namespaces)('$why ($source)', ({ spec, ask, expected }) => {
    expect(permitsApplicationNamespace(project(spec), ask, 'argocd').permitted).toBe(expected)
  })
})

describe('objects', () => {
  const spec = project(
    `{destinations: [{server: "${here}", namespace: n}], clusterResourceWhitelist: [{group: "", kind: Namespace}]}`,
  )
  const destination = { server: here, name: '', namespace: 'n' }

  test.each([
    {
      name: 'in the destination',
      object: { group: '', kind: 'Service', name: 's' },
      scope: 'namespaced',
      expected: true,
    },
    {
      name: 'in a namespace the project does not list',
      object: { group: '', kind: 'Service', name: 's', namespace: 'm' },
      scope: 'namespaced',
      expected: false,
    },
    {
      name: 'cluster-scoped: destinations do not matter',
      object: { group: '', kind: 'Namespace', name: 'm' },
      scope: 'cluster',
      expected: true,
    },
  ] as const)('$name (controller/sync.go validateSyncPermissions)', ({ object, scope, expected }) => {
    expect(permitsObject(spec, object, scope, destination).permitted).toBe(expected)
  })
})

describe('impersonation (util/settings/impersonation.go)', () => {
  const spec = project(
    '{destinationServiceAccounts: [{server: "https://a", namespace: "x*", defaultServiceAccount: first}, {server: "*", namespace: "*", defaultServiceAccount: "ops:second"}, {server: "https://c", namespace: n, defaultServiceAccount: "!"}]}',
  )

  test.each([
    { name: 'the first match', server: 'https://a', namespace: 'x1', expected: 'system:serviceaccount:x1:first' },
    {
      name: 'a namespace of its own',
      server: 'https://b',
      namespace: 'n',
      expected: 'system:serviceaccount:ops:second',
    },
  ])('$name', ({ server, namespace, expected }) => {
    expect(impersonatedAccount(spec, { server, name: '', namespace }, 'argocd')).toBe(expected)
  })

  test('none', () => {
    expect(
      impersonatedAccount(project('{}'), { server: 'https://a', name: '', namespace: 'n' }, 'argocd'),
    ).toBeUndefined()
  })

  test("the Application's namespace completes where the destination has none", () => {
    const any = project('{destinationServiceAccounts: [{server: "*", namespace: "*", defaultServiceAccount: sa}]}')
    expect(impersonatedAccount(any, { server: 'https://a', name: '', namespace: '' }, 'argocd')).toBe(
      'system:serviceaccount:argocd:sa',
    )
  })
})
