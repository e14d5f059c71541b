// The annotations Argo CD reads under its own domains, and the labels it reads there (docs/user-guide/annotations-and-labels.md,
// common/common.go of Argo CD 3.5). Whatever else stands under `argocd.argoproj.io/` is read by nothing.

/** The domain of the annotations. */
export const domain = 'argocd.argoproj.io'

/** Read on any object. */
const onAnyObject = [
  'compare-options',
  'health-aggregate-overrides',
  'hook',
  'hook-delete-policy',
  'ignore-default-links',
  'ignore-healthcheck',
  'ignore-resource-updates',
  'ignore-restart-policy',
  'skip-reconcile',
  'sync-options',
  'sync-wave',
]

/** Read on Applications alone. */
export const onApplications: readonly string[] = [
  'client-side-apply-migration-manager',
  'managed-by-url',
  'manifest-generate-paths',
]

/** Written by Argo CD, by a person who confirms something, or by `argocd app get --refresh`; gone once acted upon. */
export const requests: readonly string[] = [
  'application-set-refresh',
  'deletion-approved',
  'hydrate',
  'hydrate-timestamp',
  'refresh',
  'refresh-timestamp',
]

/** What objects are tracked by: `argocd/tracking-metadata` speaks of these. */
const tracking = ['installation-id', 'tracking-id']

/** Names of annotations after `argocd.argoproj.io/`. */
export const annotationNames: readonly string[] = [...onAnyObject, ...onApplications, ...requests, ...tracking].sort()

/** Names of labels after `argocd.argoproj.io/`; as annotations they are read by nothing. */
export const labelNames: readonly string[] = [
  'application-set-name',
  'auto-label-cluster-info',
  'instance',
  'kubernetes-version',
  'managed-by',
  'secret-type',
]

/** Domains below `argoproj.io` with annotations of their own, of Argo CD and of its sister projects: never taken for a misspelling. */
export const otherDomains: readonly string[] = [
  'analysis.argoproj.io',
  'argo-rollouts.argoproj.io',
  'argocd-agent.argoproj-labs.io',
  'argocd-image-updater.argoproj.io',
  'argocds.argoproj.io',
  'events.argoproj.io',
  'experiment.argoproj.io',
  'link.argocd.argoproj.io',
  'notice.argocd.argoproj.io',
  'notifications.argoproj.io',
  'notified.notifications.argoproj.io',
  'pref.argocd.argoproj.io',
  'promoter.argoproj.io',
  'rollout.argoproj.io',
  'rollouts.argoproj.io',
  'workflows.argoproj.io',
]
