// What every reader of a source package produces: kinds and definitions, before they are compacted to JSON.

/** A type expression of the compact format (see generator/validate/schema/expression.ts). */
export type Expression = string

export interface Definition {
  /** Field name to type expression. */
  readonly properties: Map<string, Expression>
  readonly required: Set<string>
}

export interface KindEntry {
  /** Name of the definition that describes the kind. */
  readonly definition: string
  readonly plural: string
  readonly namespaced: boolean
}

/** One Kubernetes version, as read. */
export interface VersionModel {
  /** `apps/v1 Deployment` to its entry. */
  readonly kinds: Map<string, KindEntry>
  readonly definitions: Map<string, Definition>
}

/** Keys in one order everywhere: the committed files must not depend on the order a source lists things in. */
export function sorted<T>(entries: Iterable<readonly [string, T]>): [string, T][] {
  return [...entries].map(([key, value]): [string, T] => [key, value]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** The definition a type expression ends in, if it ends in one: `[]#V1Container` gives `V1Container`. */
export function referenceIn(expression: Expression): string | undefined {
  const hash = expression.indexOf('#')
  return hash < 0 ? undefined : expression.slice(hash + 1)
}
