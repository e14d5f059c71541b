// Events, of both API groups: one kind under two spellings of its fields.
// Follows pkg/apis/core/validation/events.go (ValidateEventCreate); each refusal was seen from an API server of 1.34. Where the
// manifest names no namespace, whether it is that of the object concerned is known only once it is applied.

import { byteLength, qualifiedNameFault } from '../../../manifest/names.ts'
import { groupOf } from '../../../manifest/resource.ts'
import { at, integer, isSet, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseNameFault, refuseSet, refuseUnsupported, type Inspection } from './inspection.ts'

const name = 'invalid-event'
const zeroTime = '0001-01-01T00:00:00'
const longestWord = 128
const longestNote = 1024

interface Spelling {
  readonly concerned: string
  readonly controller: string
  readonly note: string
  /** Fields of the old kind of events, which the newer API group keeps for reading only. */
  readonly old: readonly string[]
}

const core: Spelling = { concerned: 'involvedObject', controller: 'reportingComponent', note: 'message', old: [] }
const events: Spelling = {
  concerned: 'regarding',
  controller: 'reportingController',
  note: 'note',
  old: ['deprecatedFirstTimestamp', 'deprecatedLastTimestamp', 'deprecatedCount', 'deprecatedSource'],
}

export function inspectEvent(inspection: Inspection): void {
  const { root, resource } = inspection
  const isCore = groupOf(resource.apiVersion) === ''
  const spelling = isCore ? core : events
  const timed = isTime(at(root, 'eventTime'))
  inspectNamespace(inspection, at(root, spelling.concerned, 'namespace'), timed)
  if (timed) inspectTimed(inspection, spelling)
  if (isCore) return
  if (!timed) refuseEmpty(inspection, at(root, 'eventTime'), { what: 'eventTime', inSchema: true })
  const type = at(root, 'type')
  if (!refuseEmpty(inspection, type, { what: 'type' })) {
    refuseUnsupported(inspection, 'unsupported-value', { field: type, what: 'type', allowed: ['Normal', 'Warning'] })
  }
  for (const key of spelling.old) {
    if (!isZero(at(root, key))) refuseSet(inspection, at(root, key), `in events of events.k8s.io`)
  }
  inspectSeries(inspection, at(root, 'series'))
}

function inspectNamespace(inspection: Inspection, field: Field, timed: boolean): void {
  const own = text(at(inspection.root, 'metadata', 'namespace'))
  const concerned = text(field)
  const free = timed ? ['default', 'kube-system'] : ['default']
  const fits = concerned === '' ? free.includes(own) : timed || concerned === own
  if (own === '' || fits) return
  inspection.refuse(name, {
    at: field,
    message: `the event is in namespace ${quote(own)}, the object it is about in ${quote(concerned)}`,
    help: 'Events stand in the namespace of the object they are about.',
  })
}

function inspectTimed(inspection: Inspection, spelling: Spelling): void {
  const { root } = inspection
  const controller = at(root, spelling.controller)
  refuseEmpty(inspection, controller, { what: spelling.controller })
  refuseNameFault(inspection, name, { field: controller, what: spelling.controller, check: qualifiedNameFault })
  for (const key of ['reportingInstance', 'action', 'reason']) {
    refuseEmpty(inspection, at(root, key), { what: key })
    refuseLonger(inspection, at(root, key), longestWord)
  }
  refuseLonger(inspection, at(root, spelling.note), longestNote)
}

function refuseLonger(inspection: Inspection, field: Field, limit: number): void {
  const length = byteLength(text(field))
  if (length <= limit) return
  inspection.refuse(name, { at: field, message: `${field.key} has ${length} characters, at most ${limit} are allowed` })
}

function inspectSeries(inspection: Inspection, series: Field): void {
  if (!isSet(series)) return
  const seen = at(series, 'count')
  if ((integer(seen) ?? 2) < 2) {
    inspection.refuse('out-of-range', { at: seen, message: `count ${quote(seen.value)} of a series must be 2 or more` })
  }
  const last = at(series, 'lastObservedTime')
  if (isSet(last) && !isTime(last)) refuseEmpty(inspection, last, { what: 'lastObservedTime', inSchema: true })
}

/** A time that is set, and not Go's zero. */
function isTime(field: Field): boolean {
  return text(field) !== '' && !text(field).startsWith(zeroTime)
}

function isZero({ value }: Field): boolean {
  if (value === undefined || value === 0) return true
  if (typeof value === 'string') return value.startsWith(zeroTime)
  return typeof value === 'object' && Object.values(value ?? {}).every(part => part === '' || part === null)
}
