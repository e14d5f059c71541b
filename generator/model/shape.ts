// The shape of data: what scripts/model-shape.ts makes of the types of a platform file, and the model check walks.

export type Shape =
  | 'any'
  | 'string'
  | 'number'
  | 'boolean'
  /** What a function of generator/model/declare.ts returned: service(), postgres() … */
  | 'component'
  /** Component name to part of that component's settings. */
  | 'overrides'
  | { readonly prefix: string }
  | { readonly values: readonly (string | boolean)[] }
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly required: readonly string[] }
  | { readonly oneOf: readonly Shape[] }
  /** Name of a shape in `ModelShape.shapes`. */
  | { readonly ref: string }

export interface ModelShape {
  /** The platform's settings. */
  readonly settings: Shape
  /** Type of a component to its settings. */
  readonly components: Readonly<Record<string, Shape>>
  /** What a shape can refer to. */
  readonly shapes: Readonly<Record<string, Shape>>
}
