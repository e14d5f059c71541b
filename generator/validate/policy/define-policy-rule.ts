// How a policy rule of this tool is declared; a platform's own rules have the same shape and other codes (own-rules/own-rule.ts).

import type { Rule } from '../rule.ts'

/** A rule of the policy family. Names are `no-…` (forbid) or `require-…` (demand). */
export interface PolicyRule extends Rule {
  readonly code: `policy/${'no' | 'require'}-${string}`
}

/** Declares a policy rule. */
export function definePolicyRule(rule: PolicyRule): PolicyRule {
  return rule
}
