// `<<` among the keys of a map, as the full parser finds it.

import { isScalar } from 'yaml'
import type { ScalarRules } from './scalar-rules.ts'

/** The merge key: `<<` without quotes, or tagged as one. */
export function isMergeKey(key: unknown): boolean {
  return (
    isScalar(key) &&
    key.source === '<<' &&
    key.type === 'PLAIN' &&
    (key.tag === undefined || key.tag.endsWith(':merge'))
  )
}

/** `'<<'` in quotes merges nothing, but kustomize clears it away together with the keys that do (kyaml/yaml/rnode.go: mergeAll). */
export function isLostKey(key: unknown, rules: ScalarRules): boolean {
  return rules === 'go-yaml-3' && isScalar(key) && key.value === '<<'
}
