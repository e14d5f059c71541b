// The roles of a project: names and policies that Argo CD accepts (pkg/apis/application/v1alpha1/types.go, validatePolicy).

import { hint } from '../../diagnostics/suggest.ts'
import { pointer } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { isAppProject } from '../../argocd/simulate/read-argocd.ts'
import type { Rule } from '../rule.ts'
import { projectKinds } from './argo-kinds.ts'

function specOf(resource: Resource): YamlMap {
  return asMap(resource.object['spec'])
}

function field(resource: Resource, ...tokens: readonly (string | number)[]): Place {
  return { resource, pointer: pointer('spec', ...tokens) }
}

const resources = ['applications', 'applicationsets', 'clusters', 'exec', 'logs', 'repositories']
const actions = ['*', 'create', 'delete', 'get', 'override', 'sync', 'update']

export const projectRolePolicy: Rule = {
  code: 'argocd/project-role-policy',
  severity: 'error',
  summary: 'Role policies are six parts, about their own role and project.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    for (const [index, value] of asList(specOf(resource)['roles']).entries()) {
      const role = asString(asMap(value)['name']) ?? ''
      if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(role)) {
        yield {
          at: field(resource, 'roles', index, 'name'),
          message: `role name "${role}" is not made of letters, digits, "-" and "_"`,
          help: 'Rename the role.',
        }
      }
      for (const [at, policy] of asList(asMap(value)['policies']).entries()) {
        const wrong = policyMistake(asString(policy) ?? '', resource.name, role)
        if (wrong !== undefined)
          yield {
            at: field(resource, 'roles', index, 'policies', at),
            message: wrong,
            help: `Write "p, proj:${resource.name}:${role}, applications, sync, ${resource.name}/<application>, allow".`,
          }
      }
    }
  },
}

/** The checks of validatePolicy, in its order. */
function policyMistake(policy: string, project: string, role: string): string | undefined {
  const parts = policy.split(',').map(part => part.trim())
  const [p, subject = '', resource = '', action = '', object = '', effect = ''] = parts
  if (parts.length !== 6 || p !== 'p') {
    return `policy "${policy}" has not the six parts "p, subject, resource, action, object, effect"`
  }
  const own = `proj:${project}:${role}`
  const knownAction = actions.includes(action) || /(action|update|delete)\/./.test(action)
  const checks: readonly (readonly [right: boolean, message: string])[] = [
    [subject === own, `the subject "${subject}" is not this role, "${own}"`],
    [
      resources.includes(resource),
      `resource "${resource}" is none a project decides about${hint(resource, resources)}`,
    ],
    [knownAction, `action "${action}" is unknown${hint(action, actions)}`],
    [isObjectOf(project, object), `object "${object}" is outside the project "${project}"`],
    [effect === 'allow' || effect === 'deny', `effect "${effect}" is neither allow nor deny`],
  ]
  return checks.find(([right]) => !right)?.[1]
}

function isObjectOf(project: string, object: string): boolean {
  const rest = object.startsWith(`${project}/`) ? object.slice(project.length + 1) : ''
  return /^([*\w.-]+\/)?[*\w.-]+$/.test(rest)
}
