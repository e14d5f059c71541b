// R6: a key that the ConfigMap or Secret does not have stops the pod just like a missing object
// (https://kubernetes.io/docs/concepts/configuration/configmap/). Keys that only a controller knows are not judged.

import { hint } from '../../../diagnostics/suggest.ts'
import type { Resource } from '../../../manifest/resource.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { keysOf } from '../keys-of.ts'
import { subPathsOf } from '../sub-paths.ts'
import { kindsThatUseKeys } from '../../../manifest/references-of.ts'

export const missingKey: Rule = {
  code: 'reference/missing-key',
  severity: 'error',
  summary: 'Keys of ConfigMaps and Secrets that are used exist, unless the reference is optional.',
  kinds: kindsThatUseKeys,
  appliesTo: ({ kind }) => kindsThatUseKeys.includes(kind),
  *check(resource, context) {
    for (const reference of context.graph.referencesFrom(resource)) {
      if (reference.keys.length === 0 || reference.optional) continue
      const keys = keysOf(reference, context)
      if (keys === undefined) continue
      for (const { key, pointer } of reference.keys) {
        if (keys.includes(key) || key.includes('$')) continue
        yield {
          at: { resource, pointer },
          message: `${reference.kind} "${reference.name}" has no key "${key}"${hint(key, keys)}`,
          help: 'Add the key, or correct its name.',
        }
      }
    }
    yield* subPathFindings(resource, context)
  },
}

/** A subPath that is no key becomes an empty directory where a file is expected. */
function* subPathFindings(resource: Resource, context: RuleContext): Iterable<Finding> {
  for (const { reference, subPath, at } of subPathsOf(resource, context.graph)) {
    const keys = keysOf(reference, context)
    if (keys === undefined || keys.includes(subPath)) continue
    yield {
      at,
      message: `${reference.kind} "${reference.name}" has no key "${subPath}"${hint(subPath, keys)}`,
      help: 'Add the key, or correct subPath.',
    }
  }
}
