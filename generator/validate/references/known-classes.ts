// Names of the classes (IngressClass, GatewayClass, StorageClass) a cluster has, where somebody has declared them.

import type { RuleContext } from '../rule.ts'

/** Declared, rendered and external classes; undefined where the profile declares none: then nothing can be said. */
export function knownClasses(
  kind: 'IngressClass' | 'GatewayClass' | 'StorageClass',
  declared: readonly string[] | undefined,
  { resources, profile }: RuleContext,
): readonly string[] | undefined {
  if (declared === undefined) return undefined
  const external = (profile.externalObjects ?? []).filter(object => object.kind === kind).map(({ name }) => name)
  return [...declared, ...resources.ofKind(kind).map(({ name }) => name), ...external]
}
