// The parts of a selector, absent ones empty.

import type { SelectorArgs } from './kustomization-file.ts'
import type { SelectorFields } from './selector.ts'

export function selectorFields(args: SelectorArgs): SelectorFields {
  const { group = '', version = '', kind = '', name = '', namespace = '' } = args
  return {
    group,
    version,
    kind,
    name,
    namespace,
    labelSelector: args.labelSelector ?? '',
    annotationSelector: args.annotationSelector ?? '',
  }
}
