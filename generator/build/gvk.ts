// Group, version and kind: how kustomize compares and orders them.
// Follows kyaml/resid/gvk.go.

export interface Gvk {
  /** '' means none, or any in a selector. */
  readonly group: string
  readonly version: string
  readonly kind: string
}

export const anyGvk: Gvk = { group: '', version: '', kind: '' }

export function gvkOf(apiVersion: string, kind: string): Gvk {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion, kind }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind }
}

/** Whether a selector, of which empty parts mean any, selects this kind. */
export function gvkIsSelected(gvk: Gvk, selector: Gvk): boolean {
  return (
    (selector.kind === '' || selector.kind === gvk.kind) &&
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version)
  )
}

const orderFirst = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const orderLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** Kinds that go first, and kinds that go last, in kustomize's `legacy` order. */
export const legacyOrder = { first: orderFirst, last: orderLast }

/** The rank of each listed kind: negative first, positive last; kinds that are not listed rank 0. */
export function kindRanks(first: readonly string[], last: readonly string[]): ReadonlyMap<string, number> {
  return new Map([
    ...first.map((kind, index) => [kind, index - first.length] as const),
    ...last.map((kind, index) => [kind, index + 1] as const),
  ])
}

const ranks = kindRanks(orderFirst, orderLast)

/** Kustomize's order of kinds: by rank, then by group, version and kind as text. */
export function compareGvk(a: Gvk, b: Gvk): number {
  const byRank = (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0)
  return byRank === 0 ? compareText(gvkSortText(a), gvkSortText(b)) : byRank
}

/** What kustomize sorts kinds by; missing parts sort last. */
export function gvkSortText(gvk: Gvk): string {
  return `${gvk.group || '~G'}_${gvk.version || '~V'}_${gvk.kind || '~K'}`
}

/** By bytes, as Go compares strings. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
