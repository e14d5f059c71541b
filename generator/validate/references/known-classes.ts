// Names of the classes (IngressClass, GatewayClass, StorageClass) a cluster has, as far as somebody says.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import { hint, suggest } from '../../diagnostics/suggest.ts'
import type { RuleContext } from '../rule.ts'

type ClassKind = 'IngressClass' | 'GatewayClass' | 'StorageClass'

/** What is wrong with the name of a class: what to add to the message, and how sure it is. */
export interface UnknownClass {
  readonly hint: string
  readonly severity?: Severity
}

/**
 * Whether a class is none of those declared, rendered or external. Where the profile declares none, classes of the tree alone are no
 * complete list: a near miss is a warning then, another name information, and without any class in sight nothing can be said.
 */
export function unknownClass(
  name: string,
  kind: ClassKind,
  declared: readonly string[] | undefined,
  { resources, profile }: RuleContext,
): UnknownClass | undefined {
  const external = (profile.externalObjects ?? []).filter(object => object.kind === kind).map(object => object.name)
  const rendered = resources.ofKind(kind).map(resource => resource.name)
  const names = [...(declared ?? []), ...rendered, ...external]
  if (names.includes(name) || (declared === undefined && names.length === 0)) return undefined
  if (declared !== undefined) return { hint: hint(name, names) }
  const near = suggest(name, names)
  // Others than those in sight are allowed, too.
  if (near === undefined) return { hint: `, those in sight are: ${names.join(', ')}`, severity: 'info' }
  return { hint: hint(name, names), severity: 'warning' }
}
