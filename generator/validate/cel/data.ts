// Kubernetes objects as CEL values: whole numbers are ints, maps are made when they are looked into.

import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { lazyMap } from './cel-map.ts'
import type { CelMap, CelValue } from './values.ts'

const known = new WeakMap<YamlMap, CelMap>()

/** The value of plain data, without a schema: what an admission policy sees of `object`. */
export function fromData(value: YamlValue | undefined): CelValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (isList(value)) return value.map(fromData)
  return isMap(value) ? mapOf(value) : value
}

function mapOf(map: YamlMap): CelMap {
  const before = known.get(map)
  if (before !== undefined) return before
  const made = lazyMap(
    Object.keys(map).filter(key => map[key] !== undefined),
    key => fromData(map[key]),
  )
  known.set(map, made)
  return made
}
