// What an AppProject permits, decided as Argo CD 3.5 decides it (pkg/apis/application/v1alpha1/app_project_types.go and
// types.go, isResourceInList). A verdict is `unknown`, never a guess, where Argo CD would ask its cluster list.

import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import type { Scope } from '../resource-scope.ts'
import { inCluster } from '../application.ts'
import { normalizeGitUrl } from './git-url.ts'
import { matchesFilePath, matchesGlob } from './glob.ts'
import { isMisreadGlob } from './misread-glob.ts'
import { destinationView, listAt, type DestinationView } from './read-argocd.ts'

export type Verdict =
  | { readonly permitted: true }
  | { readonly permitted: false; readonly reason: string; readonly pointer: string }
  | { readonly permitted: 'unknown'; readonly reason: string }

const yes: Verdict = { permitted: true }

/**
 * Whether a project permits a source repository. A `!` pattern refuses what it names, and by itself permits every other
 * repository (IsSourcePermitted).
 */
export function permitsSource(project: YamlMap, repoURL: string): Verdict {
  const wanted = normalizeGitUrl(repoURL)
  const entries = (listAt(project, '/spec/sourceRepos') ?? []).map(value => {
    const written = asString(value) ?? ''
    return { written, denies: denies(written), pattern: normalizeGitUrl(written.replace(/^!/, '')) }
  })
  const unsure = misread(entries.map(({ pattern }) => pattern))
  if (unsure !== undefined) return unsure
  let any = false
  for (const [index, entry] of entries.entries()) {
    const { written, pattern } = entry
    const matched = (pattern === '*' && !entry.denies) || matchesGlob(pattern, wanted, '/') !== entry.denies
    if (matched) any = true
    else if (entry.denies) return no(`"${written}" refuses repository "${repoURL}"`, `/spec/sourceRepos/${index}`)
  }
  return any ? yes : no(`no entry of sourceRepos matches repository "${repoURL}"`, '/spec/sourceRepos')
}

/** A verdict that hangs on a glob which Argo CD's library reads otherwise than it is written is not guessed. */
function misread(globs: readonly string[]): Verdict | undefined {
  const glob = globs.find(written => isMisreadGlob(written.replace(/^!/, '')))
  return glob === undefined
    ? undefined
    : { permitted: 'unknown', reason: `Argo CD does not match "${glob}" as it is written` }
}

/** Clusters whose name and URL are both known; Argo CD's own is always. */
export type KnownClusters = readonly { readonly name: string; readonly server: string }[]

/**
 * Whether a project permits a destination. Argo CD matches both the name and the URL of the cluster, whichever of them
 * the Application wrote (isDestinationMatched); where the other one is not known here and decides, the verdict is unknown.
 */
export function permitsDestination(
  project: YamlMap,
  destination: DestinationView,
  clusters: KnownClusters = [],
): Verdict {
  const items = (listAt(project, '/spec/destinations') ?? []).map(destinationView)
  const unsure = misread(items.flatMap(({ name, server, namespace }) => [name, server, namespace]))
  if (unsure !== undefined) return unsure
  const full = completeDestination(destination, clusters)
  if (full.name !== '' && full.server !== '') return verdictOn(items, full, destination)
  const missing = full.name === '' ? 'name' : 'server'
  const outcomes = possibleOutcomes(items, full, missing)
  const [first] = outcomes
  if (outcomes.size === 1 && first !== undefined) return first ? scopedClusters(project) : refused(destination)
  return {
    permitted: 'unknown',
    reason: `the project matches the cluster's ${missing === 'name' ? 'name' : 'URL'}, which is not known for ${describe(destination)}`,
  }

  function verdictOn(entries: readonly DestinationView[], known: DestinationView, shown: DestinationView): Verdict {
    const matched = matchesDestination(entries, (pattern, side) => globMatch(pattern, known[side]), known)
    return matched ? scopedClusters(project) : refused(shown)
  }
}

function scopedClusters(project: YamlMap): Verdict {
  if (asMap(project['spec'])['permitOnlyProjectScopedClusters'] !== true) return yes
  return {
    permitted: 'unknown',
    reason: 'the project permits only clusters registered for it, and registrations are not in Git',
  }
}

function refused(destination: DestinationView): Verdict {
  return no(`no entry of destinations matches ${describe(destination)}`, '/spec/destinations')
}

function describe({ name, server, namespace }: DestinationView): string {
  return `cluster "${name === '' ? server : name}", namespace "${namespace}"`
}

/** Fills in the other of name and URL where it is known. */
export function completeDestination(destination: DestinationView, clusters: KnownClusters = []): DestinationView {
  const known = [inCluster, ...clusters].find(
    cluster => cluster.server === destination.server.replace(/\/$/, '') || cluster.name === destination.name,
  )
  if (known === undefined || (destination.name !== '' && destination.server !== '')) return destination
  return { ...destination, name: known.name, server: known.server }
}

type Matches = (pattern: string, side: 'name' | 'server') => boolean

/** Entry by entry, in order: a match permits, and a `!` that fails to match refuses at once. */
function matchesDestination(
  items: readonly DestinationView[],
  match: Matches,
  { namespace }: DestinationView,
): boolean {
  let any = false
  for (const item of items) {
    const matched = {
      name: match(item.name, 'name'),
      server: match(item.server, 'server'),
      namespace: globMatch(item.namespace, namespace),
    }
    if ((matched.server || matched.name) && matched.namespace) any = true
    else if (refuses(item, matched)) return false
  }
  return any
}

/** A `!` cluster name refuses in every namespace; a `!` URL and a `!` namespace only where the other side matches. */
function refuses(
  item: DestinationView,
  matched: { readonly name: boolean; readonly server: boolean; readonly namespace: boolean },
): boolean {
  if (!matched.name && denies(item.name)) return true
  if (!matched.server && denies(item.server) && matched.namespace) return true
  return !matched.namespace && denies(item.namespace) && matched.server
}

/** Every verdict that some value of the missing side could give; patterns on it are taken as independent. */
function possibleOutcomes(
  items: readonly DestinationView[],
  known: DestinationView,
  missing: 'name' | 'server',
): ReadonlySet<boolean> {
  const open = [...new Set(items.map(item => item[missing]))].filter(pattern => pattern !== '' && pattern !== '*')
  if (open.length > 8) return new Set([true, false])
  const outcomes = new Set<boolean>()
  for (let choice = 0; choice < 2 ** open.length; choice += 1) {
    const match: Matches = (pattern, side) => {
      if (side !== missing) return globMatch(pattern, known[side])
      const index = open.indexOf(pattern)
      return index < 0 ? pattern === '*' : Math.floor(choice / 2 ** index) % 2 === 1
    }
    outcomes.add(matchesDestination(items, match, known))
  }
  return outcomes
}

function globMatch(pattern: string, value: string): boolean {
  if (denies(pattern)) return !matchesGlob(pattern.slice(1), value)
  return pattern === '*' || matchesGlob(pattern, value)
}

function denies(pattern: string): boolean {
  return pattern.startsWith('!')
}

export interface ObjectIdentity {
  readonly group: string
  readonly kind: string
  readonly name: string
}

/**
 * Whether a project permits a kind (and, for cluster-scoped kinds, a name). Namespaced: a missing whitelist permits all,
 * an empty one nothing. Cluster-scoped: a missing and an empty whitelist permit nothing. A blacklist always wins
 * (IsGroupKindNamePermitted).
 */
export function permitsKind(project: YamlMap, object: ObjectIdentity, scope: Scope): Verdict {
  const prefix = scope === 'cluster' ? 'cluster' : 'namespace'
  const whitelist = listAt(project, `/spec/${prefix}ResourceWhitelist`)
  const blacklist = listAt(project, `/spec/${prefix}ResourceBlacklist`) ?? []
  const shown = `${object.kind}${object.group === '' ? '' : `.${object.group}`}`
  const listed = (whitelist ?? []).some(item => matchesObject(asMap(item), object, scope))
  if (!listed && !(scope === 'namespaced' && whitelist === undefined)) {
    return no(
      `${prefix}ResourceWhitelist does not list ${shown}${nameNote(object, scope)}`,
      `/spec/${prefix}ResourceWhitelist`,
    )
  }
  const denied = blacklist.findIndex(item => matchesObject(asMap(item), object, scope))
  if (denied < 0) return yes
  return no(
    `${prefix}ResourceBlacklist refuses ${shown}${nameNote(object, scope)}`,
    `/spec/${prefix}ResourceBlacklist/${denied}`,
  )
}

function nameNote({ name }: ObjectIdentity, scope: Scope): string {
  return scope === 'cluster' ? ` named "${name}"` : ''
}

/** Kind and group by filepath.Match; names only in the cluster lists, where a missing one stands for all. */
function matchesObject(item: YamlMap, { group, kind, name }: ObjectIdentity, scope: Scope): boolean {
  const kindAndGroup =
    matchesFilePath(asString(item['kind']) ?? '', kind) && matchesFilePath(asString(item['group']) ?? '', group)
  if (!kindAndGroup || scope === 'namespaced') return kindAndGroup
  const pattern = asString(item['name']) ?? ''
  return pattern === '' || matchesFilePath(pattern, name)
}

/**
 * Whether a project permits an object on its way to a destination: its kind, and for namespaced objects the namespace it
 * lands in (controller/sync.go, validateSyncPermissions).
 * @param scope undefined where it is not known: Argo CD asks the API server, so where the two lists disagree the verdict is unknown
 */
export function permitsObject(
  project: YamlMap,
  object: ObjectIdentity & { readonly namespace?: string },
  scope: Scope | undefined,
  destination: DestinationView,
  clusters: KnownClusters = [],
): Verdict {
  if (scope === undefined) {
    const cluster = permitsObject(project, object, 'cluster', destination, clusters)
    const namespaced = permitsObject(project, object, 'namespaced', destination, clusters)
    if (cluster.permitted === namespaced.permitted) return namespaced
    return {
      permitted: 'unknown',
      reason: `whether ${object.kind}${object.group === '' ? '' : `.${object.group}`} is cluster-scoped is not known: nothing here defines it`,
    }
  }
  const kind = permitsKind(project, object, scope)
  if (kind.permitted !== true || scope === 'cluster') return kind
  return permitsDestination(project, { ...destination, namespace: object.namespace ?? destination.namespace }, clusters)
}

/**
 * Whether Applications of a namespace may use the project: those of the control plane always, others by sourceNamespaces,
 * whose entries are globs or `/regular expressions/` (IsAppNamespacePermitted).
 */
export function permitsApplicationNamespace(project: YamlMap, namespace: string, controlPlane: string): Verdict {
  if (namespace === '' || namespace === controlPlane) return yes
  const patterns = (listAt(project, '/spec/sourceNamespaces') ?? []).map(value => asString(value) ?? '')
  if (patterns.some(pattern => matchesPattern(pattern, namespace))) return yes
  const foreign = patterns.find(pattern => isExpression(pattern) && foreignSyntax.test(pattern))
  if (foreign !== undefined) return { permitted: 'unknown', reason: `"${foreign}" uses syntax of regexp2 alone` }
  return no(`sourceNamespaces does not list namespace "${namespace}"`, '/spec/sourceNamespaces')
}

/** Inline options, .NET's anchors, atomic groups and conditions, which JavaScript reads otherwise or not at all. */
const foreignSyntax = /\(\?[^:=!<]|\\[AZzGKQE]|\[\[:/

function isExpression(pattern: string): boolean {
  return pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/')
}

function matchesPattern(pattern: string, text: string): boolean {
  if (isExpression(pattern)) return !foreignSyntax.test(pattern) && matchesExpression(pattern.slice(1, -1), text)
  return matchesGlob(pattern, text)
}

/**
 * Argo CD uses regexp2, whose syntax is near JavaScript's; an expression that does not compile matches nothing. Repeated
 * groups that repeat inside are not tried: they could take for ever.
 */
function matchesExpression(expression: string, text: string): boolean {
  if (/[*+}]\)[*+{]/.test(expression) || text.length > 253) return false
  try {
    return new RegExp(expression).test(text)
  } catch {
    return false
  }
}

/**
 * The service account a sync impersonates: that of the first entry whose server and namespace match. Undefined when none
 * does, which fails the sync where impersonation is on (util/settings/impersonation.go).
 * @param applicationNamespace completes an account without a namespace, where the destination names none either
 */
export function impersonatedAccount(
  project: YamlMap,
  destination: DestinationView,
  applicationNamespace: string,
): string | undefined {
  const namespace = destination.namespace === '' ? applicationNamespace : destination.namespace
  const entry = (listAt(project, '/spec/destinationServiceAccounts') ?? []).find(value => {
    const item = destinationView(value)
    return matchesGlob(item.server, destination.server) && matchesGlob(item.namespace, destination.namespace)
  })
  const account = asString(asMap(entry)['defaultServiceAccount'])
  if (account === undefined || account.trim() === '' || /[!*[\]{}\\/]/.test(account)) return undefined
  return `system:serviceaccount:${account.includes(':') ? account : `${namespace}:${account}`}`
}

function no(reason: string, pointer: string): Verdict {
  return { permitted: false, reason, pointer }
}
