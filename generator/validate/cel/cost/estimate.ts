// Ranges of sizes and costs, as the API server counts them: unsigned 64-bit integers that stop at the largest instead of wrapping.
// Follows cel-go's checker/cost.go (SizeEstimate, CostEstimate).

/** From the least to the most: of a size, or of a cost. */
export interface Estimate {
  readonly min: bigint
  readonly max: bigint
}

/** The largest unsigned 64-bit integer: what has no bound. */
export const unbounded = 2n ** 64n - 1n

export const unknownSize: Estimate = { min: 0n, max: unbounded }

export function fixed(value: number | bigint): Estimate {
  return { min: BigInt(value), max: BigInt(value) }
}

export function plus(a: bigint, b: bigint): bigint {
  return a + b > unbounded ? unbounded : a + b
}

export function times(a: bigint, b: bigint): bigint {
  return a * b > unbounded ? unbounded : a * b
}

export function add(...all: readonly Estimate[]): Estimate {
  return all.reduce((a, b) => ({ min: plus(a.min, b.min), max: plus(a.max, b.max) }), fixed(0))
}

export function multiply(a: Estimate, b: Estimate): Estimate {
  return { min: times(a.min, b.min), max: times(a.max, b.max) }
}

/** A multiple, rounded up to a whole number. */
export function scale({ min, max }: Estimate, factor: number): Estimate {
  return { min: scaled(min, factor), max: scaled(max, factor) }
}

const twoTo64 = 2 ** 64

function scaled(value: bigint, factor: number): bigint {
  const product = Math.ceil(Number(value) * factor)
  return product >= twoTo64 ? unbounded : BigInt(product)
}

/** The range that holds both. */
export function union(a: Estimate, b: Estimate): Estimate {
  return { min: a.min < b.min ? a.min : b.min, max: a.max > b.max ? a.max : b.max }
}

/** Plain arithmetic of Go's uint64, which wraps. */
export function wrapped(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}
