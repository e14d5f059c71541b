// What Argo CD would refuse, or take for something else, among settings of the right shape: found at the model entry, before anything
// is written. Schedules, durations, zones and kinds are judged by the modules that simulate Argo CD.

import { kindMistake } from '../argocd/kind-mistake.ts'
import { parseCron } from '../argocd/simulate/cron.ts'
import { parseDuration } from '../manifest/duration.ts'
import { isTimeZone } from '../argocd/simulate/sync-windows.ts'
import { hint } from '../diagnostics/suggest.ts'
import type { ArgoCdNotification, ArgoCdSettings, KindLists } from '../model/argocd-settings.ts'
import type { ModelFinding } from '../model/model-finding.ts'
import type { Cluster, Environment, Platform } from '../model/platform.ts'
import { environmentNames } from '../model/resolve.ts'

/** What is wrong, and where: keys and indices from the settings checked. */
interface Mistake {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What is wrong with the platform's and its environments' settings for Argo CD. */
export function* checkArgoCdSettings(platform: Platform): Iterable<ModelFinding> {
  const { argocd } = platform.settings
  const root = argocd?.root === false ? undefined : argocd?.root
  yield* findings(platform, ['argocd', 'root', 'notifications'], notificationMistakes(root?.notifications ?? []))
  yield* findings(platform, ['argocd', 'applicationSet'], matrixMistakes(platform))
  for (const name of environmentNames(platform)) {
    const environment = platform.settings.environments[name]
    if (environment?.argocd === undefined) continue
    const mistakes = [...settingMistakes(environment.argocd), ...hydratorMistakes(environment, platform)]
    yield* findings(platform, ['environments', name, 'argocd'], mistakes, name)
  }
}

function* findings(
  { site }: Platform,
  path: readonly string[],
  mistakes: Iterable<Mistake>,
  environment?: string,
): Iterable<ModelFinding> {
  for (const { path: inside, message } of mistakes) {
    yield {
      entry: { site, path: [...path, ...inside.map(String)] },
      code: 'model/argocd-setting',
      message,
      help: 'See docs/argo-cd.md for what the setting takes.',
      ...(environment === undefined ? {} : { environment }),
    }
  }
}

function* settingMistakes(settings: ArgoCdSettings): Iterable<Mistake> {
  yield* under(['retry'], retryMistakes(settings))
  yield* under(['syncWindows'], windowMistakes(settings))
  yield* under(['notifications'], notificationMistakes(settings.notifications ?? []))
  yield* under(['roles'], roleMistakes(settings))
  yield* under(['ignoreDifferences'], differenceMistakes(settings))
  yield* under(['permit'], listMistakes(settings.permit))
  yield* under(['deny'], listMistakes(settings.deny))
  const ignored = settings.orphanedResources === false ? [] : (settings.orphanedResources?.ignore ?? [])
  for (const [index, entry] of ignored.entries())
    yield* under(['orphanedResources', 'ignore', index], kindMistakes({ ...entry, kind: entry.kind ?? '*' }))
  yield* textMistakes(settings)
}

function* under(path: Mistake['path'], mistakes: Iterable<Mistake>): Iterable<Mistake> {
  for (const mistake of mistakes) yield { ...mistake, path: [...path, ...mistake.path] }
}

function* retryMistakes({ retry }: ArgoCdSettings): Iterable<Mistake> {
  const { limit, backoff } = retry ?? {}
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0))
    yield { path: ['limit'], message: `${limit} is no whole number from 0` }
  yield* durationMistakes(['backoff', 'duration'], backoff?.duration)
  yield* durationMistakes(['backoff', 'maxDuration'], backoff?.maxDuration)
}

function* durationMistakes(path: Mistake['path'], duration: string | undefined): Iterable<Mistake> {
  if (duration === undefined || parseDuration(duration) !== undefined) return
  yield {
    path,
    message: `"${duration}" is no duration: write hours, minutes and seconds, such as 1h30m; there are no days`,
  }
}

function* windowMistakes({ syncWindows = [] }: ArgoCdSettings): Iterable<Mistake> {
  for (const [index, { schedule, duration, timeZone }] of syncWindows.entries()) {
    const cron = parseCron(schedule)
    if (typeof cron === 'string') yield { path: [index, 'schedule'], message: `"${schedule}" is no schedule: ${cron}` }
    yield* durationMistakes([index, 'duration'], duration)
    if (timeZone !== undefined && !isTimeZone(timeZone))
      yield { path: [index, 'timeZone'], message: `"${timeZone}" is no time zone, so Argo CD would use UTC` }
  }
}

function* notificationMistakes(notifications: readonly ArgoCdNotification[]): Iterable<Mistake> {
  for (const [index, { service, recipients, triggers }] of notifications.entries()) {
    yield* formMistakes([index, 'service'], service, /^[\w-]+$/, 'name of a notification service')
    if (recipients.length === 0) yield { path: [index, 'recipients'], message: 'nobody is told: the list is empty' }
    for (const [at, recipient] of recipients.entries())
      yield* formMistakes([index, 'recipients', at], recipient, /^[^;]+$/, 'recipient: write one a text, without ";"')
    for (const [at, trigger] of (triggers ?? []).entries())
      yield* formMistakes([index, 'triggers', at], trigger, /^[\w-]+$/, 'name of a trigger')
  }
}

function* formMistakes(path: Mistake['path'], text: string | undefined, form: RegExp, what: string): Iterable<Mistake> {
  if (text !== undefined && !form.test(text)) yield { path, message: `"${text}" is no ${what}` }
}

const actions = ['*', 'create', 'delete', 'get', 'override', 'sync', 'update']
const roleName = /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/

function* roleMistakes({ roles = [] }: ArgoCdSettings): Iterable<Mistake> {
  for (const [index, role] of roles.entries()) {
    yield* formMistakes([index, 'name'], role.name, roleName, 'name of a role: letters, digits, "-" and "_"')
    for (const [at, action] of (role.actions ?? []).entries()) {
      if (actions.includes(action) || /^(action|update|delete)\/./.test(action)) continue
      yield {
        path: [index, 'actions', at],
        message: `"${action}" is no action on Applications${hint(action, actions)}`,
      }
    }
  }
}

function* differenceMistakes({ ignoreDifferences = [] }: ArgoCdSettings): Iterable<Mistake> {
  for (const [index, entry] of ignoreDifferences.entries()) {
    const { jsonPointers = [], jqPathExpressions = [], managedFieldsManagers = [] } = entry
    yield* under([index], kindMistakes(entry))
    for (const [at, pointer] of jsonPointers.entries())
      yield* formMistakes([index, 'jsonPointers', at], pointer, /^\//, 'JSON pointer: it begins with "/"')
    for (const [at, path] of jqPathExpressions.entries())
      yield* formMistakes([index, 'jqPathExpressions', at], path, /^\./, 'path in jq: it begins with "."')
    if (jsonPointers.length + jqPathExpressions.length + managedFieldsManagers.length === 0)
      yield { path: [index], message: 'the entry names no field to ignore' }
  }
}

function* listMistakes(lists: KindLists | undefined): Iterable<Mistake> {
  for (const name of ['cluster', 'namespaced'] as const) {
    for (const [index, entry] of (lists?.[name] ?? []).entries()) yield* under([name, index], kindMistakes(entry))
  }
}

function* kindMistakes(entry: { readonly group?: string; readonly kind: string }): Iterable<Mistake> {
  const wrong = kindMistake(entry.group ?? '', entry.kind)
  if (wrong !== undefined) yield { path: entry[wrong.field] === undefined ? [] : [wrong.field], message: wrong.message }
}

const keyId = /^[0-9A-Fa-f]{16}([0-9A-Fa-f]{24})?$/
const account = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?:)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

function* textMistakes({ syncOptions = [], signedBy, serviceAccount, kargo }: ArgoCdSettings): Iterable<Mistake> {
  for (const [index, option] of syncOptions.entries())
    yield* formMistakes(['syncOptions', index], option, /^[A-Za-z]+=\w+$/, 'sync option: write Name=value')
  if (signedBy?.keys.length === 0)
    yield { path: ['signedBy', 'keys'], message: 'no commit would be accepted: the list is empty' }
  for (const [index, key] of (signedBy?.keys ?? []).entries())
    yield* formMistakes(['signedBy', 'keys', index], key, keyId, 'key id: 16 hex digits, or a fingerprint of 40')
  yield* formMistakes(['serviceAccount'], serviceAccount, account, 'service account: write name, or namespace:name')
  yield* formMistakes(['kargo', 'project'], kargo?.project, /^[^:\s*]+$/, 'Kargo project')
  yield* formMistakes(['kargo', 'stage'], kargo?.stage, /^[^:\s*]+$/, 'Kargo stage')
}

/** Rendering must not write into the branch it reads, nor into the root of a branch. */
function* hydratorMistakes({ argocd, revision }: Environment, { settings }: Platform): Iterable<Mistake> {
  const { hydrator } = argocd ?? {}
  if (hydrator === undefined) return
  if (hydrator.path !== undefined && /^\.?\/*$/.test(hydrator.path))
    yield {
      path: ['hydrator', 'path'],
      message: `"${hydrator.path}" is the root of the branch, and Argo CD hydrates only into a directory`,
    }
  if ((hydrator.repoURL ?? settings.repository) !== settings.repository) return
  for (const field of ['targetBranch', 'stagingBranch'] as const) {
    if (hydrator[field] !== revision.replace(/^refs\/heads\//, '')) continue
    yield {
      path: ['hydrator', field],
      message: `"${hydrator[field]}" is the branch that is rendered, so rendering would write into its own source`,
    }
  }
}

/** A matrix needs clusters that Argo CD knows by a name. */
function* matrixMistakes({ settings: { argocd, clusters } }: Platform): Iterable<Mistake> {
  const { generator, clusters: names = [] } = argocd?.applicationSet ?? {}
  if (generator === 'matrix' && names.length === 0) yield { path: [], message: 'a matrix names the clusters it spans' }
  if (generator !== 'matrix' && names.length > 0)
    yield { path: ['clusters'], message: 'clusters are for the matrix generator alone' }
  for (const [index, name] of names.entries()) {
    const cluster = Object.hasOwn(clusters, name) ? clusters[name] : undefined
    const message = unnamed(name, cluster, Object.keys(clusters))
    if (message !== undefined) yield { path: ['clusters', index], message }
  }
}

function unnamed(name: string, cluster: Cluster | undefined, known: readonly string[]): string | undefined {
  if (cluster === undefined) return `no cluster "${name}"${hint(name, known)}`
  return 'name' in cluster
    ? undefined
    : `cluster "${name}" is declared by its server; a matrix needs the name Argo CD knows it by`
}
