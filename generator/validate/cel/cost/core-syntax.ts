// An expression as cel-go's cost estimation sees it: macros expanded, operators as calls, types and functions resolved.

import { boolType, type CelType } from '../cel-type.ts'

interface Typed {
  readonly type: CelType
}

export type CoreNode =
  | (Typed & { readonly kind: 'literal'; readonly value: unknown })
  | (Typed & { readonly kind: 'name'; readonly name: string })
  | (Typed & { readonly kind: 'select'; readonly operand: CoreNode; readonly field: string })
  /** What has() asks. */
  | (Typed & { readonly kind: 'presence'; readonly operand: CoreNode })
  | CallNode
  | (Typed & { readonly kind: 'list'; readonly items: readonly CoreNode[] })
  | (Typed & { readonly kind: 'map'; readonly entries: readonly (readonly [CoreNode, CoreNode])[] })
  | FoldNode

export interface CallNode extends Typed {
  readonly kind: 'call'
  /** Without its receiver: `startsWith`, `_+_`, `sets.contains`. */
  readonly name: string
  /** The signatures that fit the types of the arguments, as declared. */
  readonly signatures: readonly string[]
  readonly target?: CoreNode
  readonly args: readonly CoreNode[]
}

/** What a comprehension stands for: a step for each entry of the range, from a first value to a result. */
export interface FoldNode extends Typed {
  readonly kind: 'fold'
  readonly range: CoreNode
  /** One for elements or keys; two for indices and elements, or keys and values. */
  readonly variables: readonly string[]
  readonly accumulator: string
  readonly first: CoreNode
  readonly condition: CoreNode
  readonly step: CoreNode
  readonly result: CoreNode
}

/** The name under which a fold keeps what it has so far. */
export const accumulatorName = '@result'

export function literal(value: unknown, type: CelType): CoreNode {
  return { kind: 'literal', value, type }
}

export function nameNode(name: string, type: CelType): CoreNode {
  return { kind: 'name', name, type }
}

export function callNode(name: string, signature: string, args: readonly CoreNode[], type: CelType): CallNode {
  return { kind: 'call', name, signatures: [signature], args, type }
}

export function conditional(condition: CoreNode, then: CoreNode, otherwise: CoreNode): CoreNode {
  return callNode('_?_:_', '_?_:_(bool, A, A)', [condition, then, otherwise], then.type)
}

export function connective(operator: '&&' | '||', left: CoreNode, right: CoreNode): CoreNode {
  return callNode(`_${operator}_`, `_${operator}_(bool, bool)`, [left, right], boolType)
}

/** A value under a name, for one expression: a fold over nothing. */
export function binding(name: string, value: CoreNode, body: CoreNode, range: CelType): CoreNode {
  return {
    kind: 'fold',
    type: body.type,
    range: { kind: 'list', items: [], type: range },
    variables: ['#unused'],
    accumulator: name,
    first: value,
    condition: literal(false, boolType),
    step: nameNode(name, value.type),
    result: body,
  }
}
