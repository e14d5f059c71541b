// Objects that every cluster has without anybody rendering them: never dangling.

import type { Profile } from '../../model/profile.ts'

const builtInClusterRoles = new Set(['admin', 'cluster-admin', 'edit', 'view'])

const builtIn: Readonly<Record<string, (name: string) => boolean>> = {
  // https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
  ServiceAccount: name => name === 'default',
  // The root certificate that every namespace gets.
  ConfigMap: name => name === 'kube-root-ca.crt',
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
  // The cluster's own, and those that its maker or installer brings: `gce:…`, `eks:…`, `kubeadm:…`.
  ClusterRole: name => builtInClusterRoles.has(name) || /^(?:system|gce|eks|aks|kubeadm):/.test(name),
  Role: name => name.startsWith('system:') || name === 'extension-apiserver-authentication-reader',
  PriorityClass: name => name === 'system-cluster-critical' || name === 'system-node-critical',
  Service: name => name === 'kubernetes',
  // Made by Argo CD at its first start: https://argo-cd.readthedocs.io/en/stable/faq/ (passwords of Redis and of "admin").
  Secret: name => name === 'argocd-redis' || name === 'argocd-initial-admin-secret',
}

/** Whether an object exists without being in the tree: made by Kubernetes or Argo CD themselves, or declared in the profile. */
export function existsElsewhere(
  kind: string,
  namespace: string | undefined,
  name: string,
  group: string | undefined,
  profile: Profile,
): boolean {
  if (builtIn[kind]?.(name) === true) return true
  return (profile.externalObjects ?? []).some(
    external =>
      external.kind === kind &&
      external.name === name &&
      (external.group === undefined || group === undefined || external.group === group) &&
      (external.namespace === undefined || external.namespace === namespace),
  )
}

/** Whether somebody has declared what exists outside the tree: then what is in neither does not exist. */
export function isDeclaredTree(profile: Profile): boolean {
  return profile.externalObjects !== undefined
}
