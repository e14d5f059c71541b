// R7: a binding to a role that does not exist grants nothing (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).

import { danglingRule } from '../dangling-rule.ts'

export const danglingRole = danglingRule({
  code: 'reference/dangling-role',
  summary: 'The Role or ClusterRole that a binding names exists.',
  help: 'Add the role, correct its name or kind, or declare it among externalObjects.',
  concerns: ({ kind }) => kind === 'Role' || kind === 'ClusterRole',
})
