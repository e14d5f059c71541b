// Numbers that may also be percentages: rollout limits and disruption budgets.
// Follows pkg/apis/apps/validation/validation.go (ValidatePositiveIntOrPercent, IsNotMoreThan100Percent).

import { percentFault } from '../../../manifest/names.ts'
import { integer, optionalText, type Field } from './field.ts'
import { quote, refuseOutside, type Inspection } from './inspection.ts'
import type { RuleName } from './rule-names.ts'

/** Refuses a negative number and a text that is no percentage; above 100 % where `atMost100` asks for it. */
export function refuseAmountFault(
  inspection: Inspection,
  name: RuleName,
  { field, atMost100 = true }: { readonly field: Field; readonly atMost100?: boolean },
): void {
  const value = optionalText(field)
  if (value === undefined) {
    refuseOutside(inspection, field, { what: String(field.key), min: 0 })
    return
  }
  const fault =
    percentFault(value) ?? (atMost100 && Number.parseInt(value, 10) > 100 ? 'must not exceed 100%' : undefined)
  if (fault === undefined) return
  inspection.refuse(name, { at: field, message: `${field.key} ${quote(value)} ${fault}` })
}

/** The number in a number or percentage; undefined where absent or malformed. */
export function amountOf(field: Field): number | undefined {
  const value = optionalText(field)
  if (value === undefined) return integer(field)
  return percentFault(value) === undefined ? Number.parseInt(value, 10) : undefined
}
