// PriorityLevelConfigurations: how much of the server requests may take, and how they queue.
// Follows pkg/apis/flowcontrol/validation/validation.go (ValidatePriorityLevelConfiguration) and the defaults of its API version;
// each refusal was seen from an API server of 1.34.

import { at, integer, isSet, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseOutside,
  refuseSet,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from './inspection.ts'

const name = 'invalid-priority-level'
const exempt = 'exempt'
const catchAllShares = 5
const mostQueues = 10_000_000
/** A request's hand of queues is dealt from a hash of this many bits. */
const hashBits = 60
const queuingDefaults: Readonly<Record<string, number>> = { queues: 64, handSize: 8, queueLengthLimit: 50 }

export function inspectPriorityLevel(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const type = at(spec, 'type')
  const isExempt = text(type) === 'Exempt'
  refuseUnsupported(inspection, 'unsupported-value', { field: type, what: 'type', allowed: ['Exempt', 'Limited'] })
  if (isExempt !== (text(at(inspection.root, 'metadata', 'name')) === exempt)) {
    inspection.refuse(name, {
      at: type,
      message: `type must be "Exempt" where the name is "${exempt}", and nowhere else`,
      help: 'Use "type: Limited", or the level "exempt" that every server has.',
    })
  }
  if (isExempt) inspectExempt(inspection, spec)
  else if (text(type) === 'Limited') inspectLimited(inspection, spec)
}

function inspectExempt(inspection: Inspection, spec: Field): void {
  refuseSet(inspection, at(spec, 'limited'), 'for type "Exempt"')
  inspectShares(inspection, at(spec, 'exempt'))
}

function inspectLimited(inspection: Inspection, spec: Field): void {
  const limited = at(spec, 'limited')
  refuseSet(inspection, at(spec, 'exempt'), 'for type "Limited"')
  const shares = at(limited, 'nominalConcurrencyShares')
  if (text(at(inspection.root, 'metadata', 'name')) === 'catch-all' && integer(shares) !== catchAllShares) {
    inspection.refuse(name, {
      at: isSet(shares) ? shares : spec,
      message: `the level "catch-all" is the server's own: nominalConcurrencyShares must be ${catchAllShares}`,
      help: 'Give the level a name of its own.',
    })
  }
  if (!isSet(limited)) {
    refuseEmpty(inspection, limited, { what: 'limited' })
    return
  }
  inspectShares(inspection, limited)
  refuseOutside(inspection, at(limited, 'borrowingLimitPercent'), { what: 'borrowingLimitPercent', min: 0 })
  const response = at(limited, 'limitResponse')
  const type = at(response, 'type')
  const queuing = at(response, 'queuing')
  if (!isSet(response)) refuseEmpty(inspection, response, { what: 'limitResponse' })
  refuseUnsupported(inspection, 'unsupported-value', { field: type, what: 'type', allowed: ['Queue', 'Reject'] })
  if (text(type) === 'Reject') refuseSet(inspection, queuing, 'for type "Reject"')
  if (text(type) !== 'Queue') return
  if (isSet(queuing)) inspectQueuing(inspection, queuing)
  else refuseEmpty(inspection, queuing, { what: 'queuing' })
}

function inspectShares(inspection: Inspection, level: Field): void {
  refuseOutside(inspection, at(level, 'nominalConcurrencyShares'), { what: 'nominalConcurrencyShares', min: 0 })
  refuseOutside(inspection, at(level, 'lendablePercent'), { what: 'lendablePercent', min: 0, max: 100 })
}

function inspectQueuing(inspection: Inspection, queuing: Field): void {
  // Zero is "not set", and the server writes its default.
  const valueOf = (key: string): number => integer(at(queuing, key)) || (queuingDefaults[key] ?? 0)
  const queues = valueOf('queues')
  const hand = valueOf('handSize')
  if (valueOf('queueLengthLimit') < 1) {
    refuseOutside(inspection, at(queuing, 'queueLengthLimit'), { what: 'queueLengthLimit', min: 1 })
  }
  if (queues < 1 || queues > mostQueues) {
    refuseOutside(inspection, at(queuing, 'queues'), { what: 'queues', min: 1, max: mostQueues })
  }
  const place = isSet(at(queuing, 'handSize')) ? at(queuing, 'handSize') : at(queuing, 'queues')
  if (hand < 1) refuseOutside(inspection, place, { what: 'handSize', min: 1 })
  else if (hand > queues) {
    inspection.refuse(name, {
      at: place,
      message: `handSize ${quote(hand)} must not be more than queues ${quote(queues)}`,
    })
  } else if (Math.ceil(Math.log2(queues) * hand) > hashBits) {
    inspection.refuse(name, {
      at: place,
      message: `handSize ${quote(hand)} of ${queues} queues needs more than ${hashBits} bits of a hash`,
      help: 'Deal fewer queues, or have fewer of them.',
    })
  }
}
