// How a new version replaces the old one.

export type Percentage = `${number}%`

export type Rollout =
  | { readonly type: 'rolling'; readonly maxSurge: number | Percentage; readonly maxUnavailable: number | Percentage }
  | { readonly type: 'recreate' }

/**
 * Replace pods a few at a time. Zero downtime by default: one extra pod, none missing.
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function rolling(
  limits: { readonly maxSurge?: number | Percentage; readonly maxUnavailable?: number | Percentage } = {},
): Rollout {
  return { type: 'rolling', maxSurge: 1, maxUnavailable: 0, ...limits }
}

/** Stop all old pods, then start new ones: for what must never run twice. */
export function recreate(): Rollout {
  return { type: 'recreate' }
}

/** Horizontal Pod Autoscaler: bounds, and average utilisation targets in percent of the requests. */
export interface Autoscale {
  readonly min: number
  readonly max: number
  readonly cpu?: number
  readonly memory?: number
}
