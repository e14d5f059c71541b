// Regular expressions that would take JavaScript exponential time, in the linear time they take in kustomize.

import { RE2JS } from 're2js'

/** Whether repetitions are nested, or so many that trying all ways to match takes too long. */
export function mayTakeLong(expression: string): boolean {
  return /\)[*+{]/.test(expression) || (expression.match(/[*+}]/g) ?? []).length > 3
}

/** The same as a test of a JavaScript expression; throws where the syntax is not RE2's. */
export function linearTest(expression: string): (text: string) => boolean {
  const pattern = RE2JS.compile(expression)
  return text => pattern.matcher(text).find()
}
