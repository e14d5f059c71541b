// x-kubernetes-validations: handed to an evaluator. What it cannot decide is reported as not evaluated; it never counts as
// fulfilled.

import type { YamlValue } from '../../manifest/value.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'
import { report, type Walk } from './walk.ts'

/** What an evaluator says of one rule: held, broken (with the message to show), or not decidable offline. */
export type CelOutcome =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'broken'; readonly message?: string }
  | { readonly outcome: 'not-evaluated'; readonly reason: string }

/** Evaluates one rule with `self`, a value under the schema `node`. There is no old object: manifests are checked as on create. */
export type CelEvaluator = (rule: ValidationRule, self: YamlValue, node: SchemaNode) => CelOutcome

interface Evaluation {
  readonly node: SchemaNode
  readonly value: YamlValue
  readonly walk: Walk
  readonly notEvaluated: string[]
  readonly evaluate: CelEvaluator
}

export function evaluateRules({ node, value, walk, notEvaluated, evaluate }: Evaluation): void {
  for (const rule of node.rules ?? []) {
    if (/\boldSelf\b/.test(rule.rule) && rule.optionalOldSelf !== true) continue
    const outcome = evaluate(rule, value, node)
    if (outcome.outcome === 'not-evaluated') notEvaluated.push(rule.rule)
    if (outcome.outcome === 'broken') {
      report(walk, 'schema/validation-rule', {
        message: outcome.message ?? rule.message ?? `the rule "${rule.rule}" does not hold`,
        help: `Make the value fulfil the rule of its schema: ${rule.rule.trim().split('\n')[0] ?? ''}`,
      })
    }
  }
}
