// The Namespace an object lives in, with the labels that decide about it.

import type { Resource } from '../manifest/resource.ts'
import type { RuleContext } from './rule.ts'

/** The object's Namespace, rendered beside it or known to come from elsewhere; undefined when it is not in sight. */
export function namespaceOf(
  { namespace }: Pick<Resource, 'namespace'>,
  { resources, profile }: Pick<RuleContext, 'resources' | 'profile'>,
): Resource | undefined {
  if (namespace === undefined) return undefined
  return (
    resources.find('Namespace', undefined, namespace, '') ??
    profile.admissionObjects?.find(one => one.kind === 'Namespace' && one.name === namespace)
  )
}
