// Data as a Go program has it after decoding: a null in a map is as good as a field that is not there.

import { isList, isMap, type YamlMap, type YamlValue } from './value.ts'

/** The map without null members at any depth; itself where there are none. Nulls in lists stay. */
export function withoutNulls(map: YamlMap): YamlMap {
  let copy: Record<string, YamlValue | undefined> | undefined
  for (const [key, value] of Object.entries(map)) {
    const kept = value === null ? undefined : within(value)
    if (kept === value) continue
    copy ??= { ...map }
    if (kept === undefined) delete copy[key]
    else copy[key] = kept
  }
  return copy ?? map
}

function within(value: YamlValue | undefined): YamlValue | undefined {
  if (isMap(value)) return withoutNulls(value)
  if (!isList(value)) return value
  const kept = value.map(item => within(item) ?? null)
  return kept.some((item, index) => item !== value[index]) ? kept : value
}
