// Names that are almost alike: near enough to suggest one for the other, and near enough to take one for a slip of the fingers.

import { distance } from 'fastest-levenshtein'

const schemes = /^https?$/i

/** Near enough for "did you mean". Short names differ by design: `a` and `b`, `web1` and `web2`. */
export function isNearName(a: string, b: string): boolean {
  if (a.replaceAll(/\d/g, '') === b.replaceAll(/\d/g, '')) return false
  const shorter = Math.min(a.length, b.length)
  return shorter > 3 && distance(a, b) <= (shorter > 6 ? 2 : 1)
}

/**
 * One letter too many, missing, wrong, or two that changed places. Where a single word of the names differs, that word has to be long
 * enough to be misspelt: `DB_HOST` and `DB_PORT`, `queue-a` and `queue-b`, `HTTP_PROXY` and `HTTPS_PROXY` are meant.
 */
export function isTypingError(a: string, b: string): boolean {
  const [one, other] = differingWords(a, b)
  if (Math.min(one.length, other.length) < 4 || (schemes.test(one) && schemes.test(other))) return false
  return distance(one, other) <= 1 || isSwapped(one, other)
}

/** The words that differ where all others are the same; the whole names otherwise. */
function differingWords(a: string, b: string): readonly [string, string] {
  const words = [a, b].map(name => name.split(/[-_.]/))
  const [of, from] = [words[0] ?? [], words[1] ?? []]
  const different = of.flatMap((word, index) => (word === from[index] ? [] : [index]))
  const [index] = different
  if (of.length !== from.length || different.length !== 1 || index === undefined) return [a, b]
  return [of[index] ?? '', from[index] ?? '']
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at < a.length && a.slice(0, at) + a.slice(at + 1, at + 2) + a.slice(at, at + 1) + a.slice(at + 2) === b
}
