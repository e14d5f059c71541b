// All policy rules, in the order of `explain` and of reports' lists. Written by hand (`npm run new:rule` adds a line); nothing registers itself.

import type { Rule } from '../rule.ts'
import { noContainerSocket } from './rules/no-container-socket.ts'
import { noDangerousCapabilities } from './rules/no-dangerous-capabilities.ts'
import { noDuplicateEnv } from './rules/no-duplicate-env.ts'
import { noHastyLiveness } from './rules/no-hasty-liveness.ts'
import { noHostNamespaces } from './rules/no-host-namespaces.ts'
import { noHostPort } from './rules/no-host-port.ts'
import { noIdenticalProbes } from './rules/no-identical-probes.ts'
import { noPrivilegeEscalation } from './rules/no-privilege-escalation.ts'
import { noPrivilegedContainer } from './rules/no-privileged-container.ts'
import { noSensitiveHostPath } from './rules/no-sensitive-host-path.ts'
import { noSshPort } from './rules/no-ssh-port.ts'
import { requireMemoryLimit } from './rules/require-memory-limit.ts'
import { requireNonRoot } from './rules/require-non-root.ts'
import { requireReadOnlyRootFilesystem } from './rules/require-read-only-root-filesystem.ts'
import { requireResourceRequests } from './rules/require-resource-requests.ts'

export const policyRules: readonly Rule[] = [
  // Images and configuration of containers
  noDuplicateEnv,
  requireResourceRequests,
  requireMemoryLimit,
  // Probes and graceful stops
  noIdenticalProbes,
  noHastyLiveness,
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
  // Replicas, autoscaling and disruption
  // Quotas and limits of a namespace
  // Jobs
  // Stateful data
  // Secrets
  // Network edge
  // Blue-green and Argo Rollouts
  // RBAC
  // What the API server or Argo CD would write differently
]
