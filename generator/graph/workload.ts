// What the graph knows about pods: who runs them, with which labels, and what selects them.

import type { PodTemplate } from '../manifest/pod-template.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import type { YamlMap } from '../manifest/value.ts'

/** An object that runs pods, with the labels its pods carry. */
export interface Workload {
  readonly resource: Resource
  readonly template: PodTemplate
  /** Labels of the pods. */
  readonly labels: YamlMap
}

/** What a label selector stands in: where it is, and whose pods it means. */
export interface PodSelector {
  readonly at: Place
  /** Pods of this namespace (undefined: of no stated namespace). */
  readonly namespace: string | undefined
  /** A LabelSelector; a Service's plain map appears here as `matchLabels`. */
  readonly selector: YamlMap
}
