// All policy rules, in the order of `explain` and of reports' lists. Written by hand (`npm run new:rule` adds a line); nothing registers itself.

import type { Rule } from '../rule.ts'
import { noBlockingDisruptionBudget } from './rules/no-blocking-disruption-budget.ts'
import { noBrokenBlueGreenRollout } from './rules/no-broken-blue-green-rollout.ts'
import { noClaimDeletion } from './rules/no-claim-deletion.ts'
import { noClusterAdminBinding } from './rules/no-cluster-admin-binding.ts'
import { noContainerSocket } from './rules/no-container-socket.ts'
import { noDangerousCapabilities } from './rules/no-dangerous-capabilities.ts'
import { noDefaultServiceAccountToken } from './rules/no-default-service-account-token.ts'
import { noDeploymentBesideRollout } from './rules/no-deployment-beside-rollout.ts'
import { noDuplicateEnv } from './rules/no-duplicate-env.ts'
import { noEscalatingRbac } from './rules/no-escalating-rbac.ts'
import { noForeignCloudAnnotation } from './rules/no-foreign-cloud-annotation.ts'
import { noHastyLiveness } from './rules/no-hasty-liveness.ts'
import { noHostNamespaces } from './rules/no-host-namespaces.ts'
import { noHostPort } from './rules/no-host-port.ts'
import { noIdenticalProbes } from './rules/no-identical-probes.ts'
import { noIngressCollision } from './rules/no-ingress-collision.ts'
import { noInjectedPlaceholder } from './rules/no-injected-placeholder.ts'
import { noLatestTag } from './rules/no-latest-tag.ts'
import { noLimitRangeViolation } from './rules/no-limit-range-violation.ts'
import { noMisplacedPostgresData } from './rules/no-misplaced-postgres-data.ts'
import { noOpenLoadBalancer } from './rules/no-open-load-balancer.ts'
import { noOutdatedExternalSecret } from './rules/no-outdated-external-secret.ts'
import { noOversizedObject } from './rules/no-oversized-object.ts'
import { noPlainSecret } from './rules/no-plain-secret.ts'
import { noPrivilegeEscalation } from './rules/no-privilege-escalation.ts'
import { noPrivilegedContainer } from './rules/no-privileged-container.ts'
import { noQuotaOverrun } from './rules/no-quota-overrun.ts'
import { noRecreateWhenReplicated } from './rules/no-recreate-when-replicated.ts'
import { noReplicasWithAutoscaler } from './rules/no-replicas-with-autoscaler.ts'
import { noRetiredIngressController } from './rules/no-retired-ingress-controller.ts'
import { noRollingUpdateOfSingleWriterVolume } from './rules/no-rolling-update-of-single-writer-volume.ts'
import { noScaledDatastore } from './rules/no-scaled-datastore.ts'
import { noSealedSecretMismatch } from './rules/no-sealed-secret-mismatch.ts'
import { noSecretInPlainValue } from './rules/no-secret-in-plain-value.ts'
import { noSensitiveHostPath } from './rules/no-sensitive-host-path.ts'
import { noServerOwnedField } from './rules/no-server-owned-field.ts'
import { noSplitBlueGreen } from './rules/no-split-blue-green.ts'
import { noSshPort } from './rules/no-ssh-port.ts'
import { noTtlOnSyncedJob } from './rules/no-ttl-on-synced-job.ts'
import { noWildcardRbac } from './rules/no-wildcard-rbac.ts'
import { requireBoundedJob } from './rules/require-bounded-job.ts'
import { requireCanonicalQuantity } from './rules/require-canonical-quantity.ts'
import { requireClaimTemplateKind } from './rules/require-claim-template-kind.ts'
import { requireCronJobBounds } from './rules/require-cron-job-bounds.ts'
import { requireDisruptionBudget } from './rules/require-disruption-budget.ts'
import { requireGracefulShutdown } from './rules/require-graceful-shutdown.ts'
import { requireIngressStatus } from './rules/require-ingress-status.ts'
import { requireIngressTls } from './rules/require-ingress-tls.ts'
import { requireLivenessProbe } from './rules/require-liveness-probe.ts'
import { requireMatchingSpread } from './rules/require-matching-spread.ts'
import { requireMatchingTlsHost } from './rules/require-matching-tls-host.ts'
import { requireMemoryLimit } from './rules/require-memory-limit.ts'
import { requireNamespace } from './rules/require-namespace.ts'
import { requireNetworkPolicy } from './rules/require-network-policy.ts'
import { requireNonRoot } from './rules/require-non-root.ts'
import { requirePriorityClass } from './rules/require-priority-class.ts'
import { requirePruneProtection } from './rules/require-prune-protection.ts'
import { requireReadOnlyRootFilesystem } from './rules/require-read-only-root-filesystem.ts'
import { requireReadinessProbe } from './rules/require-readiness-probe.ts'
import { requireReadyBlueGreen } from './rules/require-ready-blue-green.ts'
import { requireRequestsForAutoscaling } from './rules/require-requests-for-autoscaling.ts'
import { requireResourceRequests } from './rules/require-resource-requests.ts'
import { requireSecretRetention } from './rules/require-secret-retention.ts'
import { requireSpareReplica } from './rules/require-spare-replica.ts'
import { requireTopologySpread } from './rules/require-topology-spread.ts'

export const policyRules: readonly Rule[] = [
  // Images and configuration of containers
  noLatestTag,
  noDuplicateEnv,
  requireResourceRequests,
  requireMemoryLimit,
  // Probes and graceful stops
  requireReadinessProbe,
  requireLivenessProbe,
  noIdenticalProbes,
  noHastyLiveness,
  requireGracefulShutdown,
  // What a pod may do on its node
  noPrivilegedContainer,
  noHostNamespaces,
  noHostPort,
  requireNonRoot,
  noPrivilegeEscalation,
  noDangerousCapabilities,
  requireReadOnlyRootFilesystem,
  noContainerSocket,
  noSensitiveHostPath,
  noSshPort,
  noDefaultServiceAccountToken,
  // Replicas, autoscaling and disruption
  noReplicasWithAutoscaler,
  requireRequestsForAutoscaling,
  requireSpareReplica,
  requireTopologySpread,
  requireMatchingSpread,
  requireDisruptionBudget,
  noBlockingDisruptionBudget,
  noRecreateWhenReplicated,
  noRollingUpdateOfSingleWriterVolume,
  noScaledDatastore,
  requirePriorityClass,
  // Quotas and limits of a namespace
  noLimitRangeViolation,
  noQuotaOverrun,
  // Jobs
  noTtlOnSyncedJob,
  requireBoundedJob,
  requireCronJobBounds,
  // Stateful data
  requireClaimTemplateKind,
  requirePruneProtection,
  noClaimDeletion,
  noMisplacedPostgresData,
  // Secrets
  noPlainSecret,
  noSecretInPlainValue,
  noInjectedPlaceholder,
  noSealedSecretMismatch,
  noOutdatedExternalSecret,
  requireSecretRetention,
  // Network edge
  requireIngressTls,
  requireMatchingTlsHost,
  noIngressCollision,
  noRetiredIngressController,
  requireIngressStatus,
  noForeignCloudAnnotation,
  noOpenLoadBalancer,
  requireNetworkPolicy,
  // Blue-green and Argo Rollouts
  noSplitBlueGreen,
  requireReadyBlueGreen,
  noBrokenBlueGreenRollout,
  noDeploymentBesideRollout,
  // RBAC
  noWildcardRbac,
  noClusterAdminBinding,
  noEscalatingRbac,
  // What the API server or Argo CD would write differently
  requireCanonicalQuantity,
  noServerOwnedField,
  noOversizedObject,
  requireNamespace,
]
