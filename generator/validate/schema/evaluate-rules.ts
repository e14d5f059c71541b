// x-kubernetes-validations: handed to an evaluator, where one is passed. Without one a rule is reported as not evaluated;
// it never counts as fulfilled.

import type { YamlValue } from '../../manifest/value.ts'
import type { ValidationRule } from './schema-node.ts'
import { report, type Walk } from './walk.ts'

/** What an evaluator says of one rule: held, broken (with the message to show), or not decidable offline. */
export type CelOutcome =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'broken'; readonly message?: string }
  | { readonly outcome: 'not-evaluated'; readonly reason: string }

/** Evaluates one rule with `self` (and `oldSelf`, which only updates have). */
export type CelEvaluator = (rule: ValidationRule, self: YamlValue, oldSelf?: YamlValue) => CelOutcome

interface Evaluation {
  readonly rules: readonly ValidationRule[]
  readonly value: YamlValue
  readonly walk: Walk
  readonly notEvaluated: string[]
  readonly evaluate: CelEvaluator | undefined
}

export function evaluateRules({ rules, value, walk, notEvaluated, evaluate }: Evaluation): void {
  for (const rule of rules) {
    if (/\boldSelf\b/.test(rule.rule) && rule.optionalOldSelf !== true) continue
    const outcome: CelOutcome = evaluate?.(rule, value) ?? { outcome: 'not-evaluated', reason: 'no evaluator' }
    if (outcome.outcome === 'not-evaluated') notEvaluated.push(rule.rule)
    if (outcome.outcome === 'broken') {
      report(walk, 'schema/validation-rule', {
        message: outcome.message ?? rule.message ?? `the rule "${rule.rule}" does not hold`,
        help: `Make the value fulfil the rule of its schema: ${rule.rule.trim().split('\n')[0] ?? ''}`,
      })
    }
  }
}
