// Near misses for messages: "did you mean", and the list of what is allowed when it is short.

import { closest, distance } from 'fastest-levenshtein'

/**
 * The candidate the writer probably meant, if one is close enough (at most a third of its letters differ, or only the case).
 * @param word what was written
 * @param candidates what would be allowed
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates]
  if (list.length === 0) return undefined
  const sameLetters = list.find(candidate => candidate.toLowerCase() === word.toLowerCase())
  if (sameLetters !== undefined) return sameLetters
  const best = closest(word, list)
  return distance(word, best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined
}

/** Whether a word is another but for a slip of the finger: two letters at most. */
export function isSlip(word: string, meant: string): boolean {
  return word !== meant && meant.length > 4 && distance(word, meant) <= 2
}

/** `, did you mean "x"?` or `, allowed: a, b, c` (ten or fewer), or nothing: to be appended to a message. */
export function hint(word: string, candidates: Iterable<string>): string {
  const list = [...candidates]
  const near = suggest(word, list)
  if (near !== undefined) return `, did you mean "${near}"?`
  return list.length > 0 && list.length <= 10 ? `, allowed: ${list.join(', ')}` : ''
}
