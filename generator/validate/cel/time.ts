// Timestamps and durations with nanoseconds: reading, writing, and the fields of a date in a time zone.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#timezones

import { Duration, fail, Timestamp } from './values.ts'

const second = 1_000_000_000n
const day = 86_400n * second
/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z. */
const firstInstant = -62_135_596_800n * second
const lastInstant = 253_402_300_800n * second - 1n
const longest = 2n ** 63n - 1n

export function checkTimestamp(nanos: bigint, offset = 0): Timestamp {
  return nanos < firstInstant || nanos > lastInstant ? fail('timestamp overflow') : new Timestamp(nanos, offset)
}

export function checkDuration(nanos: bigint): Duration {
  return nanos > longest || nanos < -longest - 1n ? fail('duration overflow') : new Duration(nanos)
}

const timestampText = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/** RFC 3339. */
// oxlint-disable-next-line complexity -- one condition per field of a date
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = timestampText.exec(text)
  if (match === null) return undefined
  const [year, month, date, hour, minute, seconds] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || date < 1 || date > daysIn(year, month) || hour > 23 || minute > 59 || seconds > 59)
    return undefined
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === '-' ? -1 : 1)
  const total =
    BigInt(daysFromCivil(year, month, date)) * 86_400n + BigInt((hour * 60 + minute - offset) * 60 + seconds)
  return checkTimestamp(total * second + BigInt((match[7] ?? '').padEnd(9, '0')), offset)
}

/** RFC 3339 with the offset it was written with, and as many digits after the second as needed. */
export function formatTimestamp({ nanos, offset }: Timestamp): string {
  const { year, month, date, hour, minute, seconds, fraction } = civil(nanos + BigInt(offset) * 60n * second)
  const two = (value: number): string => String(value).padStart(2, '0')
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`
  const east = Math.abs(offset)
  const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(east / 60))}:${two(east % 60)}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:${two(seconds)}${tail}${zone}`
}

const units: Readonly<Record<string, bigint>> = {
  h: 3600n * second,
  m: 60n * second,
  s: second,
  ms: 1_000_000n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ns: 1n,
}

/** Go's duration syntax: "1h30m", "-1.5s", "0". */
export function parseDuration(text: string): Duration | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+$/.exec(text)
  if (match === null) return /^[+-]?0$/.test(text) ? new Duration(0n) : undefined
  let nanos = 0n
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d*)(?:\.(\d*))?(h|ms|m|s|us|µs|μs|ns)/g)) {
    const size = units[unit] ?? 0n
    nanos += BigInt(whole === '' ? '0' : whole) * size
    if (fraction !== '') nanos += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length)
  }
  return checkDuration(match[1] === '-' ? -nanos : nanos)
}

/** Seconds with an `s`, as protobuf prints a duration. */
export function formatDuration({ nanos }: Duration): string {
  const magnitude = nanos < 0n ? -nanos : nanos
  const fraction = magnitude % second
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`
  return `${nanos < 0n ? '-' : ''}${magnitude / second}${tail}s`
}

export interface Civil {
  readonly year: number
  readonly month: number
  readonly date: number
  readonly hour: number
  readonly minute: number
  readonly seconds: number
  readonly fraction: bigint
  /** 0 is Sunday. */
  readonly weekday: number
  /** 0 is January 1st. */
  readonly yearDay: number
}

/** The fields of an instant, in UTC unless a zone is named (IANA name, or ±hh:mm). */
export function civilIn(timestamp: Timestamp, zone?: string): Civil {
  return civil(timestamp.nanos + (zone === undefined ? 0n : zoneOffset(timestamp, zone) * second))
}

function civil(nanos: bigint): Civil {
  const days = floorDivide(nanos, day)
  const rest = nanos - days * day
  const { year, month, date } = civilFromDays(Number(days))
  const secondsOfDay = Number(rest / second)
  return {
    year,
    month,
    date,
    hour: Math.floor(secondsOfDay / 3600),
    minute: Math.floor(secondsOfDay / 60) % 60,
    seconds: secondsOfDay % 60,
    fraction: rest % second,
    weekday: (((Number(days) + 4) % 7) + 7) % 7,
    yearDay: Number(days) - daysFromCivil(year, 1, 1),
  }
}

/** Seconds east of UTC at an instant. */
function zoneOffset(timestamp: Timestamp, zone: string): bigint {
  const fixed = /^([+-]?)(\d{1,2}):(\d\d)$/.exec(zone)
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3])
    return BigInt((fixed[1] === '-' ? -minutes : minutes) * 60)
  }
  const millis = Number(floorDivide(timestamp.nanos, 1_000_000n))
  const parts = Object.fromEntries(
    zoneFormat(zone)
      .formatToParts(millis)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const days = daysFromCivil(parts['year'] ?? 1970, parts['month'] ?? 1, parts['day'] ?? 1)
  const local = ((days * 24 + (parts['hour'] ?? 0)) * 60 + (parts['minute'] ?? 0)) * 60 + (parts['second'] ?? 0)
  return BigInt(local) - floorDivide(timestamp.nanos, second)
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return fail(`unknown time zone ${zone}`)
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b)
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that leap days come last. */
function daysFromCivil(year: number, month: number, date: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly date: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
  }
}
