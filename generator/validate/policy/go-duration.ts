// Durations as Go prints them: https://pkg.go.dev/time#Duration.String.

const whole = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/

/** A duration of whole hours, minutes and seconds the way Go prints it (`8760h` as `8760h0m0s`); undefined for anything else. */
export function canonicalDuration(text: string): string | undefined {
  const match = text === '' ? null : whole.exec(text)
  if (match === null) return undefined
  const [hours, minutes, seconds] = [match[1], match[2], match[3]].map(part => Number(part ?? 0))
  const total = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60]
  if (h > 0) return `${h}h${m}m${s}s`
  return m > 0 ? `${m}m${s}s` : `${s}s`
}
