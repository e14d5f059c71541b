// A bound on what one evaluation may take. The API server counts the cost of an expression and gives up at a million units
// (k8s.io/apiserver/pkg/apis/cel/config.go, PerCallLimit); an element of a comprehension costs it some ten. What comes near that is
// not evaluated here: the server would stop as well, or nearly.

/** Elements of comprehensions that one evaluation may look at. */
export const mostElements = 100_000

/** Thrown through everything: no operator of the language absorbs it. */
export class TooMuchEffort extends Error {}

let left = mostElements
let depth = 0

/** Counts elements of a comprehension. @throws TooMuchEffort */
export function spend(elements: number): void {
  left -= elements
  if (left < 0) throw new TooMuchEffort('the expression costs about as much as the API server allows, or more')
}

/** Runs an evaluation with an effort of its own; those inside it (variables of a policy) count towards it. */
export function withBoundedEffort<T>(evaluate: () => T): T {
  if (depth === 0) left = mostElements
  depth++
  try {
    return evaluate()
  } finally {
    depth--
  }
}
