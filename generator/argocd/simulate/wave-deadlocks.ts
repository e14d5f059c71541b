// Whether an earlier step of a sync waits for a later one: Argo CD goes on to the next wave only when this one is healthy
// (docs/user-guide/sync-waves.md), so an object that needs something of a later wave stops the first sync for ever.

import { compareSteps, type SyncPlan, type SyncTask } from './sync-order.ts'
import { isHealthGated, needsOf, type Need } from './needs.ts'

export interface Inversion extends Need {
  readonly consumerTask: SyncTask
  readonly providerTask: SyncTask
  /** `deadlock`: Argo CD waits for the consumer's health. `hook`: for the completion of a hook. `early`: nobody waits. */
  readonly effect: 'deadlock' | 'hook' | 'early'
}

/** Needs that point to a strictly later phase or wave, in the order of the plan. */
export function waveInversions(plan: SyncPlan): readonly Inversion[] {
  const { tasks } = plan
  return needsOf([...new Set(tasks.map(task => task.resource))]).flatMap(need => {
    const consumerTask = tasks.find(task => task.resource === need.consumer)
    const providerTask = tasks.find(task => task.resource === need.provider)
    if (consumerTask === undefined || providerTask === undefined) return []
    if (compareSteps(consumerTask, providerTask) >= 0) return []
    return [{ ...need, consumerTask, providerTask, effect: effectOf(consumerTask) }]
  })
}

function effectOf({ hook, resource }: SyncTask): Inversion['effect'] {
  if (hook) return 'hook'
  return isHealthGated(resource) ? 'deadlock' : 'early'
}
