// cluster-admin is the right to everything in every namespace.

import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const noClusterAdminBinding = definePolicyRule({
  code: 'policy/no-cluster-admin-binding',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Nobody is bound to cluster-admin.',
  kinds: ['ClusterRoleBinding', 'RoleBinding'],
  appliesTo: resource =>
    (resource.kind === 'ClusterRoleBinding' || resource.kind === 'RoleBinding') &&
    groupOf(resource.apiVersion) === 'rbac.authorization.k8s.io',
  *check(resource) {
    const role = asMap(resource.object['roleRef'])
    const subjects = asList(resource.object['subjects']).map(asMap)
    if (role['kind'] === 'ClusterRole' && role['name'] === 'cluster-admin' && !isBootstrap(resource)) {
      const names = subjects.map(subject => `${asString(subject['kind']) ?? ''} "${asString(subject['name']) ?? ''}"`)
      yield {
        at: { resource, pointer: '/roleRef/name' },
        message: `${names.join(', ')} may do everything ${resource.kind === 'RoleBinding' ? 'in this namespace' : 'in the cluster'}`,
        help: 'Bind a role that grants what is needed.',
      }
    }
    for (const [index, subject] of subjects.entries()) {
      const name = asString(subject['name']) ?? ''
      if (
        !['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:serviceaccounts'].includes(name)
      )
        continue
      yield {
        at: { resource, pointer: `/subjects/${index}/name` },
        message: `"${name}" is everyone who ${name === 'system:authenticated' ? 'can log in' : name === 'system:serviceaccounts' ? 'runs a pod in the cluster' : 'reaches the API server'}`,
        help: 'Name the users, groups or ServiceAccounts that need the role.',
      }
    }
  },
})

/** The binding that every API server makes for itself (default-roles-and-role-bindings); written out, it changes nothing. */
function isBootstrap({ kind, name, object }: Resource): boolean {
  const [subject, ...others] = asList(object['subjects']).map(asMap)
  return (
    kind === 'ClusterRoleBinding' &&
    name === 'cluster-admin' &&
    others.length === 0 &&
    subject?.['kind'] === 'Group' &&
    subject['name'] === 'system:masters'
  )
}
