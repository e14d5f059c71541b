// Resource quantities ("500m", "1.5Gi", "1e3"): parsed, compared, added and printed in canonical form.
// Follows apimachinery's resource.Quantity (staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go), whose values are all
// multiples of 10^-9, so an exact integer count of those stands for the number. Parsing never throws.

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

export interface Quantity {
  /** The value times 10^9: exact. */
  readonly nanos: bigint
  readonly format: QuantityFormat
  /** The text as written, where apimachinery keeps it as the canonical form. */
  readonly text?: string
}

interface Suffix {
  readonly base: 2 | 10
  readonly exponent: number
  readonly format: QuantityFormat
}

const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const

const suffixes: ReadonlyMap<string, Suffix> = new Map<string, Suffix>([
  ...decimalSuffixes.map(
    (suffix, index) => [suffix, { base: 10, exponent: 3 * index - 9, format: 'DecimalSI' }] as const,
  ),
  ...binarySuffixes
    .slice(1)
    .map((suffix, index) => [suffix, { base: 2, exponent: 10 * (index + 1), format: 'BinarySI' }] as const),
])

const nano = 10n ** 9n
const maxBinary = (2n ** 63n - 1n) * nano
/** Exponents beyond this are treated as this: far above every amount a cluster has, and still cheap to hold. */
const maxExponent = 400
const quantityText = /^([+-]?)(?:0*([1-9]\d*)|0*)(?:\.(\d*))?((?:[eEinumkKMGTP]+[+-]?\d*)?)$/

/**
 * The quantity a text stands for, or undefined where apimachinery would refuse it.
 * @param text as in a manifest; blanks around it are ignored, as the API server's JSON decoding does
 */
export function parseQuantity(text: string): Quantity | undefined {
  const trimmed = text.trim()
  const match = quantityText.exec(trimmed)
  if (match === null || trimmed === '') return undefined
  const [, sign = '', whole = '', fraction = '', suffixText = ''] = match
  const suffix = readSuffix(suffixText)
  if (suffix === undefined) return undefined
  const digits = (whole === '' ? '0' : whole) + fraction
  const magnitude = capped(scaled(BigInt(digits), fraction.length, suffix), suffix.format)
  const nanos = sign === '-' ? -magnitude : magnitude
  return {
    nanos,
    format: formatOf(magnitude, suffix, fraction),
    ...(isCanonicalText(digits, fraction.length, suffix) ? { text: trimmed } : {}),
  }
}

/** The quantity of a YAML value: quantities may be written as strings or as plain numbers. */
export function quantityOf(value: unknown): Quantity | undefined {
  if (typeof value === 'string') return parseQuantity(value)
  return typeof value === 'number' || typeof value === 'bigint' ? parseQuantity(String(value)) : undefined
}

/** Negative when a is less than b, zero when equal, positive when greater. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.nanos === b.nanos) return 0
  return a.nanos < b.nanos ? -1 : 1
}

/** The sum, in the format of `a` (of `b` where `a` is zero). */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos, format: a.nanos === 0n ? b.format : a.format }
}

/** Whether the amount is a whole number (apimachinery prints fractions as milli, micro or nano). */
export function isWholeQuantity(quantity: Quantity): boolean {
  return quantity.nanos % nano === 0n
}

/** The canonical form: what the API server stores and returns. No precision lost, no fraction, the largest suffix that fits. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text
  const { nanos, format } = quantity
  if (nanos === 0n) return '0'
  const size = nanos < 0n ? -nanos : nanos
  if (format === 'BinarySI' && size >= 1024n * nano && size % nano === 0n) return formatBinary(nanos / nano)
  return formatDecimal(nanos, format === 'DecimalExponent')
}

function readSuffix(text: string): Suffix | undefined {
  const known = suffixes.get(text)
  if (known !== undefined || !/^[eE][+-]?\d+$/.test(text)) return known
  const exponent = Number(text.slice(1))
  if (!Number.isSafeInteger(exponent)) return undefined
  return { base: 10, exponent: Math.max(-maxExponent, Math.min(maxExponent, exponent)), format: 'DecimalExponent' }
}

/** mantissa / 10^places * suffix, times 10^9, rounded away from zero. */
function scaled(mantissa: bigint, places: number, { base, exponent }: Suffix): bigint {
  const shift = 9 - places + (base === 10 ? exponent : 0)
  const value = base === 2 ? mantissa << BigInt(exponent) : mantissa
  if (shift >= 0) return value * 10n ** BigInt(shift)
  const divisor = 10n ** BigInt(-shift)
  return (value + divisor - 1n) / divisor
}

function capped(magnitude: bigint, format: QuantityFormat): bigint {
  return format === 'BinarySI' && magnitude > maxBinary ? maxBinary : magnitude
}

function formatOf(magnitude: bigint, { format }: Suffix, fraction: string): QuantityFormat {
  return format === 'BinarySI' && fraction !== '' && magnitude > 0n && magnitude < nano ? 'DecimalSI' : format
}

/** Where apimachinery's fast path keeps the text it was given (it takes it to be canonical already). */
function isCanonicalText(digits: string, places: number, { base, exponent, format }: Suffix): boolean {
  if (base === 2) {
    const fits = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1 >= 0
    return places === 0 && fits && (Number(digits) & 7) !== 0
  }
  const scale = exponent - places
  const fits = digits.length <= 18 && scale >= -9 && (format === 'DecimalExponent' || scale <= 18)
  return fits && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
}

function formatBinary(value: bigint): string {
  let amount = value
  let index = 0
  while (amount % 1024n === 0n && index < binarySuffixes.length - 1) {
    amount /= 1024n
    index++
  }
  return `${amount}${binarySuffixes[index] ?? ''}`
}

function formatDecimal(nanos: bigint, asExponent: boolean): string {
  let amount = nanos
  let exponent = -9
  while (amount % 1000n === 0n && (asExponent || exponent < 18)) {
    amount /= 1000n
    exponent += 3
  }
  if (asExponent) return exponent === 0 ? String(amount) : `${amount}e${exponent}`
  return `${amount}${decimalSuffixes[(exponent + 9) / 3] ?? ''}`
}
