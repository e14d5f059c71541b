// One x-kubernetes-validations rule, evaluated with the values the server would give it on create.

import type { YamlValue } from '../../manifest/value.ts'
import { compileExpression, type Evaluation, type Expression } from '../cel/expression.ts'
import { Optional } from '../cel/values.ts'
import { schemaValue } from './cel-values.ts'
import type { CelOutcome } from './evaluate-rules.ts'
import { memoized, type SchemaNode, type ValidationRule } from './schema-node.ts'

/** The evaluator every check uses unless it is given another one. */
export function evaluateRule(rule: ValidationRule, self: YamlValue, node: SchemaNode): CelOutcome {
  const compiled = compile(rule.rule)
  // What this tool cannot compile is not known to be wrong.
  if ('error' in compiled) return { outcome: 'not-evaluated', reason: compiled.error }
  const variables = { self: schemaValue(node, self), oldSelf: new Optional(undefined) }
  const result = compiled.evaluate(variables)
  if ('value' in result) {
    return result.value === true ? { outcome: 'held' } : { outcome: 'broken', ...message(rule, variables) }
  }
  return failed(result)
}

const compile = memoized((text: string): Expression | { readonly error: string } =>
  compileExpression(text, ['self', 'oldSelf']),
)

/** The server counts an error as a broken rule; one about types may come from what is not known here. */
function failed(result: Extract<Evaluation, { readonly error: string }>): CelOutcome {
  if (result.notEvaluated === true || result.error.includes('no such overload')) {
    return { outcome: 'not-evaluated', reason: result.error }
  }
  return { outcome: 'broken', message: `the rule of the schema cannot be evaluated: ${result.error}` }
}

function message(
  rule: ValidationRule,
  variables: Parameters<Expression['evaluate']>[0],
): { readonly message?: string } {
  if (rule.messageExpression === undefined) return {}
  const compiled = compile(rule.messageExpression)
  if ('error' in compiled) return {}
  const result = compiled.evaluate(variables)
  return 'value' in result && typeof result.value === 'string' ? { message: result.value } : {}
}
