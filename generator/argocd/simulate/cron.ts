// The cron schedules of sync windows, as robfig/cron v3 reads them with five fields and no descriptors
// (pkg/apis/application/v1alpha1/types.go, SyncWindow). Times are seconds since 1970, read as if the clock were UTC.

export interface CronSchedule {
  /** Seconds of the day, in order. */
  readonly times: readonly number[]
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** Whether either day field is `*`: then both must match, else one is enough. */
  readonly anyDay: boolean
}

interface Field {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const minute: Field = { name: 'minute', min: 0, max: 59 }
const hour: Field = { name: 'hour', min: 0, max: 23 }
const day: Field = { name: 'day of the month', min: 1, max: 31 }
const month: Field = { name: 'month', min: 1, max: 12, names: months }
const weekday: Field = { name: 'day of the week', min: 0, max: 6, names: weekdays }
const fields = [minute, hour, day, month, weekday]

/** The schedule, or what is wrong with it, as words after "the schedule …". */
export function parseCron(text: string): CronSchedule | string {
  const parts = text.split(/\s+/).filter(part => part !== '')
  if (text.startsWith('@')) return 'is a descriptor, and Argo CD takes five fields only'
  if (/^(CRON_)?TZ=/.test(text)) return 'names a time zone, which belongs in the field timeZone'
  if (parts.length !== fields.length) return `has ${parts.length} fields, not five`
  const parsed = fields.map((field, index) => parseField(parts[index] ?? '', field))
  const wrong = parsed.find(result => typeof result === 'string')
  if (wrong !== undefined) return wrong
  const [minutes = none, hours = none, days = none, monthSet = none, weekdaySet = none] = parsed.filter(
    result => typeof result !== 'string',
  )
  return {
    times: timesOfDay(hours.values, minutes.values),
    days: days.values,
    months: monthSet.values,
    weekdays: weekdaySet.values,
    anyDay: days.star || weekdaySet.star,
  }
}

interface ParsedField {
  readonly values: ReadonlySet<number>
  readonly star: boolean
}

const none: ParsedField = { values: new Set(), star: false }

function parseField(text: string, field: Field): ParsedField | string {
  const values = new Set<number>()
  let star = false
  for (const part of text.split(',').filter(item => item !== '')) {
    const range = parseRange(part, field)
    if (typeof range === 'string') return range
    for (let value = range.start; value <= range.end; value += range.step) values.add(value)
    if (range.star) star = true
  }
  return { values, star }
}

interface Range {
  readonly start: number
  readonly end: number
  readonly step: number
  readonly star: boolean
}

function parseRange(part: string, field: Field): Range | string {
  const [, low = '', , high, , stepText] = /^([^-/]*)(-([^-/]*))?(\/([^-/]*))?$/.exec(part) ?? []
  const step = number(stepText ?? '1') ?? 0
  if (step === 0) return `has a step in "${part}" that is no positive number`
  const any = ['*', '?'].includes(low)
  const start = any ? field.min : value(low, field)
  const end = any ? field.max : endOf(low, high, stepText !== undefined, field)
  if (start === undefined || end === undefined) return `has "${part}", which is no ${field.name}`
  const wrong = outOfBounds(start, end, field)
  return wrong === undefined ? { start, end, step, star: any && step === 1 } : `has "${part}", ${wrong}`
}

/** `5` is itself, `5/10` goes on to the end of the field. */
function endOf(low: string, high: string | undefined, stepped: boolean, field: Field): number | undefined {
  if (high !== undefined) return value(high, field)
  return stepped ? field.max : value(low, field)
}

function outOfBounds(start: number, end: number, field: Field): string | undefined {
  if (start < field.min || end > field.max) return `out of ${field.min} to ${field.max} for the ${field.name}`
  return start > end ? 'a range that ends before it begins' : undefined
}

function value(text: string, field: Field): number | undefined {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1
  return named < 0 ? number(text) : named + field.min
}

function number(text: string): number | undefined {
  return /^\+?\d+$/.test(text) ? Number(text) : undefined
}

const daySeconds = 86_400

/** The first time strictly after `after`; undefined when there is none within five years (31 February). */
export function nextTime(schedule: CronSchedule, after: number): number | undefined {
  const earliest = Math.floor(after) + 1
  const firstDay = Math.floor(earliest / daySeconds)
  const { times } = schedule
  for (let index = firstDay; index < firstDay + 5 * 366; index += 1) {
    if (!matchesDay(schedule, index)) continue
    const time = times.find(seconds => index * daySeconds + seconds >= earliest)
    if (time !== undefined) return index * daySeconds + time
  }
  return undefined
}

function timesOfDay(hours: ReadonlySet<number>, minutes: ReadonlySet<number>): readonly number[] {
  const sorted = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b)
  return sorted(hours).flatMap(hourOfDay => sorted(minutes).map(minuteOfHour => hourOfDay * 3600 + minuteOfHour * 60))
}

function matchesDay(schedule: CronSchedule, dayIndex: number): boolean {
  const date = civilDate(dayIndex)
  if (!schedule.months.has(date.month)) return false
  const ofMonth = schedule.days.has(date.day)
  const ofWeek = schedule.weekdays.has((((dayIndex + 4) % 7) + 7) % 7)
  return schedule.anyDay ? ofMonth && ofWeek : ofMonth || ofWeek
}

/** The Gregorian month and day of a day counted from 1970-01-01. */
function civilDate(dayIndex: number): { readonly month: number; readonly day: number } {
  const shifted = dayIndex + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  return {
    month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}
