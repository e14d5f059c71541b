// Nodes: taints and the addresses of their pods. Follows pkg/apis/core/validation/validation.go (ValidateNode); each refusal was seen
// from an API server of 1.34.

import { labelValueFault, qualifiedNameFault } from '../../../manifest/names.ts'
import { at, items, text, texts, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, refuseUnsupported, type Inspection } from './inspection.ts'
import { refuseCidrFault, refuseSameFamily } from './ip-address.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

export function inspectNode(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  inspectTaints(inspection, at(spec, 'taints'))
  inspectRanges(inspection, spec)
}

/** The old field wins where it disagrees with the list. */
function inspectRanges(inspection: Inspection, spec: Field): void {
  const single = at(spec, 'podCIDR')
  const list = at(spec, 'podCIDRs')
  const ranges = text(single) === '' || text(single) === texts(list)[0] ? items(list) : [single]
  const blocks = ranges.map(range => refuseCidrFault(inspection, range, 'address block of pods'))
  refuseSameFamily(inspection, list, blocks)
}

/** Taints of a node: labels with an effect, each once. */
function inspectTaints(inspection: Inspection, taints: Field): void {
  const seen = new Set<string>()
  for (const taint of items(taints)) {
    const key = at(taint, 'key')
    const effect = at(taint, 'effect')
    refuseEmpty(inspection, key, { what: 'key of the taint', inSchema: true })
    if (text(key) !== '')
      refuseFault(inspection, 'invalid-label', { field: key, what: 'taint', check: qualifiedNameFault })
    refuseFault(inspection, 'invalid-label', {
      field: at(taint, 'value'),
      what: 'value of the taint',
      check: labelValueFault,
    })
    if (!refuseEmpty(inspection, effect, { what: 'effect of the taint', inSchema: true })) {
      refuseUnsupported(inspection, 'unsupported-value', { field: effect, what: 'effect', allowed: effects })
    }
    const identity = `${text(key)}\n${text(effect)}`
    if (seen.has(identity)) {
      inspection.refuse('duplicate-entry', {
        at: taint,
        message: `taint ${quote(text(key))} with effect ${quote(text(effect))} is listed twice`,
      })
    }
    seen.add(identity)
  }
}
