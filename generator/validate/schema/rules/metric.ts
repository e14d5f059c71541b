// Metrics of a HorizontalPodAutoscaler.
// Follows pkg/apis/autoscaling/validation/validation.go (validateMetricSpec and the functions it calls).

import { dns1123LabelFault, pathSegmentFault } from '../../../manifest/names.ts'
import { quantityOf } from '../../../manifest/quantity.ts'
import { at, integer, isSet, mapOf, optionalText, text, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseMoreThanOne,
  refuseNameFault,
  refuseOutside,
  refuseUnsupported,
  type Inspection,
} from './inspection.ts'
import { inspectObjectReference } from './object-reference.ts'
import { resourceNameFault } from './resource-names.ts'

const name = 'invalid-metric'

/** Metric type to its field, and the targets it takes: at least one, and at most one where `single`. */
const sources: ReadonlyMap<
  string,
  { readonly key: string; readonly targets: readonly string[]; readonly single: boolean }
> = new Map([
  ['Object', { key: 'object', targets: ['value', 'averageValue'], single: false }],
  ['Pods', { key: 'pods', targets: ['averageValue'], single: false }],
  ['Resource', { key: 'resource', targets: ['averageUtilization', 'averageValue'], single: true }],
  ['ContainerResource', { key: 'containerResource', targets: ['averageUtilization', 'averageValue'], single: true }],
  ['External', { key: 'external', targets: ['value', 'averageValue'], single: true }],
])

/** One entry of `metrics`. */
export function inspectMetric(inspection: Inspection, metric: Field): void {
  const type = optionalText(at(metric, 'type'))
  if (mapOf(metric) === undefined || type === undefined) return
  refuseEmpty(inspection, at(metric, 'type'), { what: 'type of the metric', inSchema: true })
  const source = sources.get(type)
  if (source === undefined) {
    const allowed = [...sources.keys()]
    if (type !== '') refuseUnsupported(inspection, name, { field: at(metric, 'type'), what: 'metric type', allowed })
    return
  }
  const field = at(metric, source.key)
  const others = [...sources.values()].filter(other => other.key !== source.key && isSet(at(metric, other.key)))
  for (const other of others) {
    inspection.refuse(name, {
      at: at(metric, other.key),
      on: 'key',
      message: `metric of type ${quote(type)} must not have "${other.key}"`,
      help: `Describe the metric under "${source.key}", or change its type.`,
    })
  }
  if (!isSet(field) && others.length === 0) {
    inspection.refuse(name, {
      at: metric,
      message: `metric of type ${quote(type)} has no "${source.key}"`,
      help: `Describe the metric under "${source.key}", or change its type.`,
    })
  }
  if (mapOf(field) !== undefined) inspectSource(inspection, field, source)
}

function inspectSource(
  inspection: Inspection,
  field: Field,
  { targets, single }: { readonly targets: readonly string[]; readonly single: boolean },
): void {
  inspectObjectReference(inspection, at(field, 'describedObject'))
  const version = at(field, 'describedObject', 'apiVersion')
  if (text(version).split('/').length > 2) {
    inspection.refuse('invalid-reference-name', {
      at: version,
      message: `apiVersion ${quote(text(version))} must be a version, or a group and a version`,
    })
  }
  const metricName = at(field, 'metric', 'name')
  refuseEmpty(inspection, metricName, { what: 'name of the metric', inSchema: true })
  refuseNameFault(inspection, name, { field: metricName, what: 'metric', check: pathSegmentFault })
  for (const key of ['name', 'container']) refuseEmpty(inspection, at(field, key), { what: key, inSchema: true })
  refuseResourceName(inspection, field)
  refuseNameFault(inspection, 'invalid-container-name', {
    field: at(field, 'container'),
    what: 'container',
    check: dns1123LabelFault,
  })
  const target = at(field, 'target')
  if (mapOf(target) === undefined) return
  inspectTarget(inspection, target)
  if (targets.every(key => !isSet(at(target, key)))) {
    inspection.refuse(name, {
      at: target,
      message: `target of type ${quote(text(at(target, 'type')))} has no ${targets.join(' or ')}`,
      help: `Set ${targets.join(' or ')}.`,
    })
  } else if (single) refuseMoreThanOne(inspection, name, { field: target, keys: targets, what: 'target' })
}

function refuseResourceName(inspection: Inspection, source: Field): void {
  const field = at(source, 'name')
  const resource = text(field)
  if (source.key !== 'containerResource' || resource === '') return
  const fault = resourceNameFault(resource, 'container')
  if (fault === undefined) return
  inspection.refuse('invalid-resource-name', { at: field, message: `resource ${quote(resource)} ${fault}` })
}

function inspectTarget(inspection: Inspection, target: Field): void {
  for (const key of ['value', 'averageValue']) {
    const field = at(target, key)
    const amount = quantityOf(field.value)
    if (amount === undefined || amount.nanos > 0n) continue
    inspection.refuse(name, { at: field, message: `${key} ${quote(field.value)} must be positive` })
  }
  refuseEmpty(inspection, at(target, 'type'), { what: 'type of the target', inSchema: true })
  const type = at(target, 'type')
  if (text(type) !== '') {
    refuseUnsupported(inspection, name, {
      field: type,
      what: 'target type',
      allowed: ['Utilization', 'Value', 'AverageValue'],
    })
  }
  const utilization = at(target, 'averageUtilization')
  if (integer(utilization) !== undefined) refuseOutside(inspection, utilization, { what: 'averageUtilization', min: 1 })
}
