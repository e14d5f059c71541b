// `<<` among the keys that a JSON patch brings: kustomize writes the object as YAML before it prints, without quotes, and reads a merge
// key then. (Keys `'<<'` of files are lost before: manifest/yaml/read-full.ts.)
// Follows go-yaml 3's decode.go (merge): entries that a map has itself win, and among several maps the first.

import { isMap, type YamlMap } from '../../manifest/value.ts'
import { copySpelling } from '../../manifest/yaml/spelling.ts'
import type { MutableMap, MutableValue } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'

const mergeKey = '<<'

/** Puts the entries of merged maps in the place of their keys. */
export function unfoldMergeKeys(value: MutableValue | undefined): void {
  if (Array.isArray(value)) {
    for (const item of value) unfoldMergeKeys(item)
  } else if (isMap(value)) {
    for (const key in value) unfoldMergeKeys(value[key] as MutableValue | undefined)
    if (Object.hasOwn(value, mergeKey)) unfold(value as MutableMap)
  }
}

function unfold(map: MutableMap): void {
  const merged = map[mergeKey]
  const sources = Array.isArray(merged) ? merged : [merged]
  if (!sources.every(isMap)) {
    refuse('kustomize/patch', 'the key "<<" is a merge key for kustomize, and wants a map or a list of maps', {
      help: 'Choose another key.',
    })
  }
  delete map[mergeKey]
  for (const source of sources as readonly YamlMap[]) {
    for (const key of Object.keys(source).filter(name => !Object.hasOwn(map, name))) {
      map[key] = source[key] as MutableValue
      copySpelling(source, key, map, key)
    }
  }
}
