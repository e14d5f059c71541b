// Sets: lists without regard to order and repetition. https://pkg.go.dev/github.com/google/cel-go/ext#Sets

import type { CelFunction } from '../compilation.ts'
import { equals } from '../equality.ts'
import { isCelList, noOverload, type CelList } from '../values.ts'

function onLists(name: string, test: (a: CelList, b: CelList) => boolean): CelFunction {
  return (a = null, b = null) => (isCelList(a) && isCelList(b) ? test(a, b) : noOverload(name, [a, b]))
}

function containsAll(a: CelList, b: CelList): boolean {
  return b.every(item => a.some(other => equals(item, other)))
}

export const setFunctions: Readonly<Record<string, CelFunction>> = {
  'sets.contains': onLists('sets.contains', containsAll),
  'sets.equivalent': onLists('sets.equivalent', (a, b) => containsAll(a, b) && containsAll(b, a)),
  'sets.intersects': onLists('sets.intersects', (a, b) => a.some(item => b.some(other => equals(item, other)))),
}
