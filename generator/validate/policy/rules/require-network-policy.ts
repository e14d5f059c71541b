// Without a NetworkPolicy every pod of the cluster may talk to every other.

import type { Resource } from '../../../manifest/resource.ts'
import type { ResourceSet } from '../../../manifest/resource-set.ts'
import type { RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies */
export const requireNetworkPolicy = definePolicyRule({
  code: 'policy/require-network-policy',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'A NetworkPolicy says who may connect to a pod.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    if (podOf(resource)?.spec['hostNetwork'] === true) return
    if (context.graph.allowedIngress(resource).policies.length > 0) return
    const namespaceHasPolicies = policedNamespaces(context.resources).has(resource.namespace)
    if (!namespaceHasPolicies && firstOfNamespace(resource, context) !== resource) return
    yield {
      at: { resource, pointer: '/metadata/name' },
      message: namespaceHasPolicies
        ? 'no NetworkPolicy selects these pods: everyone in the cluster may connect to them'
        : nonePresent(resource.namespace),
      help: 'Add a policy that denies all ingress, and one for each connection that is meant.',
    }
  },
})

const known = new WeakMap<ResourceSet, ReadonlySet<string | undefined>>()

/** Namespaces with a policy, listed once for all pods. */
function policedNamespaces(resources: ResourceSet): ReadonlySet<string | undefined> {
  let namespaces = known.get(resources)
  if (namespaces === undefined) {
    namespaces = new Set(resources.ofKind('NetworkPolicy').map(({ namespace }) => namespace))
    known.set(resources, namespaces)
  }
  return namespaces
}

/** One finding is enough for a namespace without any policy. */
function firstOfNamespace(resource: Resource, { graph }: RuleContext): Resource | undefined {
  return graph.workloadsIn(resource.namespace).find(({ template }) => template.spec['hostNetwork'] !== true)?.resource
}

function nonePresent(namespace: string | undefined): string {
  return namespace === undefined
    ? 'no NetworkPolicy beside these pods: everyone in the cluster may connect to them'
    : `no NetworkPolicy in namespace "${namespace}": everyone in the cluster may connect to its pods`
}
