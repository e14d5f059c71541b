// The string and number formats the server holds values to. A format it does not know is not checked, as the server does.
// Follows k8s.io/kube-openapi/pkg/validation/strfmt and the Go types behind the built-in kinds.

import { parseDuration } from '../../manifest/duration.ts'
import type { YamlValue } from '../../manifest/value.ts'

/** What a value of a format looks like, for messages; undefined when the value is fine or the format is not checked. */
export function formatProblem(format: string, value: string): string | undefined {
  const known = stringFormats.get(format)
  return known === undefined || known.test(value) ? undefined : known.expected
}

interface StringFormat {
  readonly expected: string
  readonly test: (value: string) => boolean
}

const pattern = (expected: string, regexp: RegExp): StringFormat => ({ expected, test: value => regexp.test(value) })

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)

const stringFormats: ReadonlyMap<string, StringFormat> = new Map([
  ['byte', { expected: 'base64', test: isBase64 }],
  ['date-time', { expected: 'a time such as 2026-01-31T12:00:00Z', test: isDateTime }],
  ['go-time', { expected: 'a time such as 2026-01-31T12:00:00Z', test: isGoTime }],
  [
    'micro-time',
    {
      expected: 'a time with six digits of a second, such as 2026-01-31T12:00:00.000000Z',
      test: value => /\.\d{6}(?:Z|[+-])/.test(value) && isGoTime(value),
    },
  ],
  ['datetime', { expected: 'a time such as 2026-01-31T12:00:00Z', test: isDateTime }],
  ['date', { expected: 'a date such as 2026-01-31', test: value => /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value) }],
  ['duration', { expected: 'a duration such as 1h30m', test: isLooseDuration }],
  ['go-duration', { expected: 'a duration such as 1h30m', test: isDuration }],
  ['uri', { expected: 'a URL or a path that starts with "/"', test: isRequestUri }],
  // Fields of custom resources: unlike those of built-in kinds, not even empty where they are no base64.
  ['filled-byte', { expected: 'base64', test: value => value !== '' && isBase64(value) }],
  ['ipv4', pattern('an IPv4 address', ipv4)],
  ['ipv6', { expected: 'an IPv6 address', test: isIpv6 }],
  ['cidr', { expected: 'an address range such as 10.0.0.0/8', test: isCidr }],
  ['mac', pattern('a MAC address', /^(?:[0-9a-f]{2}[:-]){5,7}[0-9a-f]{2}$/i)],
  ['uuid', pattern('a UUID', /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ['email', pattern('an e-mail address', /^[^@\s]+@[^@\s]+$|<[^@\s]+@[^@\s]+>$/)],
  ['hostname', { expected: 'a host name', test: isHostName }],
])

/** Standard base64 with padding; Go's decoder skips line ends. */
export function isBase64(value: string): boolean {
  const text = /[\r\n]/.test(value) ? value.replaceAll(/[\r\n]/g, '') : value
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

function isDateTime(value: string): boolean {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/.exec(value)
  if (parts === null) return false
  const [, day = '', hour, minute, second, zoneHour = '0', zoneMinute = '0'] = parts
  const inDay = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59
  return inDay && Number(zoneHour) <= 24 && Number(zoneMinute) <= 60 && isDay(day)
}

/** As Go's time package reads RFC 3339 in built-in kinds: capital letters, and an hour may have one digit. */
function isGoTime(value: string): boolean {
  return !/[tz]/.test(value) && isDateTime(value.replace(/T(?=\d:)/, 'T0'))
}

const daysInMonth: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = (daysInMonth[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0)
  return day >= 1 && day <= days
}

/** Go's time.ParseDuration. */
function isDuration(value: string): boolean {
  return parseDuration(value) !== undefined
}

const durationUnits = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'hr', 'd', 'w', 'wk']
const durationWords = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week']

/** The format `duration` of a definition: Go's, or anything with a number and a unit in it ("90d", "5 minutes"). */
function isLooseDuration(value: string): boolean {
  if (isDuration(value)) return true
  return [...value.matchAll(/\d+\s*([A-Za-zµ]+)/g)].some(([, text = '']) => {
    const unit = text.toLowerCase()
    return durationUnits.includes(unit) || durationWords.some(word => unit.startsWith(word))
  })
}

/** Go's url.ParseRequestURI, as far as texts that people write go. */
function isRequestUri(value: string): boolean {
  if (!/^(?:\/|\*$|[a-zA-Z][a-zA-Z0-9+.-]*:)/.test(value)) return false
  // oxlint-disable-next-line no-control-regex -- Go refuses them
  return !/[\x00-\x1f\x7f]|%(?![0-9a-fA-F]{2})/.test(value)
}

function isIpv6(value: string): boolean {
  const halves = value.split('::')
  if (halves.length > 2 || !value.includes(':')) return false
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  const tail = groups.at(-1) ?? ''
  const mapped = tail.includes('.')
  if (mapped && !ipv4.test(tail)) return false
  const plain = mapped ? groups.slice(0, -1) : groups
  const count = plain.length + (mapped ? 2 : 0)
  return plain.every(group => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8)
}

function isCidr(value: string): boolean {
  const [address = '', bits = '', more] = value.split('/')
  if (more !== undefined || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) return false
  return ipv4.test(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128
}

/** One label of letters, digits and symbols of any script; or several, the last of at least two letters. */
function isHostName(value: string): boolean {
  // Here rather than beside the others: V8 looks classes of Unicode up when it first meets the expression, not when it runs it.
  const hostName =
    /^(?:[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?|(?:[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z\p{L}]{2,63})$/u
  return hostName.test(value) && value.split('.').every(label => label.length <= 63)
}

/** A quantity as resource.Quantity reads it from JSON: number, then a suffix or an exponent, never both; blanks around are trimmed, line ends
 * are not, because JSON escapes them. */
export function isQuantity(value: YamlValue): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true
  if (typeof value !== 'string') return false
  return /^ *[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)? *$/.test(value)
}

const int64 = 2n ** 63n

/** Whether an integer fits its format; without a format anything does. */
export function fitsInteger(format: string | undefined, value: number | bigint): boolean {
  if (format === 'int32') return value >= -2147483648 && value <= 2147483647
  if (typeof value === 'number') return Math.abs(value) <= 2 ** 63
  return value >= -int64 && value < int64
}
