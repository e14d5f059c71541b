// An object without a namespace goes where the Application points; the ones beside it go where they say.

import { isClusterScoped } from '../../../manifest/cluster-scoped-kinds.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import type { ResourceSet } from '../../../manifest/resource-set.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

const namespacedGroups: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
])
const mostUsed = new WeakMap<ResourceSet, string>()

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/ */
export const requireNamespace = definePolicyRule({
  code: 'policy/require-namespace',
  severity: 'warning',
  summary: 'Where objects of an environment name their namespace, all do.',
  appliesTo: resource => resource.namespace === undefined && isNamespaced(resource),
  *check(resource, { resources }) {
    const usual = usualNamespace(resources)
    if (usual === '') return
    yield {
      at: { resource, pointer: '/metadata' },
      message: `names no namespace, while others here name "${usual}": where it goes is decided elsewhere`,
      help: 'Set metadata.namespace, or the namespace field of the kustomization.',
    }
  },
})

function isNamespaced({ kind, apiVersion }: Resource): boolean {
  return namespacedGroups.has(groupOf(apiVersion)) && !isClusterScoped(kind) && kind !== 'List'
}

function usualNamespace(resources: ResourceSet): string {
  let usual = mostUsed.get(resources)
  if (usual === undefined) {
    const counts = new Map<string, number>()
    for (const resource of resources.all) {
      if (resource.namespace !== undefined && isNamespaced(resource))
        counts.set(resource.namespace, (counts.get(resource.namespace) ?? 0) + 1)
    }
    usual = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? ''
    mostUsed.set(resources, usual)
  }
  return usual
}
