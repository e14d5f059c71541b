// Operators with two operands as functions of their variables.

import { arithmetic } from './arithmetic.ts'
import { spendComparison, spendJoin, spendSearch } from './call-effort.ts'
import { attempt, type Compiled, type Scope } from './compilation.ts'
import { compare, equals } from './equality.ts'
import type { BinaryOperator } from './syntax-node.ts'
import { CelError, isCelList, isCelMap, isNumeric, noOverload, type CelValue } from './values.ts'

/** An operator with two operands. */
export function binary(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  switch (operator) {
    case '&&':
      return logic(left, right, false)
    case '||':
      return logic(left, right, true)
    case '==':
      return scope => sameValue(...pairOf(left, right, scope))
    case '!=':
      return scope => !sameValue(...pairOf(left, right, scope))
    case 'in':
      return scope => contains(...pairOf(left, right, scope))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(operator, left, right)
    default:
      return scope => combined(operator, ...pairOf(left, right, scope))
  }
}

/** All operands, as the server evaluates them: those after one that fails, too. @throws the first failure */
export function allOf(operands: readonly Compiled[], scope: Scope): readonly CelValue[] {
  let failure: CelError | undefined
  const values = operands.map(operand => {
    const value = attempt(operand, scope)
    if (!(value instanceof CelError)) return value
    failure ??= value
    return null
  })
  if (failure !== undefined) throw failure
  return values
}

function pairOf(left: Compiled, right: Compiled, scope: Scope): readonly [CelValue, CelValue] {
  const first = attempt(left, scope)
  const second = attempt(right, scope)
  if (first instanceof CelError) throw first
  if (second instanceof CelError) throw second
  return [first, second]
}

function sameValue(a: CelValue, b: CelValue): boolean {
  spendComparison(a, b)
  return equals(a, b)
}

function combined(operator: '+' | '-' | '*' | '/' | '%', a: CelValue, b: CelValue): CelValue {
  if (operator === '+') spendJoin(a, b)
  return arithmetic(operator, a, b)
}

function contains(value: CelValue, container: CelValue): boolean {
  spendSearch(container)
  if (isCelList(container)) return container.some(item => equals(item, value))
  if (isCelMap(container)) return container.entryOf(value) !== undefined
  return noOverload('_in_', [value, container])
}

function comparison(operator: '<' | '<=' | '>' | '>=', left: Compiled, right: Compiled): Compiled {
  return scope => {
    const [a, b] = pairOf(left, right, scope)
    spendComparison(a, b)
    const order = compare(a, b)
    if (order === undefined) return isNumeric(a) && isNumeric(b) ? false : noOverload(`_${operator}_`, [a, b])
    return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator]
  }
}

/** Either side may decide alone; an error of the other side is then of no account. */
function logic(left: Compiled, right: Compiled, deciding: boolean): Compiled {
  return scope => {
    const first = attempt(left, scope)
    if (first === deciding) return deciding
    const second = attempt(right, scope)
    if (second === deciding) return deciding
    for (const value of [first, second]) {
      if (value instanceof CelError) throw value
      if (typeof value !== 'boolean')
        return noOverload(deciding ? '_||_' : '_&&_', [first as CelValue, second as CelValue])
    }
    return !deciding
  }
}
