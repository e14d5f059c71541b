// x-kubernetes-validations: which rules meet which values of an object, in a pass after its shape was found right. An evaluator
// decides; what it cannot decide is reported as not evaluated, and never counts as fulfilled.
// Follows apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go, ratcheting included.

import { objectBudget, withSharedBudget } from '../cel/effort.ts'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { pointer } from '../../manifest/pointer.ts'
import { fieldPathTokens } from './field-path.ts'
import { correlatedEntry, sameYaml } from './correlation.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'
import type { RawFinding } from './walk.ts'

/** What an evaluator says of one rule. */
export type CelOutcome =
  | { readonly outcome: 'held' }
  /** A transition rule without an old value. */
  | { readonly outcome: 'skipped' }
  | { readonly outcome: 'broken'; readonly message?: string; readonly transition?: true }
  /** The rule does not compile: the definition is at fault, not the object. */
  | { readonly outcome: 'invalid'; readonly reason: string }
  | { readonly outcome: 'not-evaluated'; readonly reason: string }

/** Where a rule stands, and what the value there was before. */
export interface RulePlace {
  readonly node: SchemaNode
  /** The schema of a whole object. */
  readonly root: boolean
  readonly oldSelf?: YamlValue
  /** The release of Kubernetes whose libraries there are; all where absent. */
  readonly release?: string
}

/** Evaluates one rule with `self` (and `oldSelf`, which only updates have). */
export type CelEvaluator = (rule: ValidationRule, self: YamlValue, place: RulePlace) => CelOutcome

export interface RuleFindings {
  readonly findings: readonly RawFinding[]
  readonly notEvaluated: readonly string[]
}

export interface RuleOptions {
  readonly evaluate: CelEvaluator
  /** The schema is that of a whole object; true where absent. */
  readonly root?: boolean
  /** The release of Kubernetes that evaluates: what it does not know is not evaluated. */
  readonly release?: string
  /** The object before the change: transition rules are evaluated, and what did not change is only warned of. */
  readonly old?: YamlValue
}

interface Pass {
  readonly evaluate: CelEvaluator
  readonly release: string | undefined
  readonly findings: RawFinding[]
  readonly notEvaluated: string[]
}

/** A value with its schema, its path, and what it was before. */
interface Place {
  readonly node: SchemaNode
  readonly value: YamlValue
  readonly path: readonly (string | number)[]
  readonly root: boolean
  readonly old: YamlValue | undefined
  /** It, or something it is part of, is as it was. */
  readonly unchanged: boolean
}

/** Evaluates every rule of the schema that meets a value of the object. */
export function evaluateRules(node: SchemaNode, value: YamlValue, options: RuleOptions): RuleFindings {
  const { evaluate, root = true, old, release } = options
  const pass: Pass = { evaluate, release, findings: [], notEvaluated: [] }
  if (hasRules(node)) {
    withSharedBudget(objectBudget, () => visit({ node, value, path: [], root, old, unchanged: false }, pass))
  }
  return pass
}

const withRules = new WeakMap<SchemaNode, boolean>()

/** Whether there is a rule anywhere in a schema: most have none, and cost nothing. */
export function hasRules(node: SchemaNode): boolean {
  const known = withRules.get(node)
  if (known !== undefined) return known
  withRules.set(node, false)
  const found = node.rules !== undefined || childNodes(node).some(hasRules)
  withRules.set(node, found)
  return found
}

function childNodes(node: SchemaNode): readonly SchemaNode[] {
  const own = [node.values, node.items].filter(child => child !== undefined)
  return [...own, ...(node.shape?.().properties.values() ?? [])]
}

function visit(place: Place, pass: Pass): void {
  const { node, value } = place
  if (value === null || !hasRules(node)) return
  const unchanged = place.unchanged || (place.old !== undefined && sameYaml(value, place.old))
  for (const rule of node.rules ?? []) judge(rule, { ...place, unchanged }, pass)
  if (isMap(value)) visitFields(value, { ...place, unchanged }, pass)
  if (isList(value)) visitEntries(value, { ...place, unchanged }, pass)
}

function visitFields(value: YamlMap, place: Place, pass: Pass): void {
  const { node, old, path } = place
  const properties = node.shape?.().properties
  for (const [key, child] of Object.entries(value)) {
    const field = properties?.get(key) ?? node.values
    if (field === undefined || child === undefined) continue
    const typeMeta = place.root && (key === 'apiVersion' || key === 'kind')
    visit(
      {
        node: field,
        value: child,
        path: [...path, key],
        root: field.embedded === true,
        old: typeMeta || !isMap(old) ? undefined : old[key],
        unchanged: place.unchanged && !typeMeta,
      },
      pass,
    )
  }
}

function visitEntries(value: YamlList, { node, old, path, unchanged }: Place, pass: Pass): void {
  const { items } = node
  if (items === undefined) return
  for (const [index, entry] of value.entries()) {
    const before = correlatedEntry(node, entry, old)
    visit(
      { node: items, value: entry, path: [...path, index], root: items.embedded === true, old: before, unchanged },
      pass,
    )
  }
}

const longestShown = 160

function shortened(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown - 3)}...` : text
}

function judge(rule: ValidationRule, { node, value, path, root, old, unchanged }: Place, pass: Pass): void {
  const place: RulePlace = {
    node,
    root,
    ...(old === undefined ? {} : { oldSelf: old }),
    ...(pass.release === undefined ? {} : { release: pass.release }),
  }
  const outcome = pass.evaluate(rule, value, place)
  if (outcome.outcome === 'not-evaluated' || outcome.outcome === 'invalid') pass.notEvaluated.push(rule.rule)
  if (outcome.outcome !== 'broken') return
  const ratcheted = unchanged && outcome.transition !== true
  pass.findings.push({
    code: 'schema/validation-rule',
    pointer: pointer(...path, ...fieldPathTokens(rule.fieldPath)),
    message: outcome.message ?? rule.message ?? `the rule "${rule.rule}" does not hold`,
    help: `Make the value fulfil the rule of its schema: ${shortened(rule.rule.trim().split('\n')[0] ?? '')}`,
    ...(ratcheted ? { severity: 'warning' } : {}),
  })
}
