// Affinity to nodes and pods.
// Follows pkg/apis/core/validation/validation.go (validateAffinity and the functions it calls).

import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from '../../../../manifest/names.ts'
import { at, count, integer, isMistyped, items, mapOf, optionalText, text, texts, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseFault, type Inspection } from '../inspection.ts'
import { inspectSelector } from '../selector.ts'
import { inspectLabelKeys, refuseRepeatedKeys } from './label-keys.ts'

const required = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
const name = 'invalid-affinity'
/** Before, the server ignores the keys (gate MatchLabelKeysInPodAffinity). */
const labelKeysSince = 31
/** Before, values of required node affinity are not checked. */
const nodeValuesSince = 34

/** `affinity` of a pod. */
export function inspectAffinity(inspection: Inspection, affinity: Field, podLabels: Field): void {
  const node = at(affinity, 'nodeAffinity')
  inspectNodeSelector(inspection, at(node, required))
  for (const term of items(at(node, preferred))) {
    inspectWeight(inspection, term)
    inspectNodeTerm(inspection, at(term, 'preference'), false)
  }
  for (const key of ['podAffinity', 'podAntiAffinity']) {
    const pods = at(affinity, key)
    for (const term of items(at(pods, required))) inspectPodTerm(inspection, term, podLabels)
    for (const term of items(at(pods, preferred))) {
      inspectWeight(inspection, term)
      inspectPodTerm(inspection, at(term, 'podAffinityTerm'), podLabels)
    }
  }
}

/** A node selector with its terms: of a pod, or of a persistent volume. */
export function inspectNodeSelector(inspection: Inspection, selector: Field): void {
  if (mapOf(selector) === undefined) return
  const terms = at(selector, 'nodeSelectorTerms')
  refuseEmpty(inspection, terms, { what: 'nodeSelectorTerms', inSchema: true })
  for (const term of items(terms)) inspectNodeTerm(inspection, term, true)
}

function inspectWeight(inspection: Inspection, term: Field): void {
  const field = at(term, 'weight')
  const weight = integer(field)
  if (weight === undefined || (weight >= 1 && weight <= 100)) return
  inspection.refuse('out-of-range', { at: field, message: `weight ${quote(weight)} must be between 1 and 100` })
}

function inspectNodeTerm(inspection: Inspection, term: Field, checkValues: boolean): void {
  for (const expression of items(at(term, 'matchExpressions'))) {
    refuseFault(inspection, name, { field: at(expression, 'key'), what: 'key', check: qualifiedNameFault })
    inspectNodeOperator(inspection, expression)
    if (!checkValues || inspection.oldest < nodeValuesSince) continue
    for (const field of items(at(expression, 'values'))) {
      refuseFault(inspection, name, { field, what: 'value', check: labelValueFault })
    }
  }
  for (const expression of items(at(term, 'matchFields'))) inspectFieldExpression(inspection, expression)
}

function inspectNodeOperator(inspection: Inspection, expression: Field): void {
  const values = at(expression, 'values')
  const operator = text(at(expression, 'operator'))
  const fault = operatorFault(operator, count(values))
  if (fault === undefined || isMistyped(values, 'list')) return
  inspection.refuse(name, { at: expression, message: `operator ${quote(operator)} ${fault}` })
}

function operatorFault(operator: string, values: number): string | undefined {
  if (operator === 'In' || operator === 'NotIn') return values === 0 ? 'needs at least one value' : undefined
  if (operator === 'Exists' || operator === 'DoesNotExist') return values > 0 ? 'takes no values' : undefined
  if (operator === 'Gt' || operator === 'Lt') return values === 1 ? undefined : 'needs exactly one value'
  return operator === '' ? 'is missing' : undefined
}

function inspectFieldExpression(inspection: Inspection, expression: Field): void {
  const operator = at(expression, 'operator')
  const key = at(expression, 'key')
  const fits = text(operator) === 'In' || text(operator) === 'NotIn'
  if (optionalText(operator) !== undefined && !fits) {
    inspection.refuse(name, {
      at: operator,
      message: `operator ${quote(text(operator))} is not for node fields, allowed: In, NotIn`,
    })
  } else if (count(at(expression, 'values')) !== 1) {
    inspection.refuse(name, { at: expression, message: 'a node field is compared with exactly one value' })
  }
  if (optionalText(key) !== undefined && text(key) !== 'metadata.name') {
    inspection.refuse(name, { at: key, message: `key ${quote(text(key))} is not a node field, allowed: metadata.name` })
    return
  }
  for (const field of items(at(expression, 'values'))) {
    refuseFault(inspection, name, { field, what: 'node name', check: dns1123SubdomainFault })
  }
}

function inspectPodTerm(inspection: Inspection, term: Field, podLabels: Field): void {
  if (mapOf(term) === undefined) return
  inspectSelector(inspection, at(term, 'labelSelector'))
  inspectSelector(inspection, at(term, 'namespaceSelector'))
  for (const field of items(at(term, 'namespaces'))) {
    refuseFault(inspection, name, { field, what: 'namespace', check: dns1123LabelFault })
  }
  if (inspection.oldest >= labelKeysSince) inspectTermKeys(inspection, term, podLabels)
  const topologyKey = at(term, 'topologyKey')
  if (refuseEmpty(inspection, topologyKey, { what: 'topologyKey', inSchema: true })) return
  refuseFault(inspection, name, { field: topologyKey, what: 'topologyKey', check: qualifiedNameFault })
}

function inspectTermKeys(inspection: Inspection, term: Field, podLabels: Field): void {
  const keys = ['matchLabelKeys', 'mismatchLabelKeys'].map(key => at(term, key))
  for (const field of keys) inspectLabelKeys(inspection, field, at(term, 'labelSelector'), name)
  refuseRepeatedKeys(inspection, term, podLabels, name)
  const mismatched = new Set(texts(at(term, 'mismatchLabelKeys')))
  for (const field of items(at(term, 'matchLabelKeys'))) {
    if (!mismatched.has(text(field))) continue
    inspection.refuse(name, {
      at: field,
      message: `label key ${quote(text(field))} is in both matchLabelKeys and mismatchLabelKeys`,
    })
  }
}
