// Values under construction: the same data as YamlValue, but owned by one writer until it hands them on.
//
// A key whose value is `undefined` stands for a value left blank in YAML (`key:`), which kustomize treats unlike a written `null`
// in one place: a strategic merge drops the first and keeps the second. It is printed as null, or as empty text where it was read
// inside brackets.

import { isList, isMap, type Scalar, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { copySpellings, spellingOf } from '../manifest/yaml/spelling.ts'

export type MutableValue = Scalar | MutableList | MutableMap
export type MutableList = MutableValue[]
export interface MutableMap {
  [key: string]: MutableValue | undefined
}

/** A map without a prototype. */
export function newMap(): MutableMap {
  return Object.create(null) as MutableMap
}

/** A deep copy that belongs to the caller. */
export function cloneValue(value: YamlValue): MutableValue {
  if (isList(value)) {
    const copy = value.map(cloneValue)
    copySpellings(value, copy)
    return copy
  }
  if (isMap(value)) return cloneMap(value)
  return value
}

/** A deep copy that belongs to the caller. */
export function cloneMap(map: YamlMap): MutableMap {
  const copy = newMap()
  for (const key in map) {
    const value = map[key]
    copy[key] = value === undefined ? undefined : cloneValue(value)
  }
  copySpellings(map, copy)
  return copy
}

/** What an entry without a value is printed as. */
export function printedBlank(container: object, key: string | number): null | '' {
  return spellingOf(container, key)?.style === 'braced' ? '' : null
}

/** A scalar as text, the way it stands in YAML: `true`, `8080`. Maps and lists have none. */
export function scalarText(value: YamlValue | undefined): string {
  if (typeof value === 'string') return value
  return value === undefined || typeof value === 'object' ? '' : String(value)
}

/** The text of a scalar entry as it stands in its file: `1.50` where the value is 1.5. */
export function textAt(container: object, key: string | number): string {
  return (
    spellingOf(container, key)?.text ?? scalarText((container as { readonly [entry: string | number]: YamlValue })[key])
  )
}
