// Input that cannot be read at all (exit code 2), thrown from the depth of a lazily read tree and caught once, in cli/run.ts.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'

export class UnreadableInput extends Error {
  readonly diagnostic: Diagnostic

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

/** An UnreadableInput about a whole file. */
export function unreadable(code: Diagnostic['code'], file: string, message: string, help: string): UnreadableInput {
  return new UnreadableInput({ code, severity: 'error', message, at: { file, document: 1, pointer: '' }, help })
}
