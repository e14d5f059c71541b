// Workloads that are variants of one application on purpose: the same labels but for one that names the variant.

import type { Workload } from '../../graph/graph.ts'
import { labelText } from '../../manifest/label-selector.ts'

/** Labels that people use to tell variants apart (https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments). */
const variantLabels = [
  'track',
  'version',
  'app.kubernetes.io/version',
  'release',
  'color',
  'colour',
  'slot',
  'variant',
  'stage',
  'zone',
  'shard',
]

/** Whether one of the labels meant for it tells all the workloads apart. */
export function areVariants(workloads: readonly Workload[]): boolean {
  return variantLabels.some(label => {
    const values = workloads.map(workload => labelText(workload.labels[label]))
    return !values.includes(undefined) && new Set(values).size === values.length
  })
}
