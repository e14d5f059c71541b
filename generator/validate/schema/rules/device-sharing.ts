// What devices of a ResourceSlice say of being shared, and of what has to happen before they are used.
// Follows pkg/apis/resource/validation/validation.go (validateRequestPolicy, validateDeviceBindingParameters); each refusal was seen
// from an API server of 1.36, the first that does not drop these fields.

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { compareQuantities, quantityOf, type Quantity } from '../../../manifest/quantity.ts'
import { at, count, entries, isSet, isTrue, items, mapOf, text, type Field } from './field.ts'
import { quote, refuseFault, refuseMoreThanOne, refuseRepeated, refuseTooMany, type Inspection } from './inspection.ts'

const name = 'invalid-resource-slice'
const mostConditions = 4

/** How much of a capacity one claim may ask for; only what several claims share can be asked for in parts. */
export function inspectRequestPolicies(inspection: Inspection, device: Field): void {
  const shared = isTrue(at(device, 'allowMultipleAllocations'))
  for (const capacity of entries(at(device, 'capacity'))) {
    const policy = at(capacity, 'requestPolicy')
    if (mapOf(policy) === undefined) continue
    if (shared) inspectRequestPolicy(inspection, policy, quantityOf(at(capacity, 'value').value))
    else {
      inspection.refuse(name, {
        at: policy,
        on: 'key',
        message: 'requestPolicy needs "allowMultipleAllocations: true"',
        help: 'Let several claims share the device, or leave the policy out: one claim gets all of it.',
      })
    }
  }
}

function inspectRequestPolicy(inspection: Inspection, policy: Field, most: Quantity | undefined): void {
  const choice = refuseMoreThanOne(inspection, name, {
    field: policy,
    keys: ['validValues', 'validRange'],
    what: 'the policy',
  })
  if (choice === undefined) return
  const bounds = choice.key === 'validRange' ? ['min', 'max'].map(key => at(choice, key)) : items(choice)
  for (const bound of bounds) refuseMore(inspection, bound, most)
  const field = at(policy, 'default')
  const amount = quantityOf(field.value)
  if (!isSet(field)) {
    inspection.refuse('missing-value', {
      at: policy,
      message: `${choice.key} needs a default`,
      help: 'Set default to what a claim gets that asks for nothing.',
    })
  }
  if (amount === undefined) return
  if (choice.key === 'validRange') return inspectRange(inspection, choice, { field, amount })
  const values = items(choice).map(value => quantityOf(value.value))
  if (values.some(value => value !== undefined && compareQuantities(value, amount) === 0)) return
  inspection.refuse(name, { at: field, message: `default ${quote(field.value)} is none of the validValues` })
}

function refuseMore(inspection: Inspection, field: Field, most: Quantity | undefined): void {
  const amount = quantityOf(field.value)
  if (amount === undefined || most === undefined || compareQuantities(amount, most) <= 0) return
  inspection.refuse(name, { at: field, message: `${quote(field.value)} is more than the capacity has` })
}

function inspectRange(
  inspection: Inspection,
  range: Field,
  { field, amount }: { readonly field: Field; readonly amount: Quantity },
): void {
  const [min, max] = [quantityOf(at(range, 'min').value), quantityOf(at(range, 'max').value)]
  if (min !== undefined && max !== undefined && compareQuantities(min, max) > 0) {
    inspection.refuse(name, { at: at(range, 'max'), message: 'max must not be less than min' })
  } else if (
    (min !== undefined && compareQuantities(amount, min) < 0) ||
    (max !== undefined && compareQuantities(amount, max) > 0)
  ) {
    inspection.refuse(name, { at: field, message: `default ${quote(field.value)} is outside the validRange` })
  }
}

/** Conditions that have to be met before a device is bound, and those that end the wait. */
export function inspectBindingConditions(inspection: Inspection, device: Field): void {
  const [wanted, failures] = ['bindingConditions', 'bindingFailureConditions'].map(key => at(device, key)) as [
    Field,
    Field,
  ]
  for (const [list, other] of [
    [wanted, failures],
    [failures, wanted],
  ] as const) {
    if (count(list) === 0) continue
    refuseTooMany(inspection, list, mostConditions)
    refuseRepeated(inspection, items(list), 'condition')
    for (const field of items(list))
      refuseFault(inspection, name, { field, what: 'condition', check: qualifiedNameFault })
    if (count(other) > 0) continue
    inspection.refuse('missing-value', {
      at: list,
      on: 'key',
      message: `${list.key} need ${other.key}`,
      help: `Say in ${other.key} how the wait ends otherwise.`,
    })
  }
  const known = new Set(items(wanted).map(text))
  for (const field of items(failures)) {
    if (!known.has(text(field))) continue
    inspection.refuse(name, { at: field, message: `condition ${quote(text(field))} cannot be both` })
  }
}
