// How a platform's own rule is written: the shape of this tool's rules, under a code of the team's own, with the place it was
// written at, so that a rule that fails names its module.

import type { Resource } from '../../manifest/resource.ts'
import type { DeclaredRule } from '../../model/declared-rule.ts'
import { captureSite } from '../../model/declaration-site.ts'
import type { Finding, RuleContext } from '../rule.ts'

export interface OwnRule extends DeclaredRule {
  /** The kinds `appliesTo` can be true for, where they can be listed: nothing else is asked. */
  readonly kinds?: readonly string[]
  readonly appliesTo: (resource: Resource) => boolean
  readonly check: (resource: Resource, context: RuleContext) => Iterable<Finding>
}

/** What `definePolicyRule` is given: a rule without the place, which it adds. */
export type OwnRuleDefinition = Omit<OwnRule, 'site'>

/**
 * Declares a rule of the platform's own; public as `definePolicyRule`. It runs once it is listed under the platform's `rules`,
 * and may look at its arguments alone: there is no disk, network, environment or clock.
 * @example
 * export const noSundayJobs = definePolicyRule({
 *   code: 'policy/shop-no-sunday-jobs',
 *   severity: 'warning',
 *   summary: 'CronJobs rest on Sundays.',
 *   kinds: ['CronJob'],
 *   appliesTo: resource => resource.apiVersion === 'batch/v1',
 *   *check(resource) { yield { at: { resource, pointer: '/spec/schedule' }, message: 'runs on Sundays' } },
 * })
 */
export function defineOwnRule(rule: OwnRuleDefinition): OwnRule {
  return { ...rule, site: captureSite(defineOwnRule) }
}
