// ResourceQuotas and LimitRanges.
// Follows pkg/apis/core/validation/validation.go (ValidateResourceQuotaSpec, ValidateLimitRange) and helper/helpers.go.

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { compareQuantities, quantityOf, type Quantity } from '../../../manifest/quantity.ts'
import { at, count, entries, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseUnsupported, type Inspection } from './inspection.ts'
import { isOvercommittable, resourceNameFault } from './resource-names.ts'
import { refuseAmount } from './resource-amount.ts'

const quotaName = 'invalid-quota'
const rangeName = 'invalid-limit-range'
const computeResources = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']
const volumeResources = ['persistentvolumeclaims', 'requests.storage']
/** Scope to the known resources it may limit. */
const scopes: ReadonlyMap<string, readonly string[]> = new Map([
  ['Terminating', computeResources],
  ['NotTerminating', computeResources],
  ['NotBestEffort', computeResources],
  ['PriorityClass', computeResources],
  ['CrossNamespacePodAffinity', computeResources],
  ['BestEffort', ['pods']],
  ['VolumeAttributesClass', volumeResources],
])
const existsOnly = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']
const conflicts = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const

export function inspectQuota(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  const hard = at(spec, 'hard')
  for (const entry of entries(hard)) {
    const fault = resourceNameFault(String(entry.key), 'quota')
    if (fault === undefined) refuseAmount(inspection, entry)
    else {
      inspection.refuse('invalid-resource-name', {
        at: entry,
        on: 'key',
        message: `resource ${quote(entry.key)} ${fault}`,
      })
    }
  }
  inspectScopes(inspection, items(at(spec, 'scopes')), hard)
  const expressions = items(at(spec, 'scopeSelector', 'matchExpressions'))
  inspectScopes(
    inspection,
    expressions.map(expression => at(expression, 'scopeName')),
    hard,
  )
  for (const expression of expressions) inspectScopeOperator(inspection, expression)
}

function inspectScopes(inspection: Inspection, fields: readonly Field[], hard: Field): void {
  const names = fields.map(text)
  for (const field of fields) {
    const allowed = scopes.get(text(field))
    if (optionalText(field) === undefined) continue
    if (allowed === undefined) {
      refuseUnsupported(inspection, quotaName, { field, what: 'scope', allowed: [...scopes.keys()] })
      continue
    }
    const limited = entries(hard).map(entry => String(entry.key))
    const other = limited.find(
      key => !allowed.includes(key) && !key.includes('/') && resourceNameFault(key, 'quota') === undefined,
    )
    if (other === undefined) continue
    inspection.refuse(quotaName, { at: field, message: `scope ${quote(text(field))} cannot limit ${quote(other)}` })
  }
  for (const [one, another] of conflicts) {
    const field = fields[names.indexOf(another)]
    if (!names.includes(one) || field === undefined) continue
    inspection.refuse(quotaName, {
      at: field,
      message: `scopes ${quote(one)} and ${quote(another)} exclude each other`,
    })
  }
}

function inspectScopeOperator(inspection: Inspection, expression: Field): void {
  refuseEmpty(inspection, at(expression, 'operator'), { what: 'operator', inSchema: true })
  const operator = text(at(expression, 'operator'))
  const scope = text(at(expression, 'scopeName'))
  const values = at(expression, 'values')
  if (existsOnly.includes(scope) && operator !== '' && operator !== 'Exists') {
    inspection.refuse(quotaName, {
      at: at(expression, 'operator'),
      message: `scope ${quote(scope)} takes operator "Exists" only`,
    })
  } else if ((operator === 'In' || operator === 'NotIn') && count(values) === 0) {
    inspection.refuse(quotaName, { at: expression, message: `operator ${quote(operator)} needs at least one value` })
  } else if ((operator === 'Exists' || operator === 'DoesNotExist') && count(values) > 0) {
    inspection.refuse(quotaName, { at: values, message: `operator ${quote(operator)} takes no values` })
  }
}

export function inspectLimitRange(inspection: Inspection): void {
  const types = new Set<string>()
  for (const limit of items(at(inspection.root, 'spec', 'limits'))) {
    if (mapOf(limit) === undefined) continue
    const type = at(limit, 'type')
    inspectLimitType(inspection, type, types)
    for (const key of ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio']) {
      inspectLimitNames(inspection, at(limit, key), text(type))
    }
    if (text(type) === 'Pod') refuseDefaults(inspection, limit)
    else if (text(type) === 'PersistentVolumeClaim') refuseWithoutStorage(inspection, limit)
    inspectOrder(inspection, limit)
  }
}

function inspectLimitType(inspection: Inspection, field: Field, seen: Set<string>): void {
  const type = optionalText(field)
  if (type === undefined) return
  const isKnown = ['Pod', 'Container', 'PersistentVolumeClaim'].includes(type)
  const fault = type.includes('/') ? qualifiedNameFault(type) : isKnown ? undefined : 'is not a limit type'
  if (fault !== undefined) inspection.refuse(rangeName, { at: field, message: `type ${quote(type)} ${fault}` })
  if (seen.has(type))
    inspection.refuse('duplicate-entry', { at: field, message: `type ${quote(type)} is limited twice` })
  seen.add(type)
}

function inspectLimitNames(inspection: Inspection, amounts: Field, type: string): void {
  const use = type === 'Pod' || type === 'Container' ? 'container' : 'any'
  for (const entry of entries(amounts)) {
    const fault = resourceNameFault(String(entry.key), use)
    if (fault === undefined) continue
    inspection.refuse('invalid-resource-name', {
      at: entry,
      on: 'key',
      message: `resource ${quote(entry.key)} ${fault}`,
    })
  }
}

function refuseDefaults(inspection: Inspection, limit: Field): void {
  for (const field of ['default', 'defaultRequest'].map(key => at(limit, key))) {
    if (count(field) === 0) continue
    inspection.refuse('forbidden-field', {
      at: field,
      on: 'key',
      message: `"${field.key}" must not be set for type "Pod"`,
    })
  }
}

function refuseWithoutStorage(inspection: Inspection, limit: Field): void {
  if (isSet(amountAt(limit, 'min', 'storage')) || isSet(amountAt(limit, 'max', 'storage'))) return
  inspection.refuse(rangeName, { at: limit, message: 'type "PersistentVolumeClaim" needs min.storage or max.storage' })
}

/** Pairs that must be in order: the first no more than the second; reported at the first key of the pair that is a default. */
const ordered = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['defaultRequest', 'max'],
  ['defaultRequest', 'default'],
  ['min', 'default'],
  ['default', 'max'],
] as const

function inspectOrder(inspection: Inspection, limit: Field): void {
  const names = new Set(
    ['max', 'min', 'default', 'defaultRequest'].flatMap(key => entries(at(limit, key)).map(entry => String(entry.key))),
  )
  for (const name of names) {
    for (const [low, high] of ordered)
      refuseDisorder(inspection, amountAt(limit, low, name), amountAt(limit, high, name), [low, high])
    inspectOvercommit(inspection, limit, name)
  }
  for (const { key } of entries(at(limit, 'maxLimitRequestRatio'))) {
    inspectRatio(inspection, limit, amountAt(limit, 'maxLimitRequestRatio', String(key)))
  }
}

/** The amount under a name; Go reads null as zero. */
function amountAt(limit: Field, key: string, name: string): Field {
  const field = at(limit, key, name)
  return mapOf(at(limit, key))?.[name] === null ? { ...field, value: '0' } : field
}

function refuseDisorder(inspection: Inspection, low: Field, high: Field, names: readonly [string, string]): void {
  const least = quantityOf(low.value)
  const most = quantityOf(high.value)
  if (least === undefined || most === undefined || compareQuantities(least, most) <= 0) return
  inspection.refuse(rangeName, {
    at: names[0] === 'min' && names[1] !== 'max' ? high : low,
    message: `${names[0]} ${quote(low.value)} of ${low.key} must not exceed ${names[1]} ${quote(high.value)}`,
  })
}

function inspectOvercommit(inspection: Inspection, limit: Field, name: string): void {
  const byDefault = amountAt(limit, 'default', name)
  const request = amountAt(limit, 'defaultRequest', name)
  const amounts = [quantityOf(byDefault.value), quantityOf(request.value)]
  if (isOvercommittable(name) || !differ(amounts)) return
  inspection.refuse(rangeName, { at: request, message: `defaultRequest of ${name} must equal its default` })
}

function differ([a, b]: readonly (Quantity | undefined)[]): boolean {
  return a !== undefined && b !== undefined && compareQuantities(a, b) !== 0
}

function inspectRatio(inspection: Inspection, limit: Field, field: Field): void {
  const ratio = quantityOf(field.value)
  const min = quantityOf(amountAt(limit, 'min', String(field.key)).value)
  const max = quantityOf(amountAt(limit, 'max', String(field.key)).value)
  if (ratio === undefined) return
  if (ratio.nanos < 1_000_000_000n) {
    inspection.refuse(rangeName, { at: field, message: `ratio ${quote(field.value)} must be 1 or more` })
  } else if (
    min !== undefined &&
    max !== undefined &&
    min.nanos > 0n &&
    ratio.nanos * min.nanos > max.nanos * 1_000_000_000n
  ) {
    inspection.refuse(rangeName, {
      at: field,
      message: `ratio ${quote(field.value)} must not exceed max divided by min`,
    })
  }
}
