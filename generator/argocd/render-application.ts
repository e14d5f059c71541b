// The Application of one environment: source, destination, sync policy and annotations, nothing that is a default.

import { jsonText } from '../manifest/json-text.ts'
import { valueAt } from '../manifest/pointer.ts'
import type { Resource } from '../manifest/resource.ts'
import {
  argoApiVersion,
  cascadeFinalizer,
  type Application,
  type ApplicationSpec,
  type ResourceIgnoreDifferences,
  type RetryStrategy,
  type SyncPolicy,
} from './application.ts'
import type { ArgoCdEnvironment, ArgoCdInput, Notification, SyncMode } from './argocd-input.ts'
import { manifestGeneratePaths } from './generate-paths.ts'
import { derivedIgnoreDifferences } from './ignored-differences.ts'
import { createsNamespace, destinationOf } from './permissions.ts'
import { present } from './present.ts'

/** Five attempts, 5 s doubling to 3 min, each on the newest revision instead of the failed one (docs/user-guide/auto_sync.md). */
export const defaultRetry: RetryStrategy = {
  limit: 5,
  refresh: true,
  backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
}

/** Client-side apply stores the object in an annotation; annotations hold at most this many bytes. */
const annotationLimit = 262_144

export function renderApplication(input: ArgoCdInput, environment: ArgoCdEnvironment): Application {
  const name = `${input.platform}-${environment.name}`
  return {
    apiVersion: argoApiVersion,
    kind: 'Application',
    metadata: {
      name,
      namespace: input.controlPlaneNamespace ?? 'argocd',
      labels: { ...commonLabels(input), environment: environment.name, ...environment.labels },
      ...present({ annotations: annotationsOf(environment), finalizers: finalizersOf(environment) }),
    },
    spec: applicationSpec(input, environment, name),
  }
}

/** Labels of every object written here. `part-of` groups an app of apps in Argo CD's delete dialogs. */
export function commonLabels(input: ArgoCdInput): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/part-of': input.platform, ...input.labels }
}

function applicationSpec(input: ArgoCdInput, environment: ArgoCdEnvironment, project: string): ApplicationSpec {
  const ignored = [...derivedIgnoreDifferences(environment.resources), ...(environment.ignoreDifferences ?? [])]
  return {
    project,
    ...sourceOf(environment.repoURL ?? input.repoURL, environment),
    destination: destinationOf(environment),
    syncPolicy: syncPolicyOf(environment, ignored),
    ...present({
      ignoreDifferences: ignored,
      info: environment.info,
      revisionHistoryLimit: environment.revisionHistoryLimit,
    }),
  }
}

function sourceOf(repoURL: string, environment: ArgoCdEnvironment): Pick<ApplicationSpec, 'source' | 'sourceHydrator'> {
  const { targetRevision, path, hydrator } = environment
  const source = { repoURL, targetRevision, path }
  if (hydrator === undefined) return { source }
  return {
    sourceHydrator: {
      drySource: source,
      syncSource: {
        ...present({ repoURL: hydrator.repoURL }),
        targetBranch: hydrator.targetBranch,
        path: hydrator.path ?? path,
      },
      ...(hydrator.stagingBranch === undefined ? {} : { hydrateTo: { targetBranch: hydrator.stagingBranch } }),
    },
  }
}

function syncPolicyOf(environment: ArgoCdEnvironment, ignored: readonly ResourceIgnoreDifferences[]): SyncPolicy {
  return {
    ...present({
      automated: automatedOf(environment.sync ?? 'automated', environment.prune ?? true, environment.selfHeal ?? true),
      managedNamespaceMetadata: createsNamespace(environment) ? environment.managedNamespaceMetadata : undefined,
    }),
    retry: environment.retry ?? defaultRetry,
    ...present({ syncOptions: syncOptionsOf(environment, ignored) }),
  }
}

/** The `automated` block; an empty one is kept, because Argo CD reads its presence. */
export function automatedOf(
  sync: SyncMode,
  prune: boolean,
  selfHeal: boolean,
): NonNullable<SyncPolicy['automated']> | undefined {
  if (sync === 'manual') return undefined
  const frozen = sync === 'frozen' ? { enabled: false as const } : {}
  return { ...frozen, ...(prune ? { prune: true as const } : {}), ...(selfHeal ? { selfHeal: true as const } : {}) }
}

function syncOptionsOf(
  environment: ArgoCdEnvironment,
  ignored: readonly ResourceIgnoreDifferences[],
): readonly string[] {
  const propagation = environment.prunePropagation ?? 'foreground'
  const options: readonly (readonly [option: string, on: boolean])[] = [
    ['ApplyOutOfSyncOnly=true', environment.applyOutOfSyncOnly ?? false],
    ['CreateNamespace=true', createsNamespace(environment)],
    ['FailOnSharedResource=true', environment.failOnSharedResource ?? true],
    ['PruneLast=true', environment.pruneLast ?? true],
    [`PrunePropagationPolicy=${propagation}`, propagation !== 'foreground'],
    // Without it, sync writes the ignored fields all the same (docs/user-guide/sync-options.md).
    ['RespectIgnoreDifferences=true', ignored.length > 0],
    ['ServerSideApply=true', appliesServerSide(environment)],
  ]
  const chosen = options.filter(([, on]) => on).map(([option]) => option)
  return [...new Set([...chosen, ...(environment.syncOptions ?? [])])].sort()
}

function appliesServerSide(environment: ArgoCdEnvironment): boolean {
  return environment.serverSideApply ?? environment.resources.some(isTooBig)
}

function isTooBig(resource: Resource): boolean {
  const annotations = valueAt(resource.object, '/metadata/annotations')
  return jsonText(resource.object).length + jsonText(annotations ?? {}).length > annotationLimit
}

function annotationsOf(environment: ArgoCdEnvironment): Readonly<Record<string, string>> {
  const { kargo, syncWave } = environment
  return {
    'argocd.argoproj.io/manifest-generate-paths': manifestGeneratePaths(environment.path, environment.inputs),
    // Server-side apply without server-side diff compares with a strategy Argo CD has given up (docs/user-guide/diff-strategies.md).
    ...(appliesServerSide(environment) ? { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } : {}),
    ...(syncWave === undefined || syncWave === 0 ? {} : { 'argocd.argoproj.io/sync-wave': String(syncWave) }),
    ...(kargo === undefined ? {} : { 'kargo.akuity.io/authorized-stage': `${kargo.project}:${kargo.stage}` }),
    ...subscriptions(environment.notifications ?? [], environment.production),
    ...environment.annotations,
  }
}

/** Triggers of Argo CD's notification catalogue (docs/operator-manual/notifications/catalog.md). */
const failureTriggers = ['on-health-degraded', 'on-sync-failed']
const productionTriggers = ['on-deployed', ...failureTriggers, 'on-sync-status-unknown']

/** `notifications.argoproj.io/subscribe.<trigger>.<service>: recipient;recipient`. */
export function subscriptions(
  notifications: readonly Notification[],
  production: boolean,
): Readonly<Record<string, string>> {
  const all = notifications.flatMap(({ service, recipients, triggers }) =>
    (triggers ?? (production ? productionTriggers : failureTriggers)).map(
      trigger => [`notifications.argoproj.io/subscribe.${trigger}.${service}`, recipients.join(';')] as const,
    ),
  )
  return Object.fromEntries(all)
}

function finalizersOf({ deletion = 'orphan' }: ArgoCdEnvironment): readonly string[] {
  if (deletion === 'orphan') return []
  return [`${cascadeFinalizer}/${deletion === 'cascade' ? 'foreground' : 'background'}`]
}
