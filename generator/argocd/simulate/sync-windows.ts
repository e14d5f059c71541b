// Which sync windows concern an Application, which are open at a time, and whether a sync may run then: as Argo CD 3.5
// decides (pkg/apis/application/v1alpha1/types.go, SyncWindows). The time is an argument; nothing here reads a clock.

import { asList, asMap, asString, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { nextTime, parseCron, type CronSchedule } from './cron.ts'
import { matchesGlob } from './glob.ts'
import { parseDuration } from '../../manifest/duration.ts'
import { destinationOfApplication, listAt } from './read-argocd.ts'

export interface SyncWindowView {
  /** Pointer inside the AppProject. */
  readonly pointer: string
  readonly kind: string
  readonly schedule: string
  readonly cron: CronSchedule
  /** Seconds. */
  readonly duration: number
  readonly timeZone: string
  readonly manualSync: boolean
  readonly syncOverrun: boolean
  readonly object: YamlMap
}

/** The windows of a project that concern an Application; windows that cannot be read concern none here (lints report them). */
export function windowsFor(project: YamlMap, application: YamlMap): readonly SyncWindowView[] {
  return (listAt(project, '/spec/syncWindows') ?? []).flatMap((value, index) => {
    const view = windowView(value, `/spec/syncWindows/${index}`)
    return view !== undefined && concerns(view.object, application) ? [view] : []
  })
}

/** Reads one window; undefined when its schedule or duration cannot be read. */
export function windowView(value: YamlValue, pointer: string): SyncWindowView | undefined {
  const object = asMap(value)
  const schedule = asString(object['schedule']) ?? ''
  const cron = parseCron(schedule)
  const duration = parseDuration(asString(object['duration']) ?? '')
  if (typeof cron === 'string' || duration === undefined) return undefined
  const timeZone = asString(object['timeZone']) ?? ''
  return {
    pointer,
    kind: asString(object['kind']) ?? '',
    schedule,
    cron,
    duration,
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    manualSync: object['manualSync'] === true,
    syncOverrun: object['syncOverrun'] === true,
    object,
  }
}

/**
 * Whether a window selects an Application: any of applications, clusters, namespaces matches, or with `andOperator` all
 * that are set. As in Argo CD, a window with `andOperator` and no namespaces still needs its last set list to match.
 */
export function concerns(window: YamlMap, application: YamlMap): boolean {
  const destination = destinationOfApplication(application)
  const name = asString(asMap(application['metadata'])['name']) ?? ''
  const lists: readonly (readonly [field: string, values: readonly string[]])[] = [
    ['applications', [name]],
    ['clusters', [destination.name, destination.server].filter(value => value !== '')],
    ['namespaces', [destination.namespace]],
  ]
  const set = lists
    .map(([field, values]) => ({ patterns: asList(window[field]).flatMap(item => asString(item) ?? []), values }))
    .filter(({ patterns }) => patterns.length > 0)
  const matched = set.map(({ patterns, values }) =>
    values.some(value => patterns.some(pattern => globMatch(pattern, value))),
  )
  if (window['andOperator'] === true) return matched.length > 0 && matched.every(Boolean)
  return matched.some(Boolean)
}

function globMatch(pattern: string, value: string): boolean {
  return pattern === '*' || matchesGlob(pattern, value)
}

/** Whether the window is open at a time (milliseconds since 1970). Like Argo CD's, it opens just after its first instant. */
export function isOpen(window: SyncWindowView, at: number): boolean {
  const local = at / 1000 + zoneOffset(window.timeZone, at)
  const next = nextTime(window.cron, local - window.duration)
  return next !== undefined && next < local
}

export interface SyncQuestion {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly manual: boolean
  /** When the operation began, for windows that let running syncs finish (syncOverrun). */
  readonly startedAt?: number
}

export interface SyncAnswer {
  readonly allowed: boolean
  readonly reason: string
  /** The windows that decide. */
  readonly windows: readonly SyncWindowView[]
}

/** Whether a sync may run: an open deny window beats all, then an open allow window, then a closed allow window forbids. */
export function canSync(windows: readonly SyncWindowView[], question: SyncQuestion): SyncAnswer {
  const open = windows.filter(window => isOpen(window, question.at))
  const denying = open.filter(window => window.kind === 'deny')
  if (denying.length > 0) return excused(denying, windows, question, 'a deny window is open')
  const allowing = open.filter(window => window.kind === 'allow')
  if (allowing.length > 0) return { allowed: true, reason: 'an allow window is open', windows: allowing }
  const closed = windows.filter(window => window.kind === 'allow')
  if (closed.length === 0) return { allowed: true, reason: 'no window forbids it', windows: [] }
  return excused(closed, windows, question, 'every allow window is closed')
}

/** Manual syncs and running operations pass when every window in the way lets them. */
function excused(
  inTheWay: readonly SyncWindowView[],
  windows: readonly SyncWindowView[],
  { manual, startedAt }: SyncQuestion,
  reason: string,
): SyncAnswer {
  if (manual && inTheWay.every(window => window.manualSync)) {
    return { allowed: true, reason: `${reason}, but it lets manual syncs through`, windows: inTheWay }
  }
  const mayFinish = startedAt !== undefined && inTheWay.every(window => window.syncOverrun)
  if (mayFinish && canSync(windows, { at: startedAt, manual }).allowed) {
    return { allowed: true, reason: `${reason}, but the running sync may finish`, windows: inTheWay }
  }
  return { allowed: false, reason, windows: inTheWay }
}

/**
 * The next time from which automated syncs may run; undefined when there is none within a year, `not-evaluated` when the
 * windows change too often to look that far. Looked for at the edges of the windows, where alone the answer can change.
 */
export function nextOpening(windows: readonly SyncWindowView[], from: number): number | 'not-evaluated' | undefined {
  if (windows.some(window => window.kind === 'deny' && isAlwaysOpen(window))) return undefined
  const end = from + 366 * 86_400_000
  let at = from
  for (let steps = 0; steps < 5000 && at <= end; steps += 1) {
    if (canSync(windows, { at, manual: false }).allowed) return at
    const edges = windows.map(window => nextEdge(window, at))
    const next = Math.min(...edges)
    if (!Number.isFinite(next)) return undefined
    at = next
  }
  return at > end ? undefined : 'not-evaluated'
}

/** Whether a daily schedule begins again before each of its windows is over. */
function isAlwaysOpen({ cron, duration }: SyncWindowView): boolean {
  const daily = cron.months.size === 12 && cron.days.size === 31 && cron.weekdays.size === 7
  const [first] = cron.times
  if (!daily || first === undefined) return false
  const next = [...cron.times.slice(1), first + 86_400]
  return cron.times.every((time, index) => (next[index] ?? Infinity) - time <= duration)
}

/** The next moment at which a window opens or closes, in milliseconds. */
function nextEdge(window: SyncWindowView, at: number): number {
  const offset = zoneOffset(window.timeZone, at)
  const local = at / 1000 + offset
  const start = nextTime(window.cron, local - 1)
  const current = nextTime(window.cron, local - window.duration)
  const opens = start === undefined ? Infinity : Math.max(start, Math.floor(local)) + 1
  const closes = current === undefined ? Infinity : current + window.duration + 1
  const edges = [opens, closes].filter(edge => edge > local)
  return (Math.min(...edges) - offset) * 1000
}

export function isTimeZone(name: string): boolean {
  if (name === '') return false
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs more than using it a hundred times. */
function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, format)
  return format
}

/** Seconds a zone is ahead of UTC at a time. */
function zoneOffset(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0
  const parts = offsetFormat(timeZone).formatToParts(at)
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(name) ?? []
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -total : total
}
