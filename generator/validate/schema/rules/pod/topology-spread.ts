// Topology spread constraints.
// Follows pkg/apis/core/validation/validation.go (validateTopologySpreadConstraints). Since Kubernetes 1.34 the server merges
// matchLabelKeys into the selector; before, a key must not stand in both.

import { at, integer, isSet, items, mapOf, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseOutside, type Inspection } from '../inspection.ts'
import { inspectSelector } from '../selector.ts'
import { inspectLabelKeys, refuseRepeatedKeys, refuseSelectedKeys } from './label-keys.ts'

const name = 'invalid-topology-spread'

/** `topologySpreadConstraints`. */
export function inspectTopologySpread(inspection: Inspection, constraints: Field, podLabels: Field): void {
  const seen = new Set<string>()
  for (const constraint of items(constraints)) {
    if (mapOf(constraint) === undefined) continue
    const topologyKey = at(constraint, 'topologyKey')
    const action = text(at(constraint, 'whenUnsatisfiable'))
    refuseOutside(inspection, at(constraint, 'maxSkew'), { what: 'maxSkew', min: 1 })
    refuseEmpty(inspection, topologyKey, { what: 'topologyKey', inSchema: true })
    const key = `${text(topologyKey)} ${action}`
    if (seen.has(key) && text(topologyKey) !== '') {
      inspection.refuse('duplicate-entry', {
        at: topologyKey,
        message: `topologyKey ${quote(text(topologyKey))} with whenUnsatisfiable ${quote(action)} is constrained twice`,
      })
    }
    seen.add(key)
    for (const key of ['whenUnsatisfiable', 'nodeAffinityPolicy', 'nodeTaintsPolicy'])
      refuseEmpty(inspection, at(constraint, key), { what: key, inSchema: true })
    inspectMinDomains(inspection, constraint, action)
    inspectLabelKeys(inspection, at(constraint, 'matchLabelKeys'), at(constraint, 'labelSelector'), name)
    if (inspection.oldest >= 34) refuseRepeatedKeys(inspection, constraint, podLabels, name)
    else refuseSelectedKeys(inspection, constraint, name)
    inspectSelector(inspection, at(constraint, 'labelSelector'))
  }
}

function inspectMinDomains(inspection: Inspection, constraint: Field, action: string): void {
  const field = at(constraint, 'minDomains')
  if (!isSet(field)) return
  refuseOutside(inspection, field, { what: 'minDomains', min: 1 })
  if (integer(field) === undefined || action === 'DoNotSchedule') return
  inspection.refuse(name, {
    at: field,
    on: 'key',
    message: `minDomains needs whenUnsatisfiable "DoNotSchedule", it is ${quote(action)}`,
  })
}
