// Volumes that are deleted with their StatefulSet, or when it is scaled down, take the data along.

import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

/** Accident class S15: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention */
export const noClaimDeletion = definePolicyRule({
  code: 'policy/no-claim-deletion',
  severity: { production: 'error', elsewhere: 'info' },
  summary: 'Volumes outlive their StatefulSet, and storage classes keep what they stored.',
  kinds: ['StatefulSet', 'StorageClass'],
  appliesTo: resource => resource.kind === 'StatefulSet' || resource.kind === 'StorageClass',
  *check(resource) {
    const policy = asMap(specOf(resource)['persistentVolumeClaimRetentionPolicy'])
    for (const field of ['whenDeleted', 'whenScaled']) {
      if (policy[field] !== 'Delete') continue
      yield {
        at: { resource, pointer: `/spec/persistentVolumeClaimRetentionPolicy/${field}` },
        message: `${field} "Delete" removes the volumes, and their data, when the StatefulSet is ${field === 'whenDeleted' ? 'deleted' : 'scaled down'}`,
        help: 'Use Retain, and delete volumes by hand when their data is not needed any more.',
      }
    }
    if (resource.kind === 'StorageClass' && (resource.object['reclaimPolicy'] ?? 'Delete') === 'Delete') {
      yield {
        at: { resource, pointer: '/reclaimPolicy' },
        severity: 'info',
        message: 'reclaimPolicy "Delete" removes the disk as soon as its claim is deleted',
        help: 'Use Retain for classes that hold data of production.',
      }
    }
  },
})
