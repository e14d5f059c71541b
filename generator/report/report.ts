// What every format prints: findings with their places found, what was counted, and what was not checked.

import type { Diagnostic, ResourceReference, Severity, SourceLocation } from '../diagnostics/diagnostic.ts'

export interface LocatedPlace extends SourceLocation {
  readonly line: number
  readonly column: number
}

/** The lines around a place, already redacted. */
export interface CodeFrame {
  /** Number of the first line shown. */
  readonly firstLine: number
  readonly lines: readonly string[]
  /** Characters to underline on the place's own line. */
  readonly width: number
}

export interface LocatedDiagnostic extends Omit<Diagnostic, 'at' | 'origin' | 'related' | 'environment'> {
  readonly at: LocatedPlace
  readonly origin?: LocatedPlace
  readonly related?: readonly { readonly at: LocatedPlace; readonly note: string }[]
  /** Every environment that has this very finding; empty for files that belong to none. */
  readonly environments: readonly string[]
  readonly frame?: CodeFrame
}

export interface Counters {
  /** Objects rendered or read. */
  readonly rendered: number
  /** Of these, held to a schema. */
  readonly validated: number
  /** Of these, not held to a schema. */
  readonly skipped: number
}

export interface Summary extends Counters {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
}

export interface SkippedObject {
  readonly resource: ResourceReference
  readonly reason: string
}

export interface Report {
  readonly summary: Summary
  /** Sorted by file, line, column, code. */
  readonly diagnostics: readonly LocatedDiagnostic[]
  readonly skipped: readonly SkippedObject[]
  /** Sentences about checks that were not made: printed by every format a person reads. */
  readonly notChecked: readonly string[]
}

/** Joins findings and counters. */
export function makeReport(
  diagnostics: readonly LocatedDiagnostic[],
  counters: Counters,
  skipped: readonly SkippedObject[] = [],
  notChecked: readonly string[] = [],
): Report {
  const count = (severity: Severity): number =>
    diagnostics.filter(diagnostic => diagnostic.severity === severity).length
  const summary = { ...counters, errors: count('error'), warnings: count('warning'), infos: count('info') }
  return { summary, diagnostics, skipped, notChecked }
}
