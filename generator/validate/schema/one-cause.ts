// One diagnostic per cause: where a field is of the wrong type, missing or not allowed, the server's further rules about the same
// field have nothing to add.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { schemaCodes } from './schema-codes.ts'

/**
 * Drops `schema/…` diagnostics about a field, or something inside it, that a structural error is about already. A structural
 * warning (a deprecated field) hides nothing. The order stays.
 */
export function withoutRepeatedCauses(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const reported = new Set(
    diagnostics
      .filter(diagnostic => isStructural(diagnostic) && diagnostic.severity === 'error')
      .map(diagnostic => placeOf(diagnostic, diagnostic.at.pointer)),
  )
  if (reported.size === 0) return diagnostics
  return diagnostics.filter(
    diagnostic =>
      !diagnostic.code.startsWith('schema/') ||
      isStructural(diagnostic) ||
      !pathTo(diagnostic.at.pointer).some(pointer => reported.has(placeOf(diagnostic, pointer))),
  )
}

function isStructural({ code }: Diagnostic): boolean {
  return structural.has(code)
}

const structural: ReadonlySet<string> = new Set(schemaCodes.map(({ code }) => code))

/** A pointer and all that lead to it, without the root: `/a`, `/a/b` for `/a/b`. */
function pathTo(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1)
  return tokens.map((_, index) => `/${tokens.slice(0, index + 1).join('/')}`)
}

function placeOf({ at, environment = '' }: Diagnostic, pointer: string): string {
  return [environment, at.file, at.document, pointer].join('\n')
}
