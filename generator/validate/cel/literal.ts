// Literals of the syntax tree as values: the grammar's unsigned numbers are a class of its own.

import { checkInt, checkUint } from './arithmetic.ts'
import { type CelValue } from './values.ts'

/** @throws CelError for an int that is none */
export function literalValue(literal: unknown): CelValue {
  if (typeof literal === 'bigint') return checkInt(literal)
  if (literal === null || typeof literal === 'boolean' || typeof literal === 'string' || typeof literal === 'number')
    return literal
  if (literal instanceof Uint8Array) return literal
  const unsigned = (literal as { readonly value?: unknown; valueOf(): unknown }).valueOf()
  return checkUint(BigInt(unsigned as bigint))
}
