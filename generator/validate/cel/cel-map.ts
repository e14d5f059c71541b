// Maps of CEL: keys are bool, int, uint or string, and equal numbers are equal keys whatever their type.

import { fail, Uint, type CelMap, type CelValue } from './values.ts'

/** A map of evaluated entries. */
export function celMap(entries: readonly (readonly [CelValue, CelValue])[]): CelMap {
  const index = new Map<string, readonly [CelValue, CelValue]>()
  for (const [key, value] of entries) {
    const id = keyId(key)
    if (id === undefined) fail(`unsupported key type: ${typeof key}`)
    if (index.has(id)) fail(`Failed with repeated key`)
    index.set(id, [key, value])
  }
  return fromIndex(index)
}

/** A map with string keys, whose values are made when they are asked for. */
export function lazyMap(keys: readonly string[], valueOf: (key: string) => CelValue): CelMap {
  const known = new Set(keys)
  return {
    size: known.size,
    keys: () => keys,
    entryOf: key => (typeof key === 'string' && known.has(key) ? { value: valueOf(key) } : undefined),
  }
}

function fromIndex(index: ReadonlyMap<string, readonly [CelValue, CelValue]>): CelMap {
  return {
    size: index.size,
    keys: () => [...index.values()].map(([key]) => key),
    entryOf: key => {
      const id = keyId(key)
      const entry = id === undefined ? undefined : index.get(id)
      return entry === undefined ? undefined : { value: entry[1] }
    },
  }
}

/** One string per key; undefined for what cannot be a key. Doubles may look keys up, not be keys. */
function keyId(key: CelValue): string | undefined {
  if (typeof key === 'string') return `s${key}`
  if (typeof key === 'boolean') return `b${key}`
  if (typeof key === 'bigint') return `n${key}`
  if (key instanceof Uint) return `n${key.value}`
  if (typeof key === 'number') return Number.isInteger(key) ? `n${BigInt(key)}` : 'n.5'
  return undefined
}
