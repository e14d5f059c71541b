// One configured transformer, as the pipeline runs it.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import type { Origin } from './origin-annotation.ts'
import type { StepSource } from './provenance.ts'
import type { ResourceList } from './resource-list.ts'

/** One configured transformer. */
export interface Step {
  readonly at: SourceLocation
  /** What `buildMetadata: [transformerAnnotations]` reports. */
  readonly origin?: Origin
  readonly run: (resources: ResourceList) => void
  /** What is booked as the origin of the values it sets; `at` where absent. */
  readonly source?: StepSource
}
