// The maps the readers make: no inherited names, so `constructor` and `__proto__` are keys like any other, and still fast objects
// (an object created without a prototype is kept as a hash table by V8, and is several times slower to fill).

import type { YamlValue } from '../value.ts'

export type MutableMap = Record<string, YamlValue>

function BareMap(): void {
  // Nothing: keys are added by the reader.
}
BareMap.prototype = Object.freeze(Object.create(null) as object)

/** An empty map. */
export const createMap: () => MutableMap = (() => {
  const Constructor = BareMap as unknown as new () => MutableMap
  return () => new Constructor()
})()
