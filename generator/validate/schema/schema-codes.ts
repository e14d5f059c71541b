// The codes of the schema check, each with a page in pages/: what `explain` shows and lists.

import type { DiagnosticCode, Severity } from '../../diagnostics/diagnostic.ts'

export interface SchemaCode {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly summary: string
}

export const schemaCodes: readonly SchemaCode[] = [
  // What is not an object at all.
  { code: 'schema/not-an-object', severity: 'error', summary: 'Every document is a Kubernetes object.' },
  { code: 'schema/missing-api-version', severity: 'error', summary: 'Every object names its API version.' },
  { code: 'schema/missing-kind', severity: 'error', summary: 'Every object names its kind.' },
  { code: 'schema/missing-name', severity: 'error', summary: 'Every object has a name.' },
  // Kinds.
  {
    code: 'schema/unknown-kind',
    severity: 'error',
    summary: 'Kinds and API versions exist in the declared Kubernetes version.',
  },
  { code: 'schema/no-schema', severity: 'error', summary: 'Every kind has a schema to be held to.' },
  {
    code: 'schema/removed-api',
    severity: 'error',
    summary: 'No API version is gone from the declared Kubernetes version.',
  },
  { code: 'schema/deprecated-api', severity: 'warning', summary: 'No API version is about to go.' },
  // Fields.
  {
    code: 'schema/unknown-field',
    severity: 'error',
    summary: 'Every field exists in the declared Kubernetes version.',
  },
  { code: 'schema/required-field', severity: 'error', summary: 'Required fields are set.' },
  { code: 'schema/deprecated-field', severity: 'warning', summary: 'No field or annotation is deprecated.' },
  // Values.
  { code: 'schema/wrong-type', severity: 'error', summary: 'Values are of the type their field wants.' },
  { code: 'schema/not-allowed-value', severity: 'error', summary: 'Values are among those their field allows.' },
  {
    code: 'schema/invalid-format',
    severity: 'error',
    summary: 'Numbers, times and encoded values have the form their field wants.',
  },
  { code: 'schema/invalid-quantity', severity: 'error', summary: 'Amounts are quantities, such as 500m or 2Gi.' },
  { code: 'schema/repeated-entry', severity: 'error', summary: 'Lists with keys hold each key once.' },
  // Custom resources.
  {
    code: 'schema/constraint',
    severity: 'error',
    summary: 'Values keep the limits of their schema: length, range, pattern, count.',
  },
  { code: 'schema/no-match', severity: 'error', summary: 'Values have one of the forms their schema allows.' },
  { code: 'schema/validation-rule', severity: 'error', summary: 'Values fulfil the rules of their schema.' },
  {
    code: 'schema/invalid-definition',
    severity: 'error',
    summary: 'CustomResourceDefinitions are ones the server takes.',
  },
  {
    code: 'schema/invalid-rule',
    severity: 'error',
    summary: 'Rules of a CustomResourceDefinition compile under the types of its schema.',
  },
  {
    code: 'schema/costly-rule',
    severity: 'error',
    summary: "Rules of a CustomResourceDefinition are within the API server's budget.",
  },
]
