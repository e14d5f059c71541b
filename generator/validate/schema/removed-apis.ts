// Which built-in API versions are gone or going, and what replaces them.
// Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ and the release notes of the alpha APIs.

/* oxlint-disable max-lines -- a table */

import type { Resource } from '../../manifest/resource.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { compareVersions } from './versions.ts'
import type { RawFinding } from './walk.ts'

interface Lifecycle {
  /** First version that warns. */
  readonly deprecated?: string
  /** First version that no longer serves it. */
  readonly removed?: string
  /** apiVersion (and kind, where it changes) to use; undefined where nothing takes its place. */
  readonly replacement?: string
}

/** apiVersion, kinds, deprecated in, removed in, replacement. */
type Row = readonly [string, string, string | undefined, string | undefined, string | undefined]

const rows: readonly Row[] = [
  // removed in 1.16
  ['extensions/v1beta1', 'Deployment DaemonSet ReplicaSet', '1.9', '1.16', 'apps/v1'],
  ['extensions/v1beta1', 'NetworkPolicy', '1.9', '1.16', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'PodSecurityPolicy', '1.11', '1.16', undefined],
  ['apps/v1beta1', 'Deployment StatefulSet ControllerRevision', '1.9', '1.16', 'apps/v1'],
  ['apps/v1beta2', 'Deployment DaemonSet ReplicaSet StatefulSet ControllerRevision', '1.9', '1.16', 'apps/v1'],
  // removed in 1.22
  ['extensions/v1beta1', 'Ingress', '1.14', '1.22', 'networking.k8s.io/v1'],
  ['networking.k8s.io/v1beta1', 'Ingress IngressClass', '1.19', '1.22', 'networking.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    '1.16',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.16', '1.22', 'apiextensions.k8s.io/v1'],
  ['apiregistration.k8s.io/v1beta1', 'APIService', '1.19', '1.22', 'apiregistration.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'TokenReview', '1.19', '1.22', 'authentication.k8s.io/v1'],
  [
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview SelfSubjectRulesReview',
    '1.19',
    '1.22',
    'authorization.k8s.io/v1',
  ],
  ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest', '1.19', '1.22', 'certificates.k8s.io/v1'],
  ['coordination.k8s.io/v1beta1', 'Lease', '1.19', '1.22', 'coordination.k8s.io/v1'],
  [
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    '1.17',
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ],
  [
    'rbac.authorization.k8s.io/v1alpha1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    '1.17',
    '1.23',
    'rbac.authorization.k8s.io/v1',
  ],
  ['scheduling.k8s.io/v1beta1', 'PriorityClass', '1.14', '1.22', 'scheduling.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha1', 'PriorityClass', '1.14', '1.23', 'scheduling.k8s.io/v1'],
  ['storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment', '1.19', '1.22', 'storage.k8s.io/v1'],
  // removed in 1.25
  ['batch/v1beta1', 'CronJob', '1.21', '1.25', 'batch/v1'],
  ['batch/v2alpha1', 'CronJob', '1.8', '1.21', 'batch/v1'],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', '1.21', '1.25', 'discovery.k8s.io/v1'],
  ['events.k8s.io/v1beta1', 'Event', '1.22', '1.25', 'events.k8s.io/v1'],
  ['autoscaling/v2beta1', 'HorizontalPodAutoscaler', '1.22', '1.25', 'autoscaling/v2'],
  ['policy/v1beta1', 'PodDisruptionBudget', '1.21', '1.25', 'policy/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.21', '1.25', undefined],
  ['policy/v1beta1', 'Eviction', '1.22', '1.25', 'policy/v1'],
  ['node.k8s.io/v1beta1', 'RuntimeClass', '1.22', '1.25', 'node.k8s.io/v1'],
  ['node.k8s.io/v1alpha1', 'RuntimeClass', '1.20', '1.22', 'node.k8s.io/v1'],
  // removed in 1.26, 1.27
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.23', '1.26', 'autoscaling/v2'],
  [
    'flowcontrol.apiserver.k8s.io/v1alpha1',
    'FlowSchema PriorityLevelConfiguration',
    '1.20',
    '1.21',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'FlowSchema PriorityLevelConfiguration',
    '1.23',
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', '1.24', '1.27', 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'CSIStorageCapacity', '1.21', '1.24', 'storage.k8s.io/v1'],
  ['storage.k8s.io/v1alpha1', 'VolumeAttachment', '1.13', '1.24', 'storage.k8s.io/v1'],
  // removed in 1.29 and later
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'FlowSchema PriorityLevelConfiguration',
    '1.26',
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    '1.29',
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1',
  ],
  ['authentication.k8s.io/v1alpha1', 'SelfSubjectReview', '1.27', '1.31', 'authentication.k8s.io/v1'],
  ['authentication.k8s.io/v1beta1', 'SelfSubjectReview', '1.28', '1.33', 'authentication.k8s.io/v1'],
  [
    'admissionregistration.k8s.io/v1alpha1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    '1.28',
    '1.34',
    'admissionregistration.k8s.io/v1',
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
    '1.30',
    '1.34',
    'admissionregistration.k8s.io/v1',
  ],
  ['networking.k8s.io/v1alpha1', 'ClusterCIDR', '1.29', '1.29', undefined],
  ['networking.k8s.io/v1alpha1', 'IPAddress ServiceCIDR', '1.31', '1.34', 'networking.k8s.io/v1'],
  [
    'resource.k8s.io/v1alpha1',
    'ResourceClaim ResourceClass PodScheduling ResourceClaimTemplate',
    '1.27',
    '1.27',
    'resource.k8s.io/v1',
  ],
  [
    'resource.k8s.io/v1alpha2',
    'ResourceClaim ResourceClaimTemplate ResourceSlice',
    '1.31',
    '1.31',
    'resource.k8s.io/v1',
  ],
  ['resource.k8s.io/v1alpha2', 'ResourceClass', '1.31', '1.31', 'resource.k8s.io/v1 DeviceClass'],
  [
    'resource.k8s.io/v1alpha2',
    'PodSchedulingContext ResourceClaimParameters ResourceClassParameters',
    '1.31',
    '1.31',
    undefined,
  ],
  [
    'resource.k8s.io/v1alpha3',
    'ResourceClaim ResourceClaimTemplate ResourceSlice DeviceClass',
    '1.32',
    '1.34',
    'resource.k8s.io/v1',
  ],
  ['coordination.k8s.io/v1alpha1', 'LeaseCandidate', '1.32', '1.32', 'coordination.k8s.io/v1beta1'],
  ['auditregistration.k8s.io/v1alpha1', 'AuditSink', '1.19', '1.19', undefined],
  ['settings.k8s.io/v1alpha1', 'PodPreset', '1.18', '1.20', undefined],
  ['storagemigration.k8s.io/v1alpha1', 'StorageVersionMigration', '1.35', '1.35', 'storagemigration.k8s.io/v1beta1'],
  ['storage.k8s.io/v1alpha1', 'VolumeAttributesClass', '1.31', '1.34', 'storage.k8s.io/v1'],
  ['scheduling.k8s.io/v1alpha1', 'Workload', '1.36', '1.36', 'scheduling.k8s.io/v1alpha2'],
  // deprecated, still served
  ['v1', 'Endpoints', '1.33', undefined, 'discovery.k8s.io/v1 EndpointSlice'],
  ['v1', 'ComponentStatus', '1.19', undefined, undefined],
]

const lifecycles: ReadonlyMap<string, Lifecycle> = new Map(
  rows.flatMap(([apiVersion, kinds, deprecated, removed, replacement]) =>
    kinds.split(' ').map((kind): [string, Lifecycle] => [
      `${apiVersion} ${kind}`,
      {
        ...(deprecated === undefined ? {} : { deprecated }),
        ...(removed === undefined ? {} : { removed }),
        ...(replacement === undefined ? {} : { replacement }),
      },
    ]),
  ),
)

/** What the table says of an object's API in a version: nothing, that it is going, or that it is gone. */
export function apiLifecycle(resource: Resource, { version, kinds }: VersionSchemas): readonly RawFinding[] {
  const key = `${resource.apiVersion} ${resource.kind}`
  const lifecycle = lifecycles.get(key)
  if (lifecycle === undefined) return []
  const { deprecated, removed, replacement } = lifecycle
  const help = helpFor(resource.kind, replacement)
  const gone = removed !== undefined && compareVersions(removed, version) <= 0 && !kinds.has(key)
  if (gone) {
    const message = `${key} is no longer served since Kubernetes ${removed}`
    return [{ code: 'schema/removed-api', pointer: '/apiVersion', message, help }]
  }
  if (deprecated === undefined || compareVersions(deprecated, version) > 0) return []
  const until = removed === undefined ? '' : ` and gone in ${removed}`
  const message = `${key} is deprecated since Kubernetes ${deprecated}${until}`
  return [{ code: 'schema/deprecated-api', pointer: '/apiVersion', message, help, severity: 'warning' }]
}

function helpFor(kind: string, replacement: string | undefined): string {
  if (replacement === undefined) return `Remove the object: nothing takes the place of ${kind} under another name.`
  return `Write it as ${replacement.includes(' ') ? replacement : `${replacement} ${kind}`}.`
}
