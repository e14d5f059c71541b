// What all directories of one build have in common, and what the steps of the pipeline see of the directory they run in.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import type { SchemaLookup } from '../merge/merge-keys.ts'
import type { Accumulator } from './accumulator.ts'
import type { FileLoader, LoadRestrictor } from './file-loader.ts'
import type { Kustomization } from './kustomization-file.ts'
import type { SchemaUse } from './openapi-schema.ts'
import type { Origin } from './origin-annotation.ts'
import type { Run } from './run.ts'

export interface BuildContext {
  readonly run: Run
  readonly restrictor: LoadRestrictor
  /** `buildMetadata` of the directory the build started with: it holds for all. */
  readonly buildMetadata: readonly string[]
  /** Follow every field to the place that gave its value. */
  readonly tracking: boolean
  /** Collect findings that change nothing in the output. */
  readonly checks: boolean
  /** The merge keys in use; `openapi:` of the first directory that has one replaces them. */
  schema: SchemaLookup
  schemaIsSet: boolean
  /** What the directory being gathered has made of the built-in schema, and what was made of it before. */
  schemaUse: { readonly before: SchemaUse; readonly here: SchemaUse }
}

/** The directory whose generators and transformers run. */
export interface DirectoryBuild {
  readonly context: BuildContext
  readonly loader: FileLoader
  /** Its kustomization file. */
  readonly file: string
  readonly fields: Kustomization
  readonly origin: Origin | undefined
  readonly at: (...tokens: readonly (string | number)[]) => SourceLocation
  readonly accumulateResources: (
    into: Accumulator,
    paths: readonly string[],
    at: (index: number) => SourceLocation,
  ) => void
}

/** The merge keys for a patch; whoever asks has the built-in schema read. */
export function mergingSchema(context: BuildContext): SchemaLookup {
  context.schemaUse = { ...context.schemaUse, here: 'read' }
  return context.schema
}
