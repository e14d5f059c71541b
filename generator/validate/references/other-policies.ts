// Policies of network plugins, which add to what NetworkPolicies allow: where they stand, this tool cannot say what is blocked.

import type { RuleContext } from '../rule.ts'

const kinds = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
]

export function hasOtherPolicies(namespace: string | undefined, { resources }: RuleContext): boolean {
  return kinds.some(kind =>
    resources.ofKind(kind).some(policy => policy.namespace === undefined || policy.namespace === namespace),
  )
}
