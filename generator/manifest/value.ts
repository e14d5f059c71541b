// The data inside a YAML document: plain JSON-like values. Maps are plain objects without a prototype, in document order.
// A bigint stands for an integer that a double cannot hold exactly.

export type Scalar = null | boolean | number | bigint | string
export type YamlValue = Scalar | YamlList | YamlMap
export type YamlList = readonly YamlValue[]
export interface YamlMap {
  readonly [key: string]: YamlValue | undefined
}

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: unknown): value is YamlList {
  return Array.isArray(value)
}

/** The value as a string, or undefined when it is anything else. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value as a map, or an empty one: for walking optional branches. */
export function asMap(value: unknown): YamlMap {
  return isMap(value) ? value : empty
}

/** The value as a list, or an empty one. */
export function asList(value: unknown): YamlList {
  return isList(value) ? value : []
}

const empty: YamlMap = Object.freeze(Object.create(null) as YamlMap)
