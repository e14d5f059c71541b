// The estimated cost of a rule at a place of a schema. Follows apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go.

import type { CelType } from '../cel-type.ts'
import { typeExpression } from '../typed-expression.ts'
import type { DeclaredSize, SizeBound } from './declared-size.ts'
import { estimateCost } from './estimate-cost.ts'
import type { Estimate } from './estimate.ts'
import { expand } from './expand.ts'

export interface CostOptions {
  /** What it has to give: the server prices nothing else. */
  readonly result: CelType
  readonly types: Readonly<Record<string, CelType>>
  /** The newest release whose libraries there are; all where absent. */
  readonly release?: string
  /** The minor of the API server that estimates. */
  readonly minor: number
  readonly size: DeclaredSize
  /** Told of every place whose size counts. */
  readonly onSize?: (size: DeclaredSize) => void
  /** A place that is taken to hold one entry or character. */
  readonly bounded?: DeclaredSize
}

/** Undefined for what does not compile. */
export function expressionCost(text: string, options: CostOptions): Estimate | undefined {
  const { types, release, minor, result } = options
  const checked = typeExpression(text, Object.keys(types), {
    types,
    results: [result],
    ...(release === undefined ? {} : { release }),
  })
  if ('error' in checked) return undefined
  const declared = (path: readonly string[]): Estimate | undefined => declaredAt(path, options)
  return estimateCost(expand(checked.tree, checked), { declared, minor })
}

/** The bounds, there or missing, that would make the expression cheaper if they were small; in the order they are met. */
export function boundsThatCount(text: string, options: CostOptions): readonly SizeBound[] {
  const met = new Set<DeclaredSize>()
  const before = expressionCost(text, { ...options, onSize: size => met.add(size) })
  if (before === undefined) return []
  return [...met].flatMap(size => {
    if (size.bound === undefined) return []
    const after = expressionCost(text, { ...options, bounded: size })
    return after !== undefined && after.max < before.max ? [size.bound] : []
  })
}

/** The first name of a path is a variable, whatever it is. */
function declaredAt([, ...steps]: readonly string[], { size, onSize, bounded }: CostOptions): Estimate | undefined {
  let at: DeclaredSize | undefined = size
  for (const step of steps) {
    at = stepInto(at, step)
    if (at === undefined) return undefined
  }
  onSize?.(at)
  return { min: 0n, max: BigInt(at === bounded ? 1 : at.most) }
}

/** Keys of maps have no bound that counts: they are texts of the length nothing. */
const key: DeclaredSize = { most: 0, leastBytes: 2 }

function stepInto({ element, isMap, fields }: DeclaredSize, step: string): DeclaredSize | undefined {
  if (step === '@items' || step === '@values') return element
  return step === '@keys' ? (isMap === true ? key : undefined) : fields?.get(step)
}
