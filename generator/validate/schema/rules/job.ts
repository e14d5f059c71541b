// Jobs and CronJobs.
// Follows pkg/apis/batch/validation/validation.go (ValidateJob, validateJobSpec, validateGeneratedSelector,
// validateCronJobSpec) and pkg/registry/batch/job/strategy.go (generateSelector).

import { cronScheduleFault, hasTimeZonePrefix } from '../../../manifest/cron.ts'
import { dns1123LabelFault } from '../../../manifest/names.ts'
import { isTimeZone, timeZoneNames } from '../../../manifest/time-zone.ts'
import { suggest } from '../../../diagnostics/suggest.ts'
import { at, integer, isMistyped, isSet, isTrue, items, mapOf, optionalText, text, type Field } from './field.ts'
import { domainPathFault } from './domain-path.ts'
import { quote, refuseEmpty, refuseFault, refuseOutside, requireSpec, type Inspection } from './inspection.ts'
import { inspectFailurePolicy, inspectSuccessPolicy } from './job-policies.ts'
import { inspectTemplate } from './pod/pod.ts'
import { inspectMatch, inspectSelector } from './selector.ts'

const name = 'invalid-job'
const counters = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
]
const maxIndexed = 100_000
const manyCompletions = 10_000
/** Before, the server drops the field (gate JobManagedBy). */
const managedSince = 32
const longestManager = 63
const jobNameLabels = ['job-name', 'batch.kubernetes.io/job-name']
const generatedLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid']

export function inspectJob(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectJobSpec(inspection, spec)
  if (isTrue(at(spec, 'manualSelector'))) inspectManualSelector(inspection, spec)
  else inspectGeneratedSelector(inspection, spec)
  inspectJobName(inspection, spec)
}

export function inspectCronJob(inspection: Inspection): void {
  const { root } = inspection
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  const objectName = at(root, 'metadata', 'name')
  if (text(objectName).length > 52) {
    inspection.refuse('generated-name-too-long', {
      at: objectName,
      message: `name of the CronJob ${quote(text(objectName))} has ${text(objectName).length} characters, at most 52 are allowed`,
      help: 'Shorten the name: 11 characters are appended to it for each Job.',
    })
  }
  inspectSchedule(inspection, at(spec, 'schedule'))
  inspectTimeZone(inspection, at(spec, 'timeZone'))
  for (const key of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    refuseOutside(inspection, at(spec, key), { what: key, min: 0 })
  }
  const job = at(spec, 'jobTemplate', 'spec')
  if (mapOf(at(spec, 'jobTemplate')) !== undefined) refuseEmpty(inspection, job, { what: 'spec of the Job template' })
  if (mapOf(job) === undefined) return
  inspectJobSpec(inspection, job)
  if (isSet(at(job, 'selector'))) {
    inspection.refuse(name, {
      at: at(job, 'selector'),
      on: 'key',
      message: 'the Job template of a CronJob must not have a selector',
      help: 'Remove it: each Job gets its own.',
    })
  }
  if (!isTrue(at(job, 'manualSelector'))) return
  inspection.refuse(name, { at: at(job, 'manualSelector'), message: 'manualSelector must not be true in a CronJob' })
}

function inspectJobSpec(inspection: Inspection, spec: Field): void {
  for (const key of counters) refuseOutside(inspection, at(spec, key), { what: key, min: 0 })
  for (const key of ['completionMode', 'podReplacementPolicy'])
    refuseEmpty(inspection, at(spec, key), { what: key, inSchema: true })
  if (text(at(spec, 'completionMode')) === 'Indexed') inspectIndexed(inspection, spec)
  else refuseIndexedOnly(inspection, spec)
  if (isSet(at(spec, 'maxFailedIndexes')) && !isSet(at(spec, 'backoffLimitPerIndex'))) {
    inspection.refuse(name, {
      at: at(spec, 'maxFailedIndexes'),
      message: 'maxFailedIndexes needs backoffLimitPerIndex',
    })
  }
  if (inspection.newest >= managedSince) {
    refuseFault(inspection, name, { field: at(spec, 'managedBy'), what: 'managedBy', check: managerFault })
  }
  inspectFailurePolicy(inspection, spec)
  inspectSuccessPolicy(inspection, spec)
  inspectTemplate(inspection, at(spec, 'template'))
  inspectRestart(inspection, spec)
}

function managerFault(value: string): string | undefined {
  return value.length > longestManager ? `must have no more than ${longestManager} characters` : domainPathFault(value)
}

function inspectRestart(inspection: Inspection, spec: Field): void {
  const pod = at(spec, 'template', 'spec')
  const field = at(pod, 'restartPolicy')
  if (mapOf(pod) === undefined || isMistyped(field, 'string')) return
  const policy = text(field)
  if (policy === '' || policy === 'Always') {
    inspection.refuse('invalid-restart-policy', {
      at: isSet(field) ? field : pod,
      message: `restartPolicy of a Job is ${policy === '' ? 'missing (Always where absent)' : quote(policy)}, allowed: OnFailure, Never`,
      help: 'Set restartPolicy to OnFailure or Never.',
    })
  } else if (policy === 'OnFailure' && isSet(at(spec, 'podFailurePolicy'))) {
    inspection.refuse('invalid-restart-policy', {
      at: field,
      message: 'restartPolicy must be "Never" where there is a podFailurePolicy',
    })
  }
}

function inspectIndexed(inspection: Inspection, spec: Field): void {
  const completions = integer(at(spec, 'completions'))
  const failed = at(spec, 'maxFailedIndexes')
  const parallelism = at(spec, 'parallelism')
  // Where parallelism is absent too, both default to 1; in the template of a CronJob they do not.
  const defaults = inspection.resource.kind === 'Job' && !isSet(at(spec, 'parallelism'))
  if (!isSet(at(spec, 'completions')) && !defaults) {
    inspection.refuse(name, { at: spec, message: 'completionMode "Indexed" needs completions' })
  }
  refuseAbove(inspection, parallelism, maxIndexed)
  refuseAbove(inspection, failed, Math.min(maxIndexed, completions ?? maxIndexed))
  if (completions === undefined || completions <= maxIndexed || !isSet(at(spec, 'backoffLimitPerIndex'))) return
  refuseAbove(inspection, parallelism, manyCompletions)
  refuseAbove(inspection, failed, manyCompletions)
  if (isSet(failed)) return
  inspection.refuse(name, {
    at: at(spec, 'completions'),
    message: `more than ${maxIndexed} completions need maxFailedIndexes`,
  })
}

function refuseAbove(inspection: Inspection, field: Field, most: number): void {
  const value = integer(field)
  if (value === undefined || value <= most) return
  inspection.refuse('out-of-range', {
    at: field,
    message: `${field.key} ${quote(value)} must be at most ${most} in an indexed Job`,
  })
}

function refuseIndexedOnly(inspection: Inspection, spec: Field): void {
  for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']) {
    const field = at(spec, key)
    if (!isSet(field)) continue
    inspection.refuse(name, { at: field, on: 'key', message: `${key} needs completionMode "Indexed"` })
  }
}

function inspectManualSelector(inspection: Inspection, spec: Field): void {
  const selector = at(spec, 'selector')
  if (!isSet(selector)) {
    inspection.refuse(name, { at: at(spec, 'manualSelector'), message: 'manualSelector needs a selector' })
    return
  }
  inspectSelector(inspection, selector)
  inspectMatch(inspection, selector, at(spec, 'template'))
}

/** Without manualSelector the server writes selector and labels itself, and refuses others. */
function inspectGeneratedSelector(inspection: Inspection, spec: Field): void {
  const own = optionalText(at(inspection.root, 'metadata', 'name'))
  const labels = at(spec, 'template', 'metadata', 'labels')
  inspectSelector(inspection, at(spec, 'selector'))
  if (Object.keys(mapOf(at(spec, 'selector', 'matchLabels')) ?? {}).some(key => !jobNameLabels.includes(key))) {
    refuseGenerated(inspection, at(spec, 'selector'), 'a selector')
  } else if (items(at(spec, 'selector', 'matchExpressions')).some(expression => !allowsGenerated(expression))) {
    refuseGenerated(inspection, at(spec, 'selector'), 'a selector')
  }
  for (const label of [...jobNameLabels, ...generatedLabels].map(key => at(labels, key))) {
    if (!isSet(label) || (jobNameLabels.includes(String(label.key)) && label.value === own)) continue
    refuseGenerated(inspection, label, `the label ${quote(label.key)}`)
  }
}

/** An expression that holds for the labels the server writes, as far as it names none of them. */
function allowsGenerated(expression: Field): boolean {
  const isNegative = ['NotIn', 'DoesNotExist'].includes(text(at(expression, 'operator')))
  return isNegative && ![...jobNameLabels, ...generatedLabels].includes(text(at(expression, 'key')))
}

function refuseGenerated(inspection: Inspection, field: Field, what: string): void {
  inspection.refuse(name, {
    at: field,
    on: 'key',
    message: `${what} must not be given: the server generates it`,
    help: 'Remove it, or set "manualSelector: true" with a selector that matches the template.',
  })
}

function inspectJobName(inspection: Inspection, spec: Field): void {
  const field = at(inspection.root, 'metadata', 'name')
  const value = text(field)
  if (isTrue(at(spec, 'manualSelector')) && text(at(spec, 'completionMode')) !== 'Indexed') return
  const completions = integer(at(spec, 'completions')) ?? 0
  const isIndexed = text(at(spec, 'completionMode')) === 'Indexed' && completions > 0
  const host = isIndexed ? `${value}-${completions - 1}` : value
  if (value === '' || (isIndexed ? dns1123LabelFault(host) === undefined : host.length <= 63)) return
  inspection.refuse('generated-name-too-long', {
    at: field,
    message: isIndexed
      ? `name of the Job ${quote(value)} makes ${quote(host)} a host name, which is no DNS label`
      : `name of the Job ${quote(value)} has ${value.length} characters, and labels of its pods hold at most 63`,
    help: 'Shorten the name.',
  })
}

function inspectSchedule(inspection: Inspection, field: Field): void {
  const schedule = optionalText(field)
  if (schedule === undefined) return
  const fault = hasTimeZonePrefix(schedule)
    ? 'must not name a time zone; use spec.timeZone'
    : schedule === ''
      ? 'must not be empty'
      : cronScheduleFault(schedule)
  if (fault === undefined) return
  inspection.refuse('invalid-schedule', { at: field, message: `schedule ${quote(schedule)} ${fault}` })
}

function inspectTimeZone(inspection: Inspection, field: Field): void {
  const zone = optionalText(field)
  if (zone === undefined || isTimeZone(zone)) return
  const near = suggest(zone, timeZoneNames())
  inspection.refuse('invalid-time-zone', {
    at: field,
    message: `timeZone ${quote(zone)} is not an IANA time zone${near === undefined ? '' : `, did you mean "${near}"?`}`,
  })
}
