// Numbers as text, the way they leave `kustomize build`: through Go's JSON, then through go-yaml 2.

/** A number as kustomize prints it. */
export function numberText(value: number | bigint): string {
  if (typeof value === 'bigint') return value.toString()
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : String(value)
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return isLongInteger(value) ? String(value) : floatText(value)
}

/** Whether the digits that Go's JSON writes for a float are read back as a 64-bit integer, signed or not. */
function isLongInteger(value: number): boolean {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e20) return false
  const integer = BigInt(String(value))
  return integer >= -(2n ** 63n) && integer < 2n ** 64n
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 64)`: an exponent of two digits or more below 1e-4 and from 1e+06 on. */
export function floatText(value: number): string {
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < 6) return String(value)
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
}
