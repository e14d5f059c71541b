// What a plain (unquoted) scalar means to the two Go readers of the Kubernetes world. go-yaml 3 reads what goes through kustomize;
// go-yaml 2 (by way of sigs.k8s.io/yaml) reads what kubectl and Argo CD's directory sources take, and prints what kustomize prints.
// Rules: resolve.go of go.yaml.in/yaml v3.0.3 and v2.4.2.

import type { Scalar } from '../value.ts'

/** `go-yaml-3`: how kustomize reads. `yaml-1.1`: how kubectl and Argo CD's directory sources read. */
export type ScalarRules = 'go-yaml-3' | 'yaml-1.1'

export type ScalarKind = 'string' | 'boolean' | 'null' | 'integer' | 'float' | 'timestamp'

const booleans12: ReadonlyMap<string, boolean> = new Map(
  ['true', 'True', 'TRUE']
    .map((word): [string, boolean] => [word, true])
    .concat(['false', 'False', 'FALSE'].map(word => [word, false])),
)
const booleans11: ReadonlyMap<string, boolean> = new Map([
  ...booleans12,
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word): [string, boolean] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word): [string, boolean] => [word, false]),
])
const nulls: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL'])
const specialFloats: ReadonlyMap<string, number> = new Map([
  ...['.nan', '.NaN', '.NAN'].map((word): [string, number] => [word, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, number] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, number] => [word, -Infinity]),
])

/** The letters, signs and digits that can begin something else than a string; anything else is a string at once. */
const suspects: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  '+-.~0123456789yYnNtTfFoO'.includes(String.fromCharCode(code)),
)

/** Whether a non-empty plain scalar may mean anything but a string; false is certain. */
export function maySurprise(text: string): boolean {
  return suspects[text.charCodeAt(0)] === true
}

/**
 * The value of a plain scalar. Integers that a double cannot hold are bigints. Timestamps stay as they are for kubectl; kustomize
 * writes them out (`2001-01-01` becomes "2001-01-01T00:00:00Z").
 */
export function resolvePlain(text: string, rules: ScalarRules): Scalar {
  if (text === '') return null
  if (!maySurprise(text)) return text
  const first = text.charCodeAt(0)
  if (first > 0x39) {
    const boolean = (rules === 'yaml-1.1' ? booleans11 : booleans12).get(text)
    if (boolean !== undefined) return boolean
    return nulls.has(text) ? null : text
  }
  return resolveNumber(text, first, rules) ?? (rules === 'go-yaml-3' ? timestampText(text) : text)
}

/** What kind of value a plain scalar is. */
export function kindOfPlain(text: string, rules: ScalarRules): ScalarKind {
  const value = resolvePlain(text, rules)
  if (value === null) return 'null'
  if (typeof value === 'string') return isTimestamp(text) ? 'timestamp' : 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'bigint') return 'integer'
  return Number.isInteger(value) && integerOf(text.replaceAll('_', ''), rules) !== undefined ? 'integer' : 'float'
}

const plainInteger = /^(?:0|-?[1-9][0-9]{0,14})$/
const floatSyntax = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** Behind a leading point Go itself reads the number, which wants every underscore between two digits. */
const pointFloatSyntax = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

function resolveNumber(text: string, first: number, rules: ScalarRules): number | bigint | undefined {
  if (endsLikeNoNumber(text)) return undefined
  if (plainInteger.test(text)) return Number(text)
  const special = specialFloats.get(text)
  if (special !== undefined) return special
  if (first === 0x2e) return pointFloatSyntax.test(text) ? finite(text.replaceAll('_', '')) : undefined
  if (isTimestamp(text)) return undefined
  const digits = text.replaceAll('_', '')
  const integer = integerOf(digits, rules)
  if (integer !== undefined) return integer
  return floatSyntax.test(digits) ? finite(digits) : undefined
}

/** Whether a text ends in a letter that nothing of the kind ends in (`100m`, `128Mi`): hexadecimal digits and `.nan` aside. */
function endsLikeNoNumber(text: string): boolean {
  const last = text.charCodeAt(text.length - 1) | 0x20
  return last > 0x66 && last < 0x7b && last !== 0x6e
}

/** Go refuses a float out of range, so the text stays a string. */
function finite(text: string): number | undefined {
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

const integerSyntax = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|(0[0-7]*)|([1-9][0-9]*))$/
/** Signs behind the prefix: an oddity of both readers (`0b+1`), for octals of go-yaml 3 alone. */
const oddInteger = /^0([bo])([-+])([0-9]+)$/

function integerOf(digits: string, rules: ScalarRules): number | bigint | undefined {
  const match = integerSyntax.exec(digits)
  if (match === null) return oddIntegerOf(digits, rules)
  const [, sign, hexadecimal, binary, octal, oldOctal, decimal] = match
  const size = hexadecimal
    ? BigInt(`0x${hexadecimal}`)
    : binary
      ? BigInt(`0b${binary}`)
      : (octal ?? oldOctal)
        ? BigInt(`0o${octal ?? oldOctal}`)
        : BigInt(decimal ?? '0')
  return inRange(sign === '-' ? -size : size, sign === '' ? maxUnsigned : maxSigned)
}

function oddIntegerOf(digits: string, rules: ScalarRules): number | bigint | undefined {
  const match = oddInteger.exec(digits)
  if (match === null) return undefined
  const [, base, sign, size = ''] = match
  if (base === 'o' && (rules === 'yaml-1.1' || /[89]/.test(size))) return undefined
  if (base === 'b' && /[2-9]/.test(size)) return undefined
  const value = BigInt(`0${base}${size}`)
  return inRange(sign === '-' ? -value : value, maxSigned)
}

const maxSigned = 2n ** 63n - 1n
const maxUnsigned = 2n ** 64n - 1n

function inRange(value: bigint, max: bigint): number | bigint | undefined {
  if (value > max || value < -(2n ** 63n)) return undefined
  const double = Number(value)
  return Number.isSafeInteger(double) ? double : value
}

const dateSyntax =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]|( +))([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:(Z)|[-+]([0-9]{2}):([0-9]{2}))?)?$/

/** The timestamps of go-yaml: a date, alone, or with a time (after `T` with a zone, after a space without one). */
export function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false
  const match = dateSyntax.exec(text)
  if (match === null) return false
  const [, year, month, day, space, hour, minute, second, utc, zoneHour, zoneMinute] = match
  if (!isDay(Number(year), Number(month), Number(day))) return false
  if (hour === undefined) return true
  const zoned = utc !== undefined || zoneHour !== undefined
  if ((space !== undefined) === zoned) return false
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false
  return zoneHour === undefined || (Number(zoneHour) <= 24 && Number(zoneMinute) <= 60)
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}

/** A timestamp as Go's JSON writes it (RFC 3339, fractions without zeros at the end); any other text as it is. */
function timestampText(text: string): string {
  if (!isTimestamp(text)) return text
  const [date = '', ...rest] = text.split(/[Tt]| +/)
  const [year, ...monthAndDay] = date.split('-')
  const fraction = (/[.,]([0-9]{1,9})/.exec(text)?.[1] ?? '').replace(/0+$/, '')
  const zone = /[-+][0-9]{2}:[0-9]{2}$/.exec(rest.join())?.[0] ?? 'Z'
  const time = /^[0-9:]+/.exec(rest.join())?.[0] ?? '0:0:0'
  const day = [year, ...monthAndDay.map(twoDigits)].join('-')
  const clock = time.split(':').map(twoDigits).join(':')
  return `${day}T${clock}${fraction && `.${fraction}`}${/^[-+]00:00$/.test(zone) ? 'Z' : zone}`
}

function twoDigits(text: string): string {
  return text.padStart(2, '0')
}
