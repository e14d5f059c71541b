// Kinds whose objects have no namespace, by kind alone: a reference to one of them ignores namespaces.

import { builtInKindsOfScope } from './built-in-kinds.ts'

/** Of what people install most: Argo Rollouts, cert-manager, External Secrets, Gateway API, KEDA, Kyverno. */
const customKinds = [
  'ClusterAnalysisTemplate',
  'ClusterExternalSecret',
  'ClusterGenerator',
  'ClusterIssuer',
  'ClusterPolicy',
  'ClusterPushSecret',
  'ClusterSecretStore',
  'ClusterTriggerAuthentication',
  'GatewayClass',
]

const clusterScopedKinds: ReadonlySet<string> = new Set([...builtInKindsOfScope('cluster'), ...customKinds])

/** Whether objects of a kind live outside namespaces. Unknown kinds count as namespaced. */
export function isClusterScoped(kind: string): boolean {
  return clusterScopedKinds.has(kind)
}
