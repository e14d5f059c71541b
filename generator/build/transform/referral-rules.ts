// When two renamed objects are as good as one, and when two objects went through the same prefixes and suffixes.
// Follows api/filters/nameref/nameref.go and api/resource/resource.go (PrefixesSuffixesEquals).

import type { BuildResource, ResourceId } from '../build-resource.ts'

export function isSame(a: ResourceId, b: ResourceId, sameness: 'name' | 'name and namespace'): boolean {
  return a.name === b.name && (sameness === 'name' || a.namespace === b.namespace)
}

/** Whether two objects went through the same prefixes and suffixes, outermost last. */
export function affixesMatch(a: BuildResource, b: BuildResource, allowEmpty: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every(list => {
    const [one, other] = [a.memory[list], b.memory[list]]
    if (allowEmpty && (one.length === 0 || other.length === 0)) return true
    return sameEnding(one, other)
  })
}

function sameEnding(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length)
  return length === 0
    ? a.length === b.length
    : a.slice(-length).every((text, index) => text === b.slice(-length)[index])
}
