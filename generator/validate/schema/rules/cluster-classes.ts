// PriorityClasses, RuntimeClasses and Leases.
// Follows pkg/apis/scheduling/validation, pkg/apis/node/validation and pkg/apis/coordination/validation.

import { dns1123LabelFault } from '../../../manifest/names.ts'
import { at, integer, items, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, refuseOutside, refuseUnsupported, type Inspection } from './inspection.ts'
import { inspectLabels } from './metadata.ts'
import { inspectResources } from './pod/resources.ts'
import { inspectTolerations } from './pod/tolerations.ts'

const highestUserPriority = 1_000_000_000
const systemClasses: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
])

export function inspectPriorityClass(inspection: Inspection): void {
  const { root } = inspection
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(root, 'preemptionPolicy'),
    what: 'preemptionPolicy',
    allowed: ['PreemptLowerPriority', 'Never'],
  })
  const className = at(root, 'metadata', 'name')
  const value = at(root, 'value')
  const system = systemClasses.get(text(className))
  if (text(className).startsWith('system-')) {
    if (system !== undefined && system === integer(value)) return
    inspection.refuse('invalid-priority-class', {
      at: className,
      message: `name ${quote(text(className))} must not start with "system-", which is the system's own`,
    })
  } else if ((integer(value) ?? 0) > highestUserPriority) {
    inspection.refuse('invalid-priority-class', {
      at: value,
      message: `value ${quote(value.value)} must be at most ${highestUserPriority}`,
    })
  }
}

export function inspectRuntimeClass(inspection: Inspection): void {
  const { root } = inspection
  const handler = at(root, 'handler')
  if (!refuseEmpty(inspection, handler, { what: 'handler', inSchema: true })) {
    refuseFault(inspection, 'invalid-reference-name', { field: handler, what: 'handler', check: dns1123LabelFault })
  }
  inspectResources(inspection, at(root, 'overhead'), { limits: 'podFixed' })
  inspectLabels(inspection, at(root, 'scheduling', 'nodeSelector'))
  inspectTolerations(inspection, at(root, 'scheduling', 'tolerations'))
  refuseRepeatedTolerations(inspection, at(root, 'scheduling', 'tolerations'))
}

function refuseRepeatedTolerations(inspection: Inspection, tolerations: Field): void {
  const seen = new Set<string>()
  for (const toleration of items(tolerations)) {
    const signature = ['key', 'operator', 'value', 'effect'].map(key => text(at(toleration, key))).join('\n')
    if (seen.has(signature)) {
      inspection.refuse('duplicate-entry', { at: toleration, message: 'a toleration is listed twice' })
    }
    seen.add(signature)
  }
}

export function inspectLease(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  refuseOutside(inspection, at(spec, 'leaseDurationSeconds'), { what: 'leaseDurationSeconds', min: 1 })
  refuseOutside(inspection, at(spec, 'leaseTransitions'), { what: 'leaseTransitions', min: 0 })
}
