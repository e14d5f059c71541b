// R8: a claim with a StorageClass that does not exist stays Pending, unless a volume of that class is there already
// (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1). Sure with `storageClasses` in the profile.

import { kindsThatName } from '../../../manifest/references-of.ts'
import { asMap } from '../../../manifest/value.ts'
import type { Rule } from '../../rule.ts'
import { unknownClass } from '../known-classes.ts'

const kinds = kindsThatName('StorageClass').filter(kind => kind !== 'PersistentVolume')

export const unknownStorageClass: Rule = {
  code: 'reference/unknown-storage-class',
  severity: 'error',
  summary: 'The StorageClass of a claim is one that the cluster has.',
  kinds,
  appliesTo: ({ kind }) => kinds.includes(kind),
  *check(resource, context) {
    for (const { kind, name, at } of context.graph.referencesFrom(resource)) {
      if (kind !== 'StorageClass') continue
      const unknown = unknownClass(name, 'StorageClass', context.profile.storageClasses, context)
      const volumes = context.resources.ofKind('PersistentVolume')
      if (unknown === undefined) continue
      if (volumes.some(({ object }) => asMap(object['spec'])['storageClassName'] === name)) continue
      yield {
        at,
        message: `unknown storage class "${name}"${unknown.hint}`,
        help: 'Use a class of this cluster, or declare it in storageClasses.',
        ...(unknown.severity === undefined ? {} : { severity: unknown.severity }),
      }
    }
  },
}
