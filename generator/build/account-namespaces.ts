// The namespaces of the service accounts that a role binding names: objects of other namespaces that it can see.
// Follows getNamespacesForRoleBinding in api/resmap/reswrangler.go.

import { isList, isMap } from '../manifest/value.ts'
import { refuse } from './build-fault.ts'
import { idText, type BuildResource } from './build-resource.ts'

/** A role binding may name service accounts of other namespaces. */
export function accountNamespaces(resource: BuildResource): ReadonlySet<string> {
  const subjects = resource.object['subjects']
  if (resource.kind !== 'RoleBinding' || !isList(subjects)) return new Set()
  const namespaces = new Set<string>()
  for (const subject of subjects) {
    if (!isMap(subject) || (Object.hasOwn(subject, 'namespace') && typeof (subject['kind'] ?? '') !== 'string')) {
      refuse('kustomize/name-reference', `a subject of RoleBinding ${resource.name} has no kind that is text`, {
        at: resource.readFrom,
        help: 'Write each subject as a map with kind and name.',
      })
    }
    if (!Object.hasOwn(subject, 'namespace') || subject['kind'] !== 'ServiceAccount') continue
    if (typeof subject['namespace'] !== 'string') {
      refuse('kustomize/name-reference', `Invalid Input: namespace is blank for resource "${idText(resource.id)}"`, {
        at: resource.readFrom,
        help: 'Give the subject a namespace, or remove the field.',
      })
    }
    namespaces.add(subject['namespace'])
  }
  return namespaces
}
