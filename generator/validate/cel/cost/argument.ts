// What functions are told of their arguments when their cost is estimated.

import type { CelType } from '../cel-type.ts'
import type { CoreNode } from './core-syntax.ts'
import { unknownSize, type Estimate } from './estimate.ts'
import { extendPath, namesOf, type FieldPath } from './field-path.ts'

export interface Argument {
  readonly type: CelType
  readonly node?: CoreNode
  readonly path?: FieldPath
  /** The size as far as the expression itself tells. */
  readonly computed?: Estimate
}

export interface PricedCall {
  readonly name: string
  /** One of the signatures that fit. */
  readonly signature: string
  readonly target?: Argument
  readonly args: readonly Argument[]
  /** The size at the end of a path, by the schema. */
  readonly declared: (path: readonly string[]) => Estimate | undefined
  /** The minor of the API server. */
  readonly minor: number
}

export interface CallCost {
  readonly cost: Estimate
  /** Of the result. */
  readonly size?: Estimate
}

/** The size as the libraries of Kubernetes ask for it. */
export function sizeOf({ computed, path }: Argument, { declared }: Pick<PricedCall, 'declared'>): Estimate {
  return computed ?? (path === undefined ? undefined : declared(namesOf(path))) ?? unknownSize
}

/** The elements of a list, as an argument; undefined for what has none. */
export function elementOf({ type, path }: Argument): Argument | undefined {
  const [element] = type.parameters
  if (element === undefined) return undefined
  if (path === undefined) return { type: element }
  return { type: element, path: extendPath({ ...path, room: path.length }, '@items') }
}

/** The number that is written as an argument. */
export function writtenInt({ node }: Argument): bigint | undefined {
  return node?.kind === 'literal' && typeof node.value === 'bigint' ? node.value : undefined
}
