// What evaluating a part of an ApplicationSet comes to: a value, "not evaluated" with the reason, or an error of Argo CD's.

import type { YamlMap, YamlValue } from '../../manifest/value.ts'

export type Expansion<T> =
  | { readonly kind: 'expanded'; readonly value: T }
  | { readonly kind: 'not-evaluated'; readonly reason: string }
  /** The ApplicationSet controller would report an error. */
  | { readonly kind: 'wrong'; readonly reason: string }

/** How this ApplicationSet fills parameters into text. */
export interface Template {
  readonly go: boolean
  readonly render: (value: YamlValue | undefined, parameters: YamlMap) => Expansion<YamlValue | undefined>
}
