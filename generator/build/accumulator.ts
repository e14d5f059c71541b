// What a kustomization directory has gathered: objects, the configuration of transformers, variables.
// Follows api/internal/accumulator/resaccumulator.go.

import type { SchemaUse } from './openapi-schema.ts'
import { ResourceList, type ListOptions } from './resource-list.ts'
import { addVariables, type Variable } from './transform/resolve-variables.ts'
import { emptyConfig, mergeConfigs, type TransformerConfig } from './transformer-config.ts'

export class Accumulator {
  readonly resources: ResourceList
  config: TransformerConfig = emptyConfig
  variables: readonly Variable[] = []
  /** What gathering it made of the built-in schema. */
  schemaUse: SchemaUse = 'unread'

  readonly #options: ListOptions

  constructor(options: ListOptions) {
    this.#options = options
    this.resources = new ResourceList(options)
  }

  /** Takes over everything another directory gathered. */
  merge(other: Accumulator): void {
    this.resources.append(other.resources.all)
    this.resources.findings?.push(...(other.resources.findings ?? []))
    this.config = mergeConfigs(this.config, other.config)
    this.variables = addVariables(this.variables, other.variables)
  }

  /** An independent copy; objects are copied when somebody writes them. */
  fork(): Accumulator {
    const fork = new Accumulator(this.#options)
    fork.resources.append(this.resources.fork())
    fork.resources.findings?.push(...(this.resources.findings ?? []))
    fork.config = this.config
    fork.variables = this.variables
    return fork
  }
}
