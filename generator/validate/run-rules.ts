// Runs rules over the objects of one environment and turns their findings into diagnostics.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { locationOf, type Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'
import { severityOf, type Finding, type Rule, type RuleContext } from './rule.ts'

/** All findings of `rules` over `context.resources`, in rule order, then render order. */
export function runRules(rules: readonly Rule[], context: RuleContext): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const rule of rules) {
    if (rule.checkAll !== undefined) {
      for (const finding of rule.checkAll(context)) found.push(toDiagnostic(rule, finding, context))
      continue
    }
    for (const resource of candidates(rule, context.resources)) {
      if (!rule.appliesTo(resource)) continue
      const findings = rule.check(resource, context)
      if (Array.isArray(findings) && findings.length === 0) continue
      for (const finding of findings) found.push(toDiagnostic(rule, finding, context))
    }
  }
  return found
}

const none: readonly Resource[] = []

const listed = new WeakMap<ResourceSet, Map<readonly string[], readonly Resource[]>>()

/** The objects a rule may apply to, in render order. Rules that share one list of kinds share the search. */
export function candidates({ kinds }: Pick<Rule, 'kinds'>, resources: ResourceSet): readonly Resource[] {
  if (kinds === undefined) return resources.all
  const [only] = kinds
  if (kinds.length === 1 && only !== undefined) return resources.ofKind(only)
  const [first, second] = kinds.filter(kind => resources.ofKind(kind).length > 0)
  if (first === undefined) return none
  if (second === undefined) return resources.ofKind(first)
  let lists = listed.get(resources)
  if (lists === undefined) listed.set(resources, (lists = new Map()))
  let list = lists.get(kinds)
  if (list === undefined) {
    const wanted = new Set(kinds)
    list = resources.all.filter(resource => wanted.has(resource.kind))
    lists.set(kinds, list)
  }
  return list
}

/** A finding as a diagnostic of its rule, in the environment of the run. */
export function toDiagnostic(
  rule: Pick<Rule, 'code' | 'severity'>,
  finding: Finding,
  { profile }: RuleContext,
): Diagnostic {
  return {
    code: rule.code,
    severity: finding.severity ?? severityOf(rule, profile),
    message: finding.message,
    at: locationOf(finding.at),
    resource: identityOf(finding.at.resource),
    ...(profile.environment === undefined ? {} : { environment: profile.environment }),
    ...(finding.help === undefined ? {} : { help: finding.help }),
    ...(finding.related === undefined
      ? {}
      : { related: finding.related.map(({ at, note }) => ({ at: locationOf(at), note })) }),
  }
}

/** The identity alone, without the object's data. */
export function identityOf(resource: Resource): NonNullable<Diagnostic['resource']> {
  const { apiVersion, kind, namespace, name } = resource
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name }
}
