// Why a build stops. Thrown anywhere inside build/, caught once at its entrance, where it becomes a diagnostic.

import type { Diagnostic, DiagnosticCode, RelatedLocation, SourceLocation } from '../diagnostics/diagnostic.ts'

export class BuildFault extends Error {
  readonly code: DiagnosticCode
  readonly help: string | undefined
  at: SourceLocation | undefined
  /** The directories that led to the fault, innermost first. */
  readonly related: RelatedLocation[] = []

  constructor(code: DiagnosticCode, message: string, details: { at?: SourceLocation; help?: string } = {}) {
    super(message)
    this.code = code
    this.help = details.help
    this.at = details.at
  }

  /** A fault of its own, for a second directory that meets the same problem. */
  copy(): BuildFault {
    return new BuildFault(this.code, this.message, {
      ...(this.at === undefined ? {} : { at: this.at }),
      ...(this.help === undefined ? {} : { help: this.help }),
    })
  }

  /** The place, for faults that were thrown without knowing it. */
  placedAt(at: SourceLocation): this {
    this.at ??= at
    return this
  }

  toDiagnostic(fallback: SourceLocation): Diagnostic {
    return {
      code: this.code,
      severity: 'error',
      message: this.message,
      at: this.at ?? fallback,
      ...(this.related.length === 0 ? {} : { related: this.related }),
      ...(this.help === undefined ? {} : { help: this.help }),
    }
  }
}

export function refuse(
  code: DiagnosticCode,
  message: string,
  details: { at?: SourceLocation; help?: string } = {},
): never {
  throw new BuildFault(code, message, details)
}

/** Runs a step; a fault without a place gets this one. */
export function placing<T>(at: SourceLocation, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof BuildFault) error.placedAt(at)
    throw error
  }
}
