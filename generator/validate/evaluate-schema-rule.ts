// x-kubernetes-validations of custom resources, evaluated with the CEL that admission policies use. What cannot be decided here
// (an expression that fails, such as one that reads a default the server would have filled in) is never called fulfilled or broken.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules

import { fromData } from './cel/data.ts'
import { compileExpression, type Expression } from './cel/expression.ts'
import type { CelEvaluator, CelOutcome } from './schema/evaluate-rules.ts'

/** An evaluator that compiles each expression once. */
export function schemaRuleEvaluator(): CelEvaluator {
  const compiled = new Map<string, Expression | { readonly error: string }>()
  const expressionOf = (text: string): Expression | { readonly error: string } => {
    const known = compiled.get(text) ?? compileExpression(text, ['self', 'oldSelf'])
    compiled.set(text, known)
    return known
  }
  return ({ rule, messageExpression }, self): CelOutcome => {
    const value = evaluate(expressionOf(rule), fromData(self))
    if ('error' in value) return { outcome: 'not-evaluated', reason: value.error }
    if (value.value === true) return { outcome: 'held' }
    if (value.value !== false) return { outcome: 'not-evaluated', reason: 'the rule gives no true or false' }
    const message =
      messageExpression === undefined ? undefined : evaluate(expressionOf(messageExpression), fromData(self))
    return message !== undefined && 'value' in message && typeof message.value === 'string'
      ? { outcome: 'broken', message: message.value }
      : { outcome: 'broken' }
  }
}

function evaluate(
  expression: Expression | { readonly error: string },
  self: ReturnType<typeof fromData>,
): ReturnType<Expression['evaluate']> {
  return 'error' in expression ? expression : expression.evaluate({ self })
}
