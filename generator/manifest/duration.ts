// Go durations ("300ms", "1h30m"): what `@every` in cron schedules, Argo CD and many custom resources use.
// Follows the grammar of Go's time.ParseDuration.

const nanosecondsIn: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
])

const longest = 2 ** 63

/** The duration in seconds (fractions kept), or undefined when the text is not a Go duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(.+)$/s.exec(text)
  if (match === null) return undefined
  const [, sign, amounts = ''] = match
  if (amounts === '0') return 0
  // No two parts of the pattern take the same digits: a text of a million zeros is refused in one pass.
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(amounts)) return undefined
  let nanoseconds = 0
  for (const [, amount = '', unit = ''] of amounts.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    nanoseconds += Number(amount) * (nanosecondsIn.get(unit) ?? 0)
  }
  if (nanoseconds >= longest) return undefined
  return (sign === '-' ? -nanoseconds : nanoseconds) / 1e9
}
