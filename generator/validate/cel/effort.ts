// What evaluating an expression costs, counted in the API server's units and never too low: where the count reaches what the server
// allows, the expression is not evaluated, because the server would have given up, or nearly. The server counts the same steps
// (cel-go's interpreter/runtimecost.go); where it stops early, or has computed something before, this count goes on.

/** For one expression (k8s.io/apiserver/pkg/apis/cel/config.go, PerCallLimit). */
export const expressionBudget = 1_000_000
/** For all rules of a custom resource, or all of a policy's expressions on an object (RuntimeCELCostBudget). */
export const objectBudget = 10_000_000
/** For the match conditions of a policy (RuntimeCELCostBudgetMatchConditions). */
export const conditionBudget = 2_500_000

/** Thrown through everything: no operator of the language absorbs it. */
export class TooMuchEffort extends Error {}

let left = expressionBudget
let leftOfObject = Infinity
let depth = 0

/** Counts units. @throws TooMuchEffort */
export function spend(units: number): void {
  left -= units
  leftOfObject -= units
  if (left < 0) throw new TooMuchEffort('the expression costs about as much as the API server allows, or more')
  if (leftOfObject < 0)
    throw new TooMuchEffort('the expressions together cost about as much as the API server allows, or more')
}

/** Runs an evaluation with a budget of its own; those inside it (variables of a policy) count towards it. */
export function withBoundedEffort<T>(evaluate: () => T): T {
  if (depth === 0) left = expressionBudget
  depth++
  try {
    return evaluate()
  } finally {
    depth--
  }
}

/** Runs once what the server runs twice. */
export function countedTwice<T>(evaluate: () => T): T {
  const before = left
  const result = evaluate()
  spend(before - left)
  return result
}

/** Runs evaluations that share a budget. */
export function withSharedBudget<T>(units: number, evaluate: () => T): T {
  const before = leftOfObject
  leftOfObject = units
  try {
    return evaluate()
  } finally {
    leftOfObject = before
  }
}
