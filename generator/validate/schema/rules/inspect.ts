// Which walk belongs to which kind: the table from API group and kind to the functions that inspect it.

import { groupOf, versionOf, type Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { inspectAccessReview, inspectLocalAccessReview, inspectSelfReview } from './access-review.ts'
import { inspectAdmissionPolicy, inspectAdmissionPolicyBinding } from './admission-policy.ts'
import { inspectApiService } from './api-service.ts'
import { inspectAutoscaler } from './autoscaler.ts'
import { inspectCertificateRequest, inspectTrustBundle } from './certificate-request.ts'
import { inspectConfigMap, inspectSecret } from './config.ts'
import { inspectDeviceClass, inspectResourceClaim, inspectResourceClaimTemplate } from './device-claim.ts'
import { inspectDisruptionBudget } from './disruption-budget.ts'
import { inspectEndpoints, inspectEndpointSlice } from './endpoints.ts'
import { inspectEvent } from './event.ts'
import { inspectFlowSchema } from './flow-schema.ts'
import { inspectIngress, inspectIngressClass } from './ingress.ts'
import type { Inspection } from './inspection.ts'
import { inspectCronJob, inspectJob } from './job.ts'
import { inspectMetadata, inspectNamespace } from './metadata.ts'
import { inspectLeaseCandidate } from './lease-candidate.ts'
import { inspectMutatingPolicy, inspectMutatingPolicyBinding } from './mutating-policy.ts'
import { inspectNetworkPolicy } from './network-policy.ts'
import { inspectNode } from './node.ts'
import { inspectPersistentVolume } from './persistent-volume.ts'
import { inspectPod } from './pod/pod.ts'
import { inspectPriorityClass, inspectRuntimeClass, inspectLease } from './cluster-classes.ts'
import { inspectPriorityLevel } from './priority-level.ts'
import { inspectLimitRange, inspectQuota } from './quota.ts'
import { inspectBinding, inspectRole } from './rbac.ts'
import { inspectResourceSlice } from './resource-slice.ts'
import { inspectService } from './service.ts'
import { inspectIpAddress, inspectServiceCidr } from './service-network.ts'
import { inspectStorageClass, inspectCsiDriver, inspectVolumeAttributesClass } from './storage-class.ts'
import { inspectCsiNode, inspectCsiStorageCapacity, inspectVolumeAttachment } from './storage-objects.ts'
import { inspectVersionMigration } from './version-migration.ts'
import { inspectVolumeClaim } from './volume-claim.ts'
import { inspectWebhooks } from './webhook.ts'
import {
  inspectControllerRevision,
  inspectDaemonSet,
  inspectDeployment,
  inspectPodTemplateObject,
  inspectReplicaSet,
  inspectReplicationController,
  inspectStatefulSet,
} from './workload.ts'

export type Inspect = (inspection: Inspection) => void

const rbac = 'rbac.authorization.k8s.io'
const admission = 'admissionregistration.k8s.io'

/** `group/kind` to what is inspected besides the metadata. */
const walks: ReadonlyMap<string, Inspect> = new Map<string, Inspect>([
  ['/Pod', inspectPod],
  ['/PodTemplate', inspectPodTemplateObject],
  ['/ReplicationController', inspectReplicationController],
  ['/Service', inspectService],
  ['/ConfigMap', inspectConfigMap],
  ['/Secret', inspectSecret],
  ['/PersistentVolumeClaim', inspectVolumeClaim],
  ['/PersistentVolume', inspectPersistentVolume],
  ['/Namespace', inspectNamespace],
  ['/ServiceAccount', nothingMore],
  ['/Node', inspectNode],
  ['/ResourceQuota', inspectQuota],
  ['/LimitRange', inspectLimitRange],
  ['/Endpoints', inspectEndpoints],
  ['/Event', inspectEvent],
  ['events.k8s.io/Event', inspectEvent],
  ['apps/Deployment', inspectDeployment],
  ['apps/StatefulSet', inspectStatefulSet],
  ['apps/DaemonSet', inspectDaemonSet],
  ['apps/ReplicaSet', inspectReplicaSet],
  ['apps/ControllerRevision', inspectControllerRevision],
  ['batch/Job', inspectJob],
  ['batch/CronJob', inspectCronJob],
  ['autoscaling/HorizontalPodAutoscaler', inspectAutoscaler],
  ['networking.k8s.io/Ingress', inspectIngress],
  ['networking.k8s.io/IngressClass', inspectIngressClass],
  ['networking.k8s.io/NetworkPolicy', inspectNetworkPolicy],
  ['policy/PodDisruptionBudget', inspectDisruptionBudget],
  [`${rbac}/Role`, inspectRole],
  [`${rbac}/ClusterRole`, inspectRole],
  [`${rbac}/RoleBinding`, inspectBinding],
  [`${rbac}/ClusterRoleBinding`, inspectBinding],
  ['storage.k8s.io/StorageClass', inspectStorageClass],
  ['storage.k8s.io/CSIDriver', inspectCsiDriver],
  ['storage.k8s.io/CSINode', inspectCsiNode],
  ['storage.k8s.io/CSIStorageCapacity', inspectCsiStorageCapacity],
  ['storage.k8s.io/VolumeAttachment', inspectVolumeAttachment],
  ['storage.k8s.io/VolumeAttributesClass', inspectVolumeAttributesClass],
  ['apiregistration.k8s.io/APIService', inspectApiService],
  ['scheduling.k8s.io/PriorityClass', inspectPriorityClass],
  ['node.k8s.io/RuntimeClass', inspectRuntimeClass],
  [`${admission}/ValidatingWebhookConfiguration`, inspectWebhooks],
  [`${admission}/MutatingWebhookConfiguration`, inspectWebhooks],
  [`${admission}/ValidatingAdmissionPolicy`, inspectAdmissionPolicy],
  [`${admission}/ValidatingAdmissionPolicyBinding`, inspectAdmissionPolicyBinding],
  ['authorization.k8s.io/SelfSubjectAccessReview', inspectSelfReview],
  ['authorization.k8s.io/SubjectAccessReview', inspectAccessReview],
  ['authorization.k8s.io/LocalSubjectAccessReview', inspectLocalAccessReview],
  [`${admission}/MutatingAdmissionPolicy`, inspectMutatingPolicy],
  [`${admission}/MutatingAdmissionPolicyBinding`, inspectMutatingPolicyBinding],
  ['discovery.k8s.io/EndpointSlice', inspectEndpointSlice],
  ['coordination.k8s.io/Lease', inspectLease],
  ['coordination.k8s.io/LeaseCandidate', inspectLeaseCandidate],
  ['storagemigration.k8s.io/StorageVersionMigration', inspectVersionMigration],
  ['flowcontrol.apiserver.k8s.io/FlowSchema', inspectFlowSchema],
  ['flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration', inspectPriorityLevel],
  ['certificates.k8s.io/CertificateSigningRequest', inspectCertificateRequest],
  ['certificates.k8s.io/ClusterTrustBundle', inspectTrustBundle],
  ['networking.k8s.io/ServiceCIDR', inspectServiceCidr],
  ['networking.k8s.io/IPAddress', inspectIpAddress],
  ['resource.k8s.io/DeviceClass', inspectDeviceClass],
  ['resource.k8s.io/ResourceClaim', inspectResourceClaim],
  ['resource.k8s.io/ResourceClaimTemplate', inspectResourceClaimTemplate],
  ['resource.k8s.io/ResourceSlice', inspectResourceSlice],
])

/**
 * The walk over an object: its metadata for every kind (the server checks labels and annotations of custom resources too),
 * and what its kind demands.
 */
export function inspectionOf(resource: Resource): Inspect | undefined {
  const group = groupOf(resource.apiVersion)
  const walk = walks.get(`${group}/${resource.kind}`)
  if (walk !== undefined && isStable(resource)) return inspection => inspectBoth(inspection, walk)
  return isLocalOnly(group) || isLocalConfig(resource) ? undefined : inspectMetadata
}

function inspectBoth(inspection: Inspection, walk: Inspect): void {
  inspectMetadata(inspection)
  walk(inspection)
}

function nothingMore(): void {
  // The metadata is all there is to check.
}

/** Beta versions have other shapes (Ingress, webhooks) and most are gone; those of these kinds have the same. */
function isStable({ apiVersion, kind }: Resource): boolean {
  const version = versionOf(apiVersion)
  return /^v\d+$/.test(version) || sameInBeta.has(kind) || (deviceKinds.has(kind) && version.startsWith('v1beta'))
}

const sameInBeta: ReadonlySet<string> = new Set([
  'ClusterTrustBundle',
  'IPAddress',
  'LeaseCandidate',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ServiceCIDR',
  'StorageVersionMigration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
])
const deviceKinds: ReadonlySet<string> = new Set([
  'DeviceClass',
  'ResourceClaim',
  'ResourceClaimTemplate',
  'ResourceSlice',
])

/** Groups whose objects never reach an API server. */
function isLocalOnly(group: string): boolean {
  return group === 'kustomize.config.k8s.io' || group === 'builtin' || group === ''
}

/** Objects that tools read and no cluster gets: https://kubernetes.io/docs/reference/labels-annotations-taints/#config-kubernetes-io-local-config */
function isLocalConfig({ object }: Resource): boolean {
  return asMap(asMap(object['metadata'])['annotations'])['config.kubernetes.io/local-config'] === 'true'
}
