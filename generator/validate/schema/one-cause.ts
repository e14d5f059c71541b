// One diagnostic per cause: where a field is of the wrong type, missing or not allowed, the server's further rules about the same
// field have nothing to add.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { schemaCodes } from './schema-codes.ts'

/** Drops `schema/…` diagnostics about a field that a structural one is about already. The order stays. */
export function withoutRepeatedCauses(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const reported = new Set(diagnostics.filter(isStructural).map(placeOf))
  if (reported.size === 0) return diagnostics
  return diagnostics.filter(
    diagnostic =>
      !diagnostic.code.startsWith('schema/') || isStructural(diagnostic) || !reported.has(placeOf(diagnostic)),
  )
}

function isStructural({ code }: Diagnostic): boolean {
  return schemaCodes.some(known => known.code === code)
}

function placeOf({ at, environment = '' }: Diagnostic): string {
  return [environment, at.file, at.document, at.pointer].join('\n')
}
