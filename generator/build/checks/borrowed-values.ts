// Values that a generator does not find in the repository.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { KeyValue } from '../generate/key-values.ts'

/** Lines of env files that name a variable and give no value. */
export function borrowedValues(pairs: readonly KeyValue[]): readonly Diagnostic[] {
  return pairs
    .filter(({ borrowed }) => borrowed === true)
    .map(({ key, from }) => ({
      code: 'kustomize/borrowed-value',
      severity: 'warning',
      message: `"${key}" has no "=", so kustomize takes its value from the environment of whoever builds; it is empty here`,
      at: from,
      help: 'Write the value, or "KEY=" for an empty one: two builders would deploy two things.',
    }))
}
