// How workloads replace their pods.
// Follows pkg/apis/apps/validation/validation.go (ValidateDeploymentStrategy, ValidateRollingUpdateDaemonSet,
// validateRollingUpdateStatefulSet) and the defaults in pkg/apis/apps/v1/defaults.go.

import { amountOf, refuseAmountFault } from './amounts.ts'
import { at, isSet, mapOf, text, type Field } from './field.ts'
import { quote, refuseOutside, refuseSet, type Inspection } from './inspection.ts'

const name = 'invalid-rollout'

/** `strategy` of a Deployment. */
export function inspectDeploymentStrategy(inspection: Inspection, strategy: Field): void {
  const rolling = at(strategy, 'rollingUpdate')
  if (text(at(strategy, 'type')) === 'Recreate') {
    refuseSet(
      inspection,
      rolling,
      'for strategy type "Recreate"',
      'Remove rollingUpdate: Recreate stops all pods first.',
    )
    return
  }
  if (mapOf(rolling) === undefined) return
  refuseAmountFault(inspection, name, { field: at(rolling, 'maxUnavailable') })
  refuseAmountFault(inspection, name, { field: at(rolling, 'maxSurge'), atMost100: false })
  if (amountOf(at(rolling, 'maxUnavailable')) !== 0 || amountOf(at(rolling, 'maxSurge')) !== 0) return
  inspection.refuse(name, {
    at: at(rolling, 'maxUnavailable'),
    message: 'maxUnavailable and maxSurge must not both be 0',
    help: 'Let one of them be 1 or more, or no pod can ever be replaced.',
  })
}

/** `updateStrategy` of a DaemonSet; maxUnavailable is 1 and maxSurge 0 where absent. */
export function inspectDaemonSetStrategy(inspection: Inspection, strategy: Field): void {
  const rolling = at(strategy, 'rollingUpdate')
  if (mapOf(rolling) === undefined || text(at(strategy, 'type')) === 'OnDelete') return
  const unavailable = at(rolling, 'maxUnavailable')
  const surge = at(rolling, 'maxSurge')
  refuseAmountFault(inspection, name, { field: unavailable })
  refuseAmountFault(inspection, name, { field: surge })
  const down = isSet(unavailable) ? amountOf(unavailable) : 1
  const up = isSet(surge) ? amountOf(surge) : 0
  if (down === undefined || up === undefined || (down === 0) !== (up === 0)) return
  const message =
    down === 0
      ? 'maxUnavailable and maxSurge must not both be 0'
      : `maxSurge ${quote(surge.value)} needs "maxUnavailable: 0"${isSet(unavailable) ? '' : ', which is 1 where absent'}`
  inspection.refuse(name, {
    at: isSet(surge) ? surge : unavailable,
    message,
    help: 'Let exactly one of them be above 0.',
  })
}

/** `updateStrategy` of a StatefulSet; its maxUnavailable is ignored by default (gate MaxUnavailableStatefulSet). */
export function inspectStatefulSetStrategy(inspection: Inspection, strategy: Field): void {
  const rolling = at(strategy, 'rollingUpdate')
  if (text(at(strategy, 'type')) === 'OnDelete') {
    refuseSet(inspection, rolling, 'for update strategy "OnDelete"')
    return
  }
  refuseOutside(inspection, at(rolling, 'partition'), { what: 'partition', min: 0 })
}
