// HorizontalPodAutoscalers: bounds, target, metrics and behavior.
// Follows pkg/apis/autoscaling/validation/validation.go. Zero replicas at least stay behind a gate (HPAScaleToZero).

import { quantityOf } from '../../../manifest/quantity.ts'
import { at, integer, isMistyped, isSet, items, mapOf, text, type Field } from './field.ts'
import { quote, refuseOutside, refuseUnsupported, requireSpec, type Inspection } from './inspection.ts'
import { inspectMetric } from './metric.ts'
import { inspectObjectReference } from './object-reference.ts'

const maxWindow = 3600
const maxPeriod = 1800

export function inspectAutoscaler(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectBounds(inspection, spec)
  inspectObjectReference(inspection, at(spec, 'scaleTargetRef'))
  inspectTargetVersion(inspection, at(spec, 'scaleTargetRef'))
  for (const metric of items(at(spec, 'metrics'))) inspectMetric(inspection, metric)
  const percentage = at(spec, 'targetCPUUtilizationPercentage')
  refuseOutside(inspection, percentage, { what: 'targetCPUUtilizationPercentage', min: 1 })
  for (const key of ['scaleUp', 'scaleDown']) inspectRules(inspection, at(spec, 'behavior', key))
}

/** Since 1.34 the target must name an API group, unless it is of the core group (AllowEmptyAPIGroup in the strategy). */
function inspectTargetVersion(inspection: Inspection, ref: Field): void {
  const field = at(ref, 'apiVersion')
  if (mapOf(ref) === undefined || inspection.oldest < 34 || isMistyped(field, 'string')) return
  const version = text(field)
  const mayBeCore = text(at(ref, 'kind')) === 'ReplicationController' && !version.includes('/')
  if (mayBeCore || /^[^/]+\/[^/]*$/.test(version)) return
  inspection.refuse('invalid-reference-name', {
    at: isSet(field) ? field : ref,
    message: `apiVersion of scaleTargetRef is ${quote(version)}, but must name an API group`,
    help: 'Set apiVersion, such as "apps/v1".',
  })
}

function inspectBounds(inspection: Inspection, spec: Field): void {
  const minField = at(spec, 'minReplicas')
  const maxField = at(spec, 'maxReplicas')
  const min = integer(minField)
  const max = integer(maxField)
  const name = 'invalid-replica-bounds'
  if (min !== undefined && min < 1) {
    inspection.refuse(name, { at: minField, message: `minReplicas ${quote(min)} must be 1 or more` })
  }
  if (max === undefined) return
  if (max < 1) inspection.refuse(name, { at: maxField, message: `maxReplicas ${quote(max)} must be 1 or more` })
  else if (min !== undefined && max < min) {
    inspection.refuse(name, {
      at: maxField,
      message: `maxReplicas ${quote(max)} must not be less than minReplicas ${quote(min)}`,
    })
  }
}

function inspectRules(inspection: Inspection, rules: Field): void {
  refuseOutside(inspection, at(rules, 'stabilizationWindowSeconds'), {
    what: 'stabilizationWindowSeconds',
    min: 0,
    max: maxWindow,
  })
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(rules, 'selectPolicy'),
    what: 'selectPolicy',
    allowed: ['Max', 'Min', 'Disabled'],
  })
  const tolerance = quantityOf(at(rules, 'tolerance').value)
  if (tolerance !== undefined && tolerance.nanos < 0n && inspection.newest >= 36) {
    inspection.refuse('invalid-scaling-behavior', {
      at: at(rules, 'tolerance'),
      message: 'tolerance must not be negative',
    })
  }
  const policies = at(rules, 'policies')
  if (Array.isArray(policies.value) && policies.value.length === 0) {
    inspection.refuse('invalid-scaling-behavior', {
      at: policies,
      message: `policies of ${rules.key} must not be empty`,
      help: 'List a policy, or remove "policies" for the defaults; "selectPolicy: Disabled" stops scaling.',
    })
  }
  for (const policy of items(policies)) {
    refuseOutside(inspection, at(policy, 'value'), { what: 'value', min: 1 })
    refuseOutside(inspection, at(policy, 'periodSeconds'), { what: 'periodSeconds', min: 1, max: maxPeriod })
    const type = at(policy, 'type')
    if (!isSet(type) || text(type) === 'Pods' || text(type) === 'Percent') continue
    inspection.refuse('invalid-scaling-behavior', {
      at: type,
      message: `policy type is ${quote(text(type))}, allowed: Pods, Percent`,
    })
  }
}
