// R8: a claim with a StorageClass that does not exist stays Pending, unless a volume of that class is there already
// (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1). Needs `storageClasses` in the profile.

import { hint } from '../../../diagnostics/suggest.ts'
import { hasReferenceFields, referringKinds } from '../../../manifest/references-of.ts'
import { asMap } from '../../../manifest/value.ts'
import type { Rule } from '../../rule.ts'
import { knownClasses } from '../known-classes.ts'

export const unknownStorageClass: Rule = {
  code: 'reference/unknown-storage-class',
  severity: 'error',
  summary: 'The StorageClass of a claim is one that the cluster has.',
  kinds: referringKinds,
  appliesTo: ({ kind }) => kind !== 'PersistentVolume' && hasReferenceFields(kind),
  *check(resource, context) {
    const declared = context.profile.storageClasses
    if (declared === undefined) return
    for (const { kind, name, at } of context.graph.referencesFrom(resource)) {
      if (kind !== 'StorageClass') continue
      const classes = knownClasses('StorageClass', declared, context) ?? []
      const volumes = context.resources.ofKind('PersistentVolume')
      if (classes.includes(name) || volumes.some(({ object }) => asMap(object['spec'])['storageClassName'] === name))
        continue
      yield {
        at,
        message: `unknown storage class "${name}"${hint(name, classes)}`,
        help: 'Use a class of this cluster, or declare it in storageClasses.',
      }
    }
  },
}
