// `matchLabelKeys` and `mismatchLabelKeys`, of affinity terms and of topology spread constraints.
// Follows pkg/apis/core/validation/validation.go (ValidateMatchLabelKeysAndMismatchLabelKeys, validateLabelKeys).

import { qualifiedNameFault } from '../../../../manifest/names.ts'
import { at, count, entries, isSet, items, text, type Field } from '../field.ts'
import { quote, refuseFault, type Inspection } from '../inspection.ts'
import type { RuleName } from '../rule-names.ts'

/** Keys to take from the pod's own labels. */
export function inspectLabelKeys(inspection: Inspection, keys: Field, selector: Field, name: RuleName): void {
  if (count(keys) === 0) return
  if (!isSet(selector)) {
    inspection.refuse(name, {
      at: keys,
      on: 'key',
      message: `${keys.key} needs a labelSelector`,
      help: 'Set labelSelector, or remove the keys.',
    })
    return
  }
  for (const field of items(keys))
    refuseFault(inspection, name, { field, what: 'label key', check: qualifiedNameFault })
}

/**
 * Keys of matchLabelKeys that the selector names twice: once the server has added the pod's own label to the selector of a
 * Pod, one mention of the user's is already too many.
 */
export function refuseRepeatedKeys(inspection: Inspection, owner: Field, podLabels: Field, name: RuleName): void {
  const isPod = inspection.resource.kind === 'Pod'
  for (const field of items(at(owner, 'matchLabelKeys'))) {
    const key = text(field)
    const added = isPod && isSet(at(podLabels, key)) ? 1 : 0
    const { inLabels, inExpressions } = mentions(at(owner, 'labelSelector'), key)
    if (inExpressions + added === 0 || inLabels + inExpressions + added < 2) continue
    refuseKey(inspection, field, name)
  }
}

/** Keys of matchLabelKeys that the selector names at all. */
export function refuseSelectedKeys(inspection: Inspection, owner: Field, name: RuleName): void {
  for (const field of items(at(owner, 'matchLabelKeys'))) {
    const { inLabels, inExpressions } = mentions(at(owner, 'labelSelector'), text(field))
    if (inLabels + inExpressions > 0) refuseKey(inspection, field, name)
  }
}

function refuseKey(inspection: Inspection, field: Field, name: RuleName): void {
  inspection.refuse(name, {
    at: field,
    message: `label key ${quote(text(field))} is in both matchLabelKeys and labelSelector`,
    help: 'Remove the key from one of them.',
  })
}

function mentions(selector: Field, key: string): { readonly inLabels: number; readonly inExpressions: number } {
  return {
    inLabels: entries(at(selector, 'matchLabels')).filter(entry => entry.key === key).length,
    inExpressions: items(at(selector, 'matchExpressions')).filter(entry => text(at(entry, 'key')) === key).length,
  }
}
