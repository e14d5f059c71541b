// PodDisruptionBudgets. Follows pkg/apis/policy/validation/validation.go (ValidatePodDisruptionBudgetSpec).

import { refuseAmountFault } from './amounts.ts'
import { at, isSet } from './field.ts'
import { refuseEmpty, type Inspection } from './inspection.ts'
import { inspectSelector } from './selector.ts'

const name = 'invalid-disruption-budget'

export function inspectDisruptionBudget(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const available = at(spec, 'minAvailable')
  const unavailable = at(spec, 'maxUnavailable')
  if (isSet(available) && isSet(unavailable)) {
    inspection.refuse(name, {
      at: unavailable,
      on: 'key',
      message: 'minAvailable and maxUnavailable must not both be set',
      help: 'Keep one of them.',
    })
  }
  refuseAmountFault(inspection, name, { field: available })
  refuseAmountFault(inspection, name, { field: unavailable })
  refuseEmpty(inspection, at(spec, 'unhealthyPodEvictionPolicy'), {
    what: 'unhealthyPodEvictionPolicy',
    inSchema: true,
  })
  inspectSelector(inspection, at(spec, 'selector'))
}
