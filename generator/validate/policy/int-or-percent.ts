// Numbers that may be written as a percentage, resolved the way the controllers round them.

import type { YamlValue } from '../../manifest/value.ts'

/**
 * The number behind an integer or a percentage of `total`; undefined for anything else.
 * Budgets and surge round up, maxUnavailable of a rollout rounds down:
 * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable and
 * https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages.
 */
export function intOrPercent(value: YamlValue | undefined, total: number, round: 'up' | 'down'): number | undefined {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  if (percent === undefined) return undefined
  const exact = (Number(percent) * total) / 100
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact)
}
