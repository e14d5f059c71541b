// The JSON patch (RFC 6902) from one object to another: exact for any data, where a strategic merge patch cannot be.

import { child } from '../manifest/pointer.ts'
import { isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { sameData } from './same-data.ts'

export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path: string
  readonly value?: YamlValue
}

/** Operations that turn `from` into `to`; lists are replaced whole. Empty when nothing differs. */
export function jsonDifference(from: YamlMap, to: YamlMap, at = ''): readonly JsonPatchOperation[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key): readonly JsonPatchOperation[] => {
    const before = from[key]
    const after = to[key]
    const path = child(at, key)
    if (sameData(before, after)) return []
    if (after === undefined) return [{ op: 'remove', path }]
    if (before === undefined) return [{ op: 'add', path, value: after }]
    if (isMap(before) && isMap(after)) return jsonDifference(before, after, path)
    return [{ op: 'replace', path, value: after }]
  })
}
