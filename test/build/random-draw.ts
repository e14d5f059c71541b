// Drawing random values for the trees that are compared with the real binary.

import type fc from 'fast-check'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Map_ = { [key: string]: Json }

/** Draws random values. */
export interface Draw {
  readonly of: <T>(...values: readonly T[]) => T
  readonly chance: (percent: number) => boolean
  readonly number: (min: number, max: number) => number
  readonly some: <T>(values: readonly T[], max?: number) => readonly T[]
}

export function drawFrom(gen: fc.GeneratorValue, integer: typeof fc.integer): Draw {
  const number = (min: number, max: number): number => gen(integer, { min, max })
  const of = <T>(...values: readonly T[]): T => values[number(0, values.length - 1)] as T
  return {
    number,
    of,
    chance: percent => number(1, 100) > 100 - percent,
    some: (values, max = values.length) => {
      const count = number(0, Math.min(max, values.length))
      const rest = [...values]
      return Array.from(
        { length: count },
        () => rest.splice(number(0, rest.length - 1), 1)[0] as (typeof values)[number],
      )
    },
  }
}
