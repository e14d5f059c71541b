// How many pods a component runs.

import type { Service, Worker } from '../model/component.ts'

export interface Replicas {
  /** The starting count; an autoscaler may change it. */
  readonly count: number
  /** The count that is always there. */
  readonly least: number
  readonly several: boolean
}

const defaultServiceReplicas = 2

export function replicasOf(component: Service | Worker): Replicas {
  const usual = component.type === 'service' ? defaultServiceReplicas : 1
  const count =
    component.type === 'worker' && component.settings.singleton === true ? 1 : (component.settings.replicas ?? usual)
  const least = component.settings.autoscale?.min ?? count
  return { count, least, several: least > 1 }
}
