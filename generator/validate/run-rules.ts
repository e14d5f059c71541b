// Runs rules over the objects of one environment and turns their findings into diagnostics.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { locationOf, type Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'
import { severityOf, type Finding, type Rule, type RuleContext } from './rule.ts'

/** All findings of `rules` over `context.resources`, in rule order, then render order. */
export function runRules(rules: readonly Rule[], context: RuleContext): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const rule of rules) {
    if (rule.appliesIn?.(context) !== false) runRule(rule, context, found)
  }
  return found
}

function runRule(rule: Rule, context: RuleContext, found: Diagnostic[]): void {
  if (rule.checkAll === undefined) {
    for (const resource of applicable(rule, context.resources)) {
      for (const finding of rule.check(resource, context)) found.push(toDiagnostic(rule, finding, context))
    }
  } else {
    for (const finding of rule.checkAll(context)) found.push(toDiagnostic(rule, finding, context))
  }
}

const none: readonly Resource[] = []

const applied = new WeakMap<ResourceSet, Map<Rule['appliesTo'], readonly Resource[]>>()

/** The objects a rule applies to, in render order. Rules that share one `appliesTo` share the answer: some thirty ask for pods. */
function applicable(rule: Rule, resources: ResourceSet): readonly Resource[] {
  let lists = applied.get(resources)
  if (lists === undefined) applied.set(resources, (lists = new Map()))
  let list = lists.get(rule.appliesTo)
  if (list === undefined) {
    list = candidates(rule, resources).filter(resource => rule.appliesTo(resource))
    lists.set(rule.appliesTo, list)
  }
  return list
}

type Listed = WeakMap<ResourceSet, Map<readonly string[], readonly Resource[]>>

const listed: Listed = new WeakMap()
const listedWithAnnotated: Listed = new WeakMap()

/** The objects a rule may apply to, in render order. Rules that share one list of kinds share the search. */
export function candidates(
  { kinds, annotated }: Pick<Rule, 'kinds' | 'annotated'>,
  resources: ResourceSet,
): readonly Resource[] {
  if (kinds === undefined) return annotated === true ? resources.annotated : resources.all
  if (annotated === true && resources.annotated.length > 0) return ofKinds(kinds, resources, resources.annotated)
  const [only] = kinds
  if (kinds.length === 1 && only !== undefined) return resources.ofKind(only)
  const [first, second] = kinds.filter(kind => resources.ofKind(kind).length > 0)
  if (first === undefined) return none
  if (second === undefined) return resources.ofKind(first)
  return ofKinds(kinds, resources, none)
}

function ofKinds(kinds: readonly string[], resources: ResourceSet, others: readonly Resource[]): readonly Resource[] {
  const memory = others.length === 0 ? listed : listedWithAnnotated
  let lists = memory.get(resources)
  if (lists === undefined) memory.set(resources, (lists = new Map()))
  let list = lists.get(kinds)
  if (list === undefined) {
    const [wanted, also] = [new Set(kinds), new Set(others)]
    list =
      also.size === 0
        ? resources.all.filter(({ kind }) => wanted.has(kind))
        : resources.all.filter(resource => wanted.has(resource.kind) || also.has(resource))
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
