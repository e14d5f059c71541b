// Fields that the API server drops before it looks into them, or never looks into: what stands there is decoded, so that types and
// unknown fields are findings, but nothing is demanded of it. The gates are those of a server that sets none, in the versions that have
// the field. Compared with servers of 1.34 and 1.36; what is said of 1.35 follows the gates' stages in its release notes.

import { compareVersions } from './versions.ts'
import type { RawFinding } from './walk.ts'

interface UnreadField {
  /** Matches pointers to the field, or to what stands below it. */
  readonly below: RegExp
  /** The first version that reads it; none yet where left out. */
  readonly readSince?: string
}

const unreadFields: readonly UnreadField[] = [
  // Gate EnvFiles.
  { below: /\/valueFrom\/fileKeyRef\//, readSince: '1.35' },
  // Gate ContainerRestartRules.
  { below: /\/restartPolicyRules\//, readSince: '1.35' },
  // Gates ClusterTrustBundleProjection and PodCertificateRequest.
  { below: /\/projected\/sources\/\d+\/(clusterTrustBundle|podCertificate)\// },
  // Gate DRAPartitionableDevices.
  { below: /^\/spec\/(sharedCounters|devices\/\d+\/(basic\/)?(consumesCounters|nodeSelector))\//, readSince: '1.36' },
  // Gate DRAConsumableCapacity.
  { below: /\/capacity\/[^/]+\/requestPolicy\//, readSince: '1.36' },
  // Removed with dynamic kubelet configuration.
  { below: /^\/spec\/configSource\// },
  // Gate ContainerStopSignals.
  { below: /\/lifecycle\/stopSignal$/ },
  // The resource of a StorageVersionMigration: without a group it is of the core group.
  { below: /^\/spec\/resource\/group$/ },
  // Owners of what a template makes are written by its controller.
  { below: /^\/.+\/metadata\/ownerReferences\// },
]

const demands: ReadonlySet<string> = new Set(['schema/required-field', 'schema/not-allowed-value'])

/** Whether a finding is about a demand that a server of the version does not make. */
export function isUnread({ code, pointer }: RawFinding, version: string): boolean {
  // To Go, managed fields are JSON of any kind.
  if (code === 'schema/wrong-type') return /\/managedFields\/\d+\/fieldsV1$/.test(pointer)
  if (!demands.has(code)) return false
  return unreadFields.some(
    ({ below, readSince }) =>
      below.test(pointer) && (readSince === undefined || compareVersions(version, readSince) < 0),
  )
}
