// Some rights are worth more than they look: with them, one gives oneself all others.

import { pointer } from '../../../manifest/pointer.ts'
import { groupOf } from '../../../manifest/resource.ts'
import { asList, asMap, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

interface Grant {
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly means: string
  readonly severity: 'warning' | 'info'
}
const anyResource = ['*']
const grants: readonly Grant[] = [
  {
    resources: anyResource,
    verbs: ['escalate', 'bind', 'impersonate'],
    means: 'taking rights nobody gave',
    severity: 'warning',
  },
  {
    resources: ['pods/exec', 'pods/attach', 'pods/portforward'],
    verbs: ['create', 'get'],
    means: 'a shell in every pod',
    severity: 'warning',
  },
  {
    resources: ['nodes/proxy'],
    verbs: ['create', 'get'],
    means: 'commands in every pod of a node, past the audit log',
    severity: 'warning',
  },
  {
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
    means: 'a token of every ServiceAccount',
    severity: 'warning',
  },
  {
    resources: ['secrets'],
    verbs: ['get', 'list', 'watch'],
    means: 'reading every Secret, tokens included',
    severity: 'info',
  },
]

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
export const noEscalatingRbac = definePolicyRule({
  code: 'policy/no-escalating-rbac',
  severity: 'warning',
  summary: 'Roles grant no rights by which one gains all others.',
  kinds: ['Role', 'ClusterRole'],
  appliesTo: resource =>
    (resource.kind === 'Role' || resource.kind === 'ClusterRole') &&
    groupOf(resource.apiVersion) === 'rbac.authorization.k8s.io',
  *check(resource) {
    for (const [index, entry] of asList(resource.object['rules']).entries()) {
      const rule = asMap(entry)
      if (asList(rule['resourceNames']).length > 0 || asList(rule['verbs']).includes('*')) continue
      for (const grant of grants) {
        const verb = granted(rule, grant)
        if (verb === undefined) continue
        yield {
          at: { resource, pointer: pointer('rules', index, 'verbs', asList(rule['verbs']).indexOf(verb)) },
          severity: grant.severity,
          message: `"${verb}" on ${list(asList(rule['resources']))} means ${grant.means}`,
          help: 'Remove the verb, or restrict it with resourceNames.',
        }
      }
    }
  },
})

function granted(rule: YamlMap, grant: Grant): string | undefined {
  const resources = asList(rule['resources'])
  const concerned =
    grant.resources === anyResource ? resources.length > 0 : grant.resources.some(name => resources.includes(name))
  return concerned ? grant.verbs.find(verb => asList(rule['verbs']).includes(verb)) : undefined
}

function list(values: readonly unknown[]): string {
  return values
    .filter(value => typeof value === 'string')
    .map(value => `"${value}"`)
    .join(', ')
}
