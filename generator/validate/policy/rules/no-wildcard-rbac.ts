// A wildcard grants what does not exist yet, too.

import { pointer } from '../../../manifest/pointer.ts'
import { groupOf } from '../../../manifest/resource.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege */
export const noWildcardRbac = definePolicyRule({
  code: 'policy/no-wildcard-rbac',
  severity: 'warning',
  summary: 'Roles name the verbs and resources they grant.',
  kinds: ['Role', 'ClusterRole'],
  appliesTo: resource =>
    (resource.kind === 'Role' || resource.kind === 'ClusterRole') &&
    groupOf(resource.apiVersion) === 'rbac.authorization.k8s.io',
  *check(resource) {
    for (const [index, entry] of asList(resource.object['rules']).entries()) {
      const fields = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'].filter(field =>
        asList(asMap(entry)[field]).includes('*'),
      )
      const [first] = fields
      if (first === undefined) continue
      const at = asList(asMap(entry)[first]).indexOf('*')
      yield {
        at: { resource, pointer: pointer('rules', index, first, at) },
        message: `the rule grants "*" in ${fields.join(' and ')}, whatever is added to the API later included`,
        help: 'Name what is needed.',
      }
    }
  },
})
