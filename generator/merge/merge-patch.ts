// JSON merge patch (RFC 7386): maps are merged in depth, null removes a key, everything else replaces.

import { asMap, isMap, type YamlValue } from '../manifest/value.ts'

/** @returns the patched value; the target is left as it is */
export function mergePatch(target: YamlValue | undefined, patch: YamlValue | undefined): YamlValue | undefined {
  if (!isMap(patch)) return patch === undefined ? target : patch
  const merged: Record<string, YamlValue | undefined> = { ...asMap(target) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}
