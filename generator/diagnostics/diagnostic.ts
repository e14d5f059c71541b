// What a finding is. A problem in the user's input is a value of this type; an exception is a bug in this tool, or the disk.
// Places are symbolic (file, document, JSON pointer); lines and columns are computed once, in report/, and only for findings.

export type Severity = 'error' | 'warning' | 'info'

export type Family =
  | 'yaml'
  | 'model'
  | 'kustomize'
  | 'schema'
  | 'reference'
  | 'policy'
  | 'pod-security'
  | 'admission'
  | 'argocd'
  | 'change'
  | 'repository'

/** The only name of a finding: config key, page, fixture folder and `explain` argument. Never renamed once released. */
export type DiagnosticCode = `${Family}/${string}`

/**
 * A place in a file, or in what a kustomization directory renders.
 *
 * When `file` names a kustomization directory (no such file exists; it ends without an extension and is a key of the run's
 * builds), `document` counts that directory's rendered objects, and `report/` asks the builder's origins for the real file.
 */
export interface SourceLocation {
  /** Path relative to the repository root, POSIX separators. */
  readonly file: string
  /** Counts from 1, like lines and columns. */
  readonly document: number
  /** JSON pointer (RFC 6901); '' is the whole document. */
  readonly pointer: string
  /** Point at the mapping key or at its value; the value where absent. */
  readonly on?: 'key' | 'value'
  /** Only where the place is already known as text (a syntax error, a TypeScript file): both count from 1. */
  readonly line?: number
  readonly column?: number
}

/** Identity of the object a finding is about. `namespace` is absent for cluster-scoped objects and where none is set. */
export interface ResourceReference {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

export interface RelatedLocation {
  readonly at: SourceLocation
  readonly note: string
}

export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: Severity
  /** What is wrong, the user's value in double quotes; lower case, no full stop. */
  readonly message: string
  readonly at: SourceLocation
  /** The model entry to change, where the file is generated. */
  readonly origin?: SourceLocation
  readonly environment?: string
  readonly resource?: ResourceReference
  readonly related?: readonly RelatedLocation[]
  /** One sentence that says what to do. */
  readonly help?: string
}

/** What every stage returns: its value, and what it found wrong on the way. */
export interface Result<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}
