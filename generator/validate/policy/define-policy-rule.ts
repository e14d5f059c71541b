// How a policy rule is declared, here and in a platform's own modules: the same shape, checked where it is written.

import type { Rule } from '../rule.ts'

/** A rule of the policy family. Names are `no-…` (forbid) or `require-…` (demand). */
export interface PolicyRule extends Rule {
  readonly code: `policy/${'no' | 'require'}-${string}`
}

/**
 * Declares a policy rule. Public: a platform's own rules are made with it too.
 * @example
 * export const noSundayJobs = definePolicyRule({
 *   code: 'policy/no-sunday-jobs',
 *   severity: 'warning',
 *   summary: 'CronJobs rest on Sundays.',
 *   appliesTo: resource => resource.kind === 'CronJob',
 *   *check(resource) { yield { at: { resource, pointer: '/spec/schedule' }, message: 'runs on Sundays' } },
 * })
 */
export function definePolicyRule(rule: PolicyRule): PolicyRule {
  return rule
}
