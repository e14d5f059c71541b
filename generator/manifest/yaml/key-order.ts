// The order in which `kustomize build` prints the keys of a map: letters after everything else, digit runs by their number.
// Rule: sorter.go of go.yaml.in/yaml v2.4.2. The rule is no total order (`9` < `10` < `1a` < `9`): such sets of keys kustomize prints in
// an order that differs from run to run, this printer always in the same.

/** Compares two keys; negative when `a` is printed first. */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left > 0x7f || right > 0x7f) return compareRunes(Array.from(a), Array.from(b))
    if (left === right) continue
    return compareAt(a, b, at, left, right)
  }
  return a.length - b.length
}

function compareAt(a: string, b: string, at: number, left: number, right: number): number {
  const leftLetter = isAsciiLetter(left)
  const rightLetter = isAsciiLetter(right)
  if (leftLetter && rightLetter) return left - right
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1
  if (!isAsciiDigit(left) && !isAsciiDigit(right) && left !== 0x30 && right !== 0x30) {
    if (!nonAscii.test(a) && !nonAscii.test(b)) return left - right
  }
  return compareRunes(Array.from(a), Array.from(b))
}

const nonAscii = /[^\0-\x7f]/

/** Beyond ASCII the engine's tables of all letters and digits are needed; they take a while to set up. */
function isLetter(rune: string): boolean {
  const code = rune.charCodeAt(0)
  return code > 0x7f ? /^\p{L}$/u.test(rune) : isAsciiLetter(code)
}

function isDigit(rune: string): boolean {
  const code = rune.charCodeAt(0)
  return code > 0x7f ? /^\p{Nd}$/u.test(rune) : isAsciiDigit(code)
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function compareRunes(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at++) {
    const left = a[at] ?? ''
    const right = b[at] ?? ''
    if (left === right) continue
    const leftLetter = isLetter(left)
    const rightLetter = isLetter(right)
    if (leftLetter && rightLetter) return codeOf(left) - codeOf(right)
    if (leftLetter || rightLetter) return rightLetter ? -1 : 1
    return compareNumbers(a, b, at) || codeOf(left) - codeOf(right)
  }
  return a.length - b.length
}

/** The digit runs that begin where two keys part; zeros count as significant when digits other than zero stand before them. */
function compareNumbers(a: readonly string[], b: readonly string[], at: number): number {
  const seed = (a[at] === '0' || b[at] === '0') && significantBefore(a, at) ? 1n : 0n
  const left = digitsFrom(a, at, seed)
  const right = digitsFrom(b, at, seed)
  if (left.value !== right.value) return left.value < right.value ? -1 : 1
  return left.length - right.length
}

function significantBefore(runes: readonly string[], at: number): boolean {
  for (let index = at - 1; index >= 0 && isDigit(runes[index] ?? ''); index--) {
    if (runes[index] !== '0') return true
  }
  return false
}

function digitsFrom(runes: readonly string[], at: number, seed: bigint): { value: bigint; length: number } {
  let value = seed
  let end = at
  while (end < runes.length && isDigit(runes[end] ?? '')) {
    // 64 bits wide, as in the original: very long numbers wrap around.
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(runes[end] ?? '') - 0x30))
    end++
  }
  return { value, length: end - at }
}

function codeOf(rune: string): number {
  return rune.codePointAt(0) ?? 0
}

/** The keys of a map in printing order. */
export function sortedKeys(map: object): readonly string[] {
  const keys = Object.keys(map)
  for (let at = 1; at < keys.length; at++) {
    if (compareKeys(keys[at - 1] as string, keys[at] as string) > 0) return keys.sort(compareKeys)
  }
  return keys
}
