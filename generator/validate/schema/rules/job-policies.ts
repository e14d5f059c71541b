// When a Job counts as failed or as succeeded before all its pods are through.
// Follows pkg/apis/batch/validation/validation.go (validatePodFailurePolicy, validateSuccessPolicy, validateIndexesFormat).

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { at, count, integer, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, refuseOutside, refuseUnsupported, type Inspection } from './inspection.ts'

const failure = 'invalid-pod-failure-policy'
const success = 'invalid-success-policy'

/** `podFailurePolicy`, and the replacement policy that goes with it. */
export function inspectFailurePolicy(inspection: Inspection, spec: Field): void {
  const policy = at(spec, 'podFailurePolicy')
  if (mapOf(policy) === undefined) return
  const replacement = at(spec, 'podReplacementPolicy')
  if (text(replacement) === 'TerminatingOrFailed') {
    inspection.refuse(failure, {
      at: replacement,
      message: 'podReplacementPolicy must be "Failed" beside a podFailurePolicy',
    })
  }
  const rules = at(policy, 'rules')
  refuseMany(inspection, rules, 20)
  for (const rule of items(rules)) inspectFailureRule(inspection, spec, rule)
}

function inspectFailureRule(inspection: Inspection, spec: Field, rule: Field): void {
  if (mapOf(rule) === undefined) return
  const exitCodes = at(rule, 'onExitCodes')
  const conditions = at(rule, 'onPodConditions')
  refuseEmpty(inspection, at(rule, 'action'), { what: 'action', inSchema: true })
  if (text(at(rule, 'action')) === 'FailIndex' && !isSet(at(spec, 'backoffLimitPerIndex'))) {
    inspection.refuse(failure, { at: at(rule, 'action'), message: 'action "FailIndex" needs backoffLimitPerIndex' })
  }
  if (isSet(exitCodes) === count(conditions) > 0) {
    inspection.refuse(failure, { at: rule, message: 'a rule must have exactly one of onExitCodes and onPodConditions' })
  }
  refuseMany(inspection, conditions, 20)
  for (const condition of items(conditions)) {
    refuseFault(inspection, failure, { field: at(condition, 'type'), what: 'condition', check: qualifiedNameFault })
    refuseUnsupported(inspection, failure, {
      field: at(condition, 'status'),
      what: 'status of the condition',
      // An empty text is read as the default, True.
      allowed: ['True', 'False', 'Unknown', ''],
    })
  }
  if (mapOf(exitCodes) !== undefined) inspectExitCodes(inspection, spec, exitCodes)
}

function inspectExitCodes(inspection: Inspection, spec: Field, exitCodes: Field): void {
  const container = at(exitCodes, 'containerName')
  const pod = at(spec, 'template', 'spec')
  const names = ['containers', 'initContainers']
    .flatMap(key => items(at(pod, key)))
    .map(entry => text(at(entry, 'name')))
  if (optionalText(container) !== undefined && !names.includes(text(container))) {
    inspection.refuse(failure, {
      at: container,
      message: `container ${quote(text(container))} is not in the pod template`,
    })
  }
  refuseEmpty(inspection, at(exitCodes, 'operator'), { what: 'operator', inSchema: true })
  const values = at(exitCodes, 'values')
  const codes = items(values).map(integer)
  const fault = exitCodesFault(codes, text(at(exitCodes, 'operator')))
  if (fault !== undefined && Array.isArray(values.value))
    inspection.refuse(failure, { at: values, message: `exit codes ${fault}` })
}

function exitCodesFault(codes: readonly (number | undefined)[], operator: string): string | undefined {
  if (codes.length === 0) return 'must list at least one value'
  if (codes.length > 255) return 'must list at most 255 values'
  if (operator === 'In' && codes.includes(0)) return 'must not contain 0 with operator "In"'
  if (new Set(codes).size < codes.length) return 'must not repeat'
  const isOrdered = codes.every((code, index) => index === 0 || (codes[index - 1] ?? 0) <= (code ?? 0))
  return isOrdered ? undefined : 'must be in ascending order'
}

/** Before, the server drops the field (gate JobSuccessPolicy). */
const successSince = 31

/** `successPolicy` of an indexed Job. */
export function inspectSuccessPolicy(inspection: Inspection, spec: Field): void {
  if (inspection.newest < successSince) return
  const policy = at(spec, 'successPolicy')
  const completions = integer(at(spec, 'completions')) ?? (isSet(at(spec, 'parallelism')) ? undefined : 1)
  if (mapOf(policy) === undefined || text(at(spec, 'completionMode')) !== 'Indexed' || completions === undefined) return
  const rules = at(policy, 'rules')
  if (Array.isArray(rules.value) && count(rules) === 0) {
    inspection.refuse(success, { at: rules, message: 'successPolicy must have at least one rule' })
  }
  if (count(rules) > 20)
    inspection.refuse(success, {
      at: rules,
      message: `successPolicy has ${count(rules)} rules, at most 20 are allowed`,
    })
  for (const rule of items(rules)) inspectSuccessRule(inspection, rule, completions)
}

function inspectSuccessRule(inspection: Inspection, rule: Field, completions: number): void {
  const indexes = at(rule, 'succeededIndexes')
  const wanted = at(rule, 'succeededCount')
  if (mapOf(rule) !== undefined && !isSet(indexes) && !isSet(wanted)) {
    inspection.refuse(success, { at: rule, message: 'a rule must have succeededCount or succeededIndexes' })
  }
  const listed = optionalText(indexes) === undefined ? undefined : countIndexes(text(indexes), completions)
  if (listed === 'malformed') {
    inspection.refuse(success, {
      at: indexes,
      message: `succeededIndexes ${quote(text(indexes))} must be ascending indexes below ${completions}, such as "0,2-4"`,
    })
  }
  refuseOutside(inspection, wanted, { what: 'succeededCount', min: 0 })
  const most = Math.min(completions, typeof listed === 'number' ? listed : completions)
  if ((integer(wanted) ?? 0) > most) {
    inspection.refuse(success, { at: wanted, message: `succeededCount ${quote(wanted.value)} must be at most ${most}` })
  }
}

/** How many indexes a text such as `0,2-4` names. */
function countIndexes(list: string, completions: number): number | 'malformed' {
  if (list === '') return 0
  let last = -1
  let total = 0
  for (const interval of list.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(interval)
    const low = Number(match?.[1])
    const high = match?.[2] === undefined ? low : Number(match[2])
    const isRange = match?.[2] === undefined || high > low
    if (match === null || low <= last || !isRange || high >= completions) return 'malformed'
    total += high - low + 1
    last = high
  }
  return total
}

function refuseMany(inspection: Inspection, field: Field, most: number): void {
  if (count(field) <= most) return
  inspection.refuse(failure, {
    at: field,
    message: `${field.key} has ${count(field)} entries, at most ${most} are allowed`,
  })
}
