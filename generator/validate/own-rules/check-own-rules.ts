// Whether what a platform lists as its own rules are rules: a model is evaluated without its types being checked, and a rule that
// is not run looks exactly like a rule that found nothing.

import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts'
import { isMap } from '../../manifest/value.ts'
import { sitePosition, type DeclarationSite } from '../../model/declaration-site.ts'
import { entryLocation } from '../../model/model-finding.ts'
import type { OwnRule } from './own-rule.ts'

/** A name first, so that no code of this tool can ever be the same. */
const codePattern =
  /^policy\/(?!(?:no|require)-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*?-(?:no|require)-[a-z0-9]+(?:-[a-z0-9]+)*$/
const severities: readonly unknown[] = ['error', 'warning', 'info']
const severityFields: readonly string[] = ['production', 'elsewhere']

/**
 * The rules a platform lists, those that are ones. (What is no list at all, the check of the model's shape reports.) Anything else, a code of another form and a code that is listed twice are
 * `model/invalid-rule`, at the rule's own place where it has one, else at its entry of the platform.
 * @param listed what stands under the platform's `rules`
 * @param site of the platform's declaration
 */
export function checkOwnRules(listed: unknown, site: DeclarationSite): Result<readonly OwnRule[]> {
  if (listed === undefined) return { value: [], diagnostics: [] }
  const rules: OwnRule[] = []
  const diagnostics: Diagnostic[] = []
  const entries: readonly unknown[] = Array.isArray(listed) ? listed : []
  for (const [index, entry] of entries.entries()) {
    const problem = problemOf(entry) ?? repeated(entry as OwnRule, rules)
    if (problem === undefined) rules.push(entry as OwnRule)
    else diagnostics.push(problemAt(problem, entry, site, index))
  }
  return { value: rules, diagnostics }
}

function problemOf(rule: unknown): string | undefined {
  if (!isMap(rule)) return `an entry of "rules" is ${rule === null ? 'null' : `a ${typeof rule}`}, not a rule`
  const code = typeof rule['code'] === 'string' ? rule['code'] : ''
  if (!codePattern.test(code)) {
    return `the code "${code}" of an own rule is not "policy/NAME-no-…" or "policy/NAME-require-…" with the team's name`
  }
  return problemOfFields(rule, code)
}

function problemOfFields(rule: Readonly<Record<string, unknown>>, code: string): string | undefined {
  for (const field of ['appliesTo', 'check']) {
    if (typeof rule[field] !== 'function') return `rule "${code}" has no function "${field}"`
  }
  if (typeof rule['summary'] !== 'string' || rule['summary'].trim() === '') return `rule "${code}" has no summary`
  const { kinds, severity } = rule
  if (kinds !== undefined && !isListOfNames(kinds)) return `"kinds" of rule "${code}" is not a list of kinds`
  const stated = isMap(severity) ? severityFields.map(field => severity[field]) : [severity]
  if (!stated.every(one => severities.includes(one))) {
    return `rule "${code}" has no severity of error, warning or info`
  }
  return typeof rule['site'] === 'object' ? undefined : `rule "${code}" is not made with definePolicyRule`
}

function isListOfNames(kinds: unknown): boolean {
  return Array.isArray(kinds) && kinds.length > 0 && kinds.every(kind => typeof kind === 'string' && kind !== '')
}

function repeated({ code }: OwnRule, before: readonly OwnRule[]): string | undefined {
  return before.some(rule => rule.code === code) ? `the code "${code}" is taken by another rule` : undefined
}

function problemAt(problem: string, entry: unknown, site: DeclarationSite, index: number): Diagnostic {
  const own = isMap(entry) ? (entry['site'] as DeclarationSite | undefined) : undefined
  return own !== undefined && sitePosition(own) !== undefined
    ? finding(problem, own, [])
    : finding(problem, site, ['rules', String(index)])
}

function finding(message: string, site: DeclarationSite, path: readonly string[]): Diagnostic {
  return {
    code: 'model/invalid-rule',
    severity: 'error',
    message,
    at: entryLocation({ site, path }),
    help: 'List what definePolicyRule returns, each rule once and under a code of its own.',
  }
}
