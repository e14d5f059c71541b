// Subjects of role bindings, among the references.

import type { Reference } from '../../manifest/references-of.ts'

/** Whether a reference is the subject of a RoleBinding or ClusterRoleBinding. */
export function isSubject({ field }: Reference): boolean {
  return field.path === 'subjects/name'
}
