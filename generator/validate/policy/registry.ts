// All policy rules, in the order of `explain` and of reports' lists. Written by hand (`npm run new:rule` adds a line); nothing registers itself.

import type { Rule } from '../rule.ts'
import { noBlockingDisruptionBudget } from './rules/no-blocking-disruption-budget.ts'
import { noContainerSocket } from './rules/no-container-socket.ts'
import { noDangerousCapabilities } from './rules/no-dangerous-capabilities.ts'
import { noDefaultServiceAccountToken } from './rules/no-default-service-account-token.ts'
import { noDuplicateEnv } from './rules/no-duplicate-env.ts'
import { noForeignCloudAnnotation } from './rules/no-foreign-cloud-annotation.ts'
import { noForeignIngressAnnotation } from './rules/no-foreign-ingress-annotation.ts'
import { noHastyLiveness } from './rules/no-hasty-liveness.ts'
import { noHostNamespaces } from './rules/no-host-namespaces.ts'
import { noHostPort } from './rules/no-host-port.ts'
import { noIdenticalProbes } from './rules/no-identical-probes.ts'
import { noIngressCollision } from './rules/no-ingress-collision.ts'
import { noInjectedPlaceholder } from './rules/no-injected-placeholder.ts'
import { noOpenLoadBalancer } from './rules/no-open-load-balancer.ts'
import { noOutdatedExternalSecret } from './rules/no-outdated-external-secret.ts'
import { noPlainSecret } from './rules/no-plain-secret.ts'
import { noPrivilegeEscalation } from './rules/no-privilege-escalation.ts'
import { noPrivilegedContainer } from './rules/no-privileged-container.ts'
import { noRecreateWhenReplicated } from './rules/no-recreate-when-replicated.ts'
import { noReplicasWithAutoscaler } from './rules/no-replicas-with-autoscaler.ts'
import { noRetiredIngressController } from './rules/no-retired-ingress-controller.ts'
import { noRollingUpdateOfSingleWriterVolume } from './rules/no-rolling-update-of-single-writer-volume.ts'
import { noSealedSecretMismatch } from './rules/no-sealed-secret-mismatch.ts'
import { noSecretInPlainValue } from './rules/no-secret-in-plain-value.ts'
import { noSensitiveHostPath } from './rules/no-sensitive-host-path.ts'
import { noSshPort } from './rules/no-ssh-port.ts'
import { requireDisruptionBudget } from './rules/require-disruption-budget.ts'
import { requireGracefulShutdown } from './rules/require-graceful-shutdown.ts'
import { requireIngressStatus } from './rules/require-ingress-status.ts'
import { requireIngressTls } from './rules/require-ingress-tls.ts'
import { requireLivenessProbe } from './rules/require-liveness-probe.ts'
import { requireMatchingTlsHost } from './rules/require-matching-tls-host.ts'
import { requireMemoryLimit } from './rules/require-memory-limit.ts'
import { requireNetworkPolicy } from './rules/require-network-policy.ts'
import { requireNonRoot } from './rules/require-non-root.ts'
import { requirePriorityClass } from './rules/require-priority-class.ts'
import { requireReadOnlyRootFilesystem } from './rules/require-read-only-root-filesystem.ts'
import { requireReadinessProbe } from './rules/require-readiness-probe.ts'
import { requireRequestsForAutoscaling } from './rules/require-requests-for-autoscaling.ts'
import { requireResourceRequests } from './rules/require-resource-requests.ts'
import { requireSecretRetention } from './rules/require-secret-retention.ts'
import { requireSpareReplica } from './rules/require-spare-replica.ts'
import { requireTopologySpread } from './rules/require-topology-spread.ts'

export const policyRules: readonly Rule[] = [
  // Images and configuration of containers
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
  requireDisruptionBudget,
  noBlockingDisruptionBudget,
  noRecreateWhenReplicated,
  noRollingUpdateOfSingleWriterVolume,
  requirePriorityClass,
  // Quotas and limits of a namespace
  // Jobs
  // Stateful data
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
  noForeignIngressAnnotation,
  requireIngressStatus,
  noForeignCloudAnnotation,
  noOpenLoadBalancer,
  requireNetworkPolicy,
  // Blue-green and Argo Rollouts
  // RBAC
  // What the API server or Argo CD would write differently
]
