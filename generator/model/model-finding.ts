// A finding about the declaration itself: the declaration's place, and the path of keys inside it.

import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.ts'
import { pointer } from '../manifest/pointer.ts'
import { sitePosition, type DeclarationSite } from './declaration-site.ts'

/** An entry of the model: a declaration, and the path of keys inside it. */
export interface ModelEntry {
  readonly site: DeclarationSite
  readonly path: readonly string[]
}

export interface ModelFinding {
  readonly entry: ModelEntry
  readonly code: DiagnosticCode
  readonly message: string
  readonly help: string
  readonly severity?: Diagnostic['severity']
  readonly environment?: string
}

/** The place of an entry: line and column of its declaration; its pointer is the path of keys from there. */
export function entryLocation({ site, path }: ModelEntry): Diagnostic['at'] {
  const position = sitePosition(site)
  return {
    file: position?.file ?? 'generator/platform',
    document: 1,
    pointer: pointer(...path),
    on: 'key',
    ...(position === undefined ? {} : { line: position.line, column: position.column }),
  }
}

export function modelDiagnostic(finding: ModelFinding): Diagnostic {
  const { entry, code, message, help, severity = 'error', environment } = finding
  return {
    code,
    severity,
    message,
    help,
    at: entryLocation(entry),
    ...(environment === undefined ? {} : { environment }),
  }
}
