// An object the model asks for, the file of the tree it belongs to, and the model entries behind it.

import type { YamlMap, YamlValue } from '../manifest/value.ts'
import type { ModelEntry } from '../model/model-finding.ts'

export interface WantedObject {
  readonly object: YamlMap
  /** File name under k8s/base. */
  readonly file: string
  /** Name of the component it was made for; absent for what the whole platform shares. */
  readonly component?: string
  readonly entry: ModelEntry
  /** Narrower entries by JSON pointer prefix; the longest matching prefix wins. */
  readonly fields: readonly { readonly pointer: string; readonly path: readonly string[] }[]
}

/** What the object makers accept: a typed Kubernetes object, whose undefined fields are left out. */
export type Draft = object

/** The plain data of a typed object, without undefined fields. */
export function toData(draft: Draft): YamlMap {
  return withoutUndefined(draft) as YamlMap
}

function withoutUndefined(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (typeof value !== 'object' || value === null) return value as YamlValue
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, withoutUndefined(field)]),
  )
}

/** `{ [key]: value }`, or nothing when there is no value: for optional fields of typed objects. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value }
}
