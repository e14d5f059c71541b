// Amounts of resources: not negative, whole where they count things, whole pages for huge pages of containers.
// Follows pkg/apis/core/validation/validation.go (ValidateResourceQuantityValue, validateResourceQuantityHugePageValue).

import { formatQuantity, quantityOf, type Quantity } from '../../../manifest/quantity.ts'
import type { Field } from './field.ts'
import { quote, type Inspection } from './inspection.ts'
import { isCountedResource, isHugePages } from './resource-names.ts'

/** A negative amount, or a fraction of something counted. */
export function refuseAmount(inspection: Inspection, entry: Field): void {
  const name = String(entry.key)
  const amount = quantityOf(entry.value)
  if (amount === undefined) return
  const fault = amountFault(name, amount)
  if (fault === undefined) return
  inspection.refuse('invalid-resource-amount', { at: entry, message: `${name} ${quote(entry.value)} ${fault}` })
}

/** Huge pages are asked for in whole pages of the size their name tells; quotas count them in any amount. */
export function refusePartOfPage(inspection: Inspection, entry: Field): void {
  const name = String(entry.key)
  const amount = quantityOf(entry.value)
  if (amount === undefined || amount.nanos < 0n || !isHugePages(name)) return
  const page = quantityOf(name.slice('hugepages-'.length))
  if (page !== undefined && page.nanos > 0n && amount.nanos % page.nanos === 0n) return
  const wanted = page === undefined ? 'the page size in its name' : `the page size ${formatQuantity(page)}`
  inspection.refuse('invalid-resource-amount', {
    at: entry,
    message: `${name} ${quote(entry.value)} must be a multiple of ${wanted}`,
  })
}

function amountFault(name: string, amount: Quantity): string | undefined {
  if (amount.nanos < 0n) return 'must not be negative'
  if (isCountedResource(name) && roundedUp(amount, 1_000_000n) % 1_000_000_000n !== 0n) return 'must be a whole number'
  return undefined
}

/** The server keeps milli precision for resources. */
function roundedUp({ nanos }: Quantity, unit: bigint): bigint {
  return ((nanos + unit - 1n) / unit) * unit
}
