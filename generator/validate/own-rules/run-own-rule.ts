// Runs a platform's own rules where they cannot do harm: what one throws, what it yields that is no finding, and time it does not
// stop taking become a finding that names its module. A rule that failed is never taken for one that found nothing.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { describeResource, type Resource } from '../../manifest/resource.ts'
import type { RuleContext } from '../rule.ts'
import { candidates, toDiagnostic } from '../run-rules.ts'
import type { OwnRule } from './own-rule.ts'
import { ruleFailure } from './rule-failure.ts'
import { describeValue, readFinding } from './yielded-finding.ts'

/** Does some work within a limit of time: `value`, or the seconds after which it was stopped. */
export type Limit = <T>(work: () => T) => { readonly value: T } | { readonly stoppedAfter: number }

/** Measures some work under a name. */
export type Timed = <T extends readonly unknown[]>(name: string, work: () => T) => T

/** A platform's own rules, and how they run: as `runOwnRules` does, with places in the files people wrote. */
export interface OwnRules {
  readonly rules: readonly OwnRule[]
  readonly run: (rules: readonly OwnRule[], context: RuleContext, timed: Timed) => readonly Diagnostic[]
}

/** Findings for one object beyond which a rule is taken to yield without end. */
const mostPerObject = 1000

const unlimited: Limit = work => ({ value: work() })
const untimed: Timed = (_name, work) => work()

/**
 * All findings of rules over `context.resources`, in rule order, then render order. Where a rule fails: what it found until then,
 * and one `model/rule-fails` (an error) at the line that threw, else at the rule; the others still run.
 * @param limit given to all rules together, anew after each that was stopped
 */
export function runOwnRules(
  rules: readonly OwnRule[],
  context: RuleContext,
  { limit = unlimited, timed = untimed }: { readonly limit?: Limit; readonly timed?: Timed } = {},
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const waiting = [...rules]
  while (waiting.length > 0) {
    const outcome = limit(() => {
      for (let rule = waiting[0]; rule !== undefined; rule = waiting[0]) {
        const running = rule
        found.push(...timed(rule.code, () => runOwnRule(running, context)))
        waiting.shift()
      }
    })
    const stopped = 'stoppedAfter' in outcome ? waiting.shift() : undefined
    if (stopped !== undefined && 'stoppedAfter' in outcome) {
      found.push(ruleFailure(stopped, `did not finish within ${outcome.stoppedAfter} seconds`, context))
    }
  }
  return found
}

function runOwnRule(rule: OwnRule, context: RuleContext): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const state: State = {}
  try {
    const problem = collect(rule, context, found, state)
    return problem === undefined ? found : [...found, ruleFailure(rule, `${problem}${on(state.at)}`, context)]
  } catch (error) {
    const what = `throws "${textOf(error, 'message')}"${on(state.at)}`
    return [...found, ruleFailure(rule, what, context, textOf(error, 'stack'))]
  }
}

interface State {
  /** The object the rule is looking at. */
  at?: Resource
}

/** Adds to `found`; what is wrong with the rule, where something is. */
function collect(rule: OwnRule, context: RuleContext, found: Diagnostic[], state: State): string | undefined {
  const members = new Set<unknown>(context.resources.all)
  for (const resource of candidates(rule, context.resources)) {
    state.at = resource
    const applies: unknown = rule.appliesTo(resource)
    if (typeof applies !== 'boolean') return `answers appliesTo with ${describeValue(applies)}, not true or false`
    if (!applies) continue
    const findings: unknown = rule.check(resource, context)
    if (!isIterable(findings)) return `returns ${describeValue(findings)} from check, not findings`
    let count = 0
    for (const yielded of findings) {
      const read = readFinding(yielded, members)
      if ('problem' in read) return read.problem
      if ((count += 1) > mostPerObject) return `yields more than ${mostPerObject} findings`
      found.push(toDiagnostic(rule, read.finding, context))
    }
  }
  return undefined
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

function on(resource: Resource | undefined): string {
  return resource === undefined ? '' : ` for ${describeResource(resource)}`
}

/** What was thrown may be anything, even something that throws when it is read. */
function textOf(error: unknown, field: 'message' | 'stack'): string {
  try {
    const held = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[field] : ''
    if (typeof held === 'string' && held !== '') return held
    return field === 'message' ? describeValue(error) : ''
  } catch {
    return field === 'message' ? 'something that cannot be read' : ''
  }
}
