// ApplicationSets over the repository: those that Argo CD would refuse to generate from, and those nothing is said about.

import type { Severity } from '../../../diagnostics/diagnostic.ts'
import { report, type Check, type ExpandedSet } from './repository.ts'

export const checkApplicationSets: Check = function* ({ sets }) {
  for (const { set, expansion } of sets) {
    if (expansion.kind === 'expanded' && expansion.value.length > 0) continue
    yield report({
      code: 'argocd/application-set',
      at: { resource: set, pointer: '/spec/generators' },
      ...findingOf(expansion),
    })
  }
}

function findingOf(expansion: ExpandedSet['expansion']): {
  readonly severity: Severity
  readonly message: string
  readonly help: string
} {
  const help = 'Correct the generators or the template.'
  if (expansion.kind === 'expanded') {
    return { severity: 'warning', message: 'this ApplicationSet generates no Application from this tree', help }
  }
  if (expansion.kind === 'wrong') {
    return { severity: 'error', message: `Argo CD cannot use this ApplicationSet: ${expansion.reason}`, help }
  }
  return {
    severity: 'info',
    message: `which Applications this generates is not evaluated: ${expansion.reason}`,
    help: 'Nothing is said here about its Applications.',
  }
}
