// Cron schedules as the CronJob controller reads them: five fields, names of months and days, and `@hourly` and its like.
// Follows github.com/robfig/cron v3, ParseStandard. Says what is wrong; computes no times.

import { parseDuration } from './duration.ts'

interface CronField {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
}

const fields: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
]

const descriptors: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
])

/** What is wrong with a schedule, or undefined. A time zone prefix (`TZ=`, `CRON_TZ=`) is read over: see hasTimeZonePrefix. */
export function cronScheduleFault(schedule: string): string | undefined {
  const text = withoutTimeZone(schedule)
  if (text.startsWith('@')) return descriptorFault(text)
  const parts = text.split(/\s+/).filter(part => part !== '')
  if (parts.length !== 5) return `must have 5 fields, has ${parts.length}`
  for (const [index, field] of fields.entries()) {
    const fault = fieldFault(parts[index] ?? '', field)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Whether a schedule carries its own time zone, which CronJobs may not. */
export function hasTimeZonePrefix(schedule: string): boolean {
  return schedule.includes('TZ')
}

function withoutTimeZone(schedule: string): string {
  if (!schedule.startsWith('TZ=') && !schedule.startsWith('CRON_TZ=')) return schedule
  const space = schedule.indexOf(' ')
  return space < 0 ? '' : schedule.slice(space).trim()
}

function descriptorFault(text: string): string | undefined {
  if (descriptors.has(text)) return undefined
  if (!text.startsWith('@every '))
    return `must not be an unknown descriptor; known are ${[...descriptors].join(', ')}, @every`
  return parseDuration(text.slice('@every '.length)) === undefined ? 'must have a duration after "@every"' : undefined
}

function fieldFault(text: string, field: CronField): string | undefined {
  for (const item of text.split(',').filter(part => part !== '')) {
    const fault = rangeFault(item, field)
    if (fault !== undefined) return fault
  }
  return undefined
}

function rangeFault(item: string, field: CronField): string | undefined {
  const [range = '', step, ...more] = item.split('/')
  const where = `in "${item}" (${field.name})`
  if (more.length > 0) return `must have at most one "/" ${where}`
  if (step !== undefined && !/^\+?0*[1-9]\d*$/.test(step)) return `must have a number above 0 after "/" ${where}`
  const ends = range.split('-')
  if (ends[0] === '*' || ends[0] === '?') return undefined
  return ends.length > 2 ? `must have at most one "-" ${where}` : endsFault(ends, step !== undefined, item, field)
}

function endsFault(ends: readonly string[], hasStep: boolean, item: string, field: CronField): string | undefined {
  const [low, end] = [ends[0], ends.at(-1)].map(text => numberOf(text ?? '', field))
  if (low === undefined || end === undefined) return `must be numbers or names: "${item}" (${field.name}) is neither`
  const high = ends.length === 1 && hasStep ? Math.max(low, field.max) : end
  if (low < field.min || high > field.max) {
    return `must be between ${field.min} and ${field.max} for ${field.name}, is "${item}"`
  }
  return low > high ? `must not start after its end: "${item}" (${field.name})` : undefined
}

function numberOf(text: string, { names, min }: CronField): number | undefined {
  const index = names?.indexOf(text.toLowerCase()) ?? -1
  if (index >= 0) return index + min
  return /^\+?\d+$/.test(text) ? Number(text) : undefined
}
