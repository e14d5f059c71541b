// A platform's own rules: what a module must export, and how what was loaded becomes rules. Loading files is the caller's
// work (cli/, which compiles TypeScript); here it is only checked, so that a module that exports nothing is never a silent pass.

import type { Diagnostic, Result, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { isMap } from '../../manifest/value.ts'
import type { Rule } from '../rule.ts'

/**
 * What a module of own rules looks like once it is loaded: every export made by `definePolicyRule` is a rule, and a list of
 * them is as good as single ones. Anything else it exports is left alone.
 * @example
 * // policies/no-sunday-jobs.ts
 * export const noSundayJobs = definePolicyRule({ code: 'policy/no-sunday-jobs', … })
 */
export type PolicyModule = Readonly<Record<string, unknown>>

/** A module and the file it came from, relative to the repository. */
export interface LoadedPolicyModule {
  readonly file: string
  readonly module: PolicyModule
}

/** How the caller loads a module: the one thing this folder cannot do itself. Rejects where the file does not compile. */
export type LoadPolicyModule = (file: string) => Promise<PolicyModule>

const codePattern = /^policy\/(?:no|require)-[a-z0-9]+(?:-[a-z0-9]+)*$/
const severities: readonly unknown[] = ['error', 'warning', 'info']

/**
 * The rules of a platform's modules. A rule with a wrong shape, a code that is taken, or a module without any rule is a
 * `model/policy-module` finding.
 * @param taken codes that exist already
 */
export function rulesOfModules(
  modules: readonly LoadedPolicyModule[],
  taken: Iterable<string>,
): Result<readonly Rule[]> {
  const codes = new Set(taken)
  const rules: Rule[] = []
  const diagnostics: Diagnostic[] = []
  for (const { file, module } of modules) {
    const candidates = Object.values(module)
      .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]))
      .filter(looksLikeRule)
    if (candidates.length === 0)
      diagnostics.push(finding(file, 'the module exports no rule', 'Export what definePolicyRule returns.'))
    for (const candidate of new Set(candidates)) {
      const problem = problemOf(candidate, codes)
      if (problem !== undefined) {
        diagnostics.push(finding(file, problem, 'Make rules with definePolicyRule, under a code of their own.'))
        continue
      }
      const rule = candidate as unknown as Rule
      codes.add(rule.code)
      rules.push(rule)
    }
  }
  return { value: rules, diagnostics }
}

/**
 * Loads a platform's modules and checks them. A module that cannot be loaded is a finding, and the rules of the others still run.
 * @param files paths from the repository root
 * @param taken codes that exist already
 */
export async function loadPolicyModules(
  files: readonly string[],
  load: LoadPolicyModule,
  taken: Iterable<string>,
): Promise<Result<readonly Rule[]>> {
  const outcomes = await Promise.allSettled(files.map(load))
  const failed = outcomes.flatMap((outcome, index) => {
    if (outcome.status === 'fulfilled') return []
    const [reason = ''] = String(outcome.reason).split('\n')
    return [
      finding(
        files[index] ?? '',
        `the module cannot be loaded: ${reason}`,
        'Correct the file so that it compiles and runs.',
      ),
    ]
  })
  const loaded = outcomes.flatMap((outcome, index) =>
    outcome.status === 'fulfilled' ? [{ file: files[index] ?? '', module: outcome.value }] : [],
  )
  const { value, diagnostics } = rulesOfModules(loaded, taken)
  return { value, diagnostics: [...failed, ...diagnostics] }
}

function looksLikeRule(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && ('code' in value || 'check' in value)
}

function problemOf(rule: Readonly<Record<string, unknown>>, taken: ReadonlySet<string>): string | undefined {
  const code = typeof rule['code'] === 'string' ? rule['code'] : ''
  if (!codePattern.test(code)) return `a rule's code is "${code}", not "policy/no-…" or "policy/require-…"`
  if (taken.has(code)) return `the code "${code}" is taken`
  for (const field of ['appliesTo', 'check']) {
    if (typeof rule[field] !== 'function') return `rule "${code}" has no function "${field}"`
  }
  if (typeof rule['summary'] !== 'string' || rule['summary'] === '') return `rule "${code}" has no summary`
  const severity = rule['severity']
  const stated = isMap(severity) ? [severity['production'], severity['elsewhere']] : [severity]
  return stated.every(one => severities.includes(one))
    ? undefined
    : `rule "${code}" has no severity of error, warning or info`
}

function finding(file: string, message: string, help: string): Diagnostic {
  const at: SourceLocation = { file, document: 1, pointer: '', line: 1, column: 1 }
  return { code: 'model/policy-module', severity: 'error', message, at, help }
}
