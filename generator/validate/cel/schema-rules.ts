// x-kubernetes-validations: compiles the rules of a schema under the types of their place, and evaluates them.
// Follows apiextensions-apiserver/pkg/apiserver/schema/cel (compilation.go, validation.go).

import type { YamlValue } from '../../manifest/value.ts'
import type { CelEvaluator, CelOutcome, RulePlace } from '../schema/evaluate-rules.ts'
import type { SchemaNode, ValidationRule } from '../schema/schema-node.ts'
import { boolType, optionalType, stringType, type CelType } from './cel-type.ts'
import { compileExpression, type Evaluation, type Expression } from './expression.ts'
import { schemaType } from './schema-type.ts'
import { typedValue } from './typed-data.ts'
import { CelError, NotEvaluated, Optional, type CelValue } from './values.ts'

export interface CompiledRule {
  readonly rule: Expression | { readonly error: string }
  readonly messageExpression?: Expression | { readonly error: string }
  /** Compares with the object as it was: a transition rule. */
  readonly usesOldSelf: boolean
}

const compiledRules = new WeakMap<SchemaNode, WeakMap<ValidationRule, CompiledRule>>()

/**
 * Compiles a rule where it stands, once: nodes belong to one version of Kubernetes.
 * @param release the newest release whose libraries there are
 */
export function compileRule(rule: ValidationRule, node: SchemaNode, root: boolean, release?: string): CompiledRule {
  const known = compiledRules.get(node) ?? new WeakMap<ValidationRule, CompiledRule>()
  compiledRules.set(node, known)
  const compiled = known.get(rule) ?? compile(rule, node, root, release)
  known.set(rule, compiled)
  return compiled
}

function compile(rule: ValidationRule, node: SchemaNode, root: boolean, release?: string): CompiledRule {
  const types = ruleTypes(rule, node, root)
  if (types === undefined) return { rule: { error: 'the schema says too little for a rule' }, usesOldSelf: false }
  const options = release === undefined ? { types } : { types, release }
  const compileFor = (text: string, result: CelType): CompiledRule['rule'] =>
    compileExpression(text, ['self', 'oldSelf'], { ...options, results: [result] })
  const expression = compileFor(rule.rule, boolType)
  const messageText = rule.messageExpression ?? ''
  const message = messageText === '' ? undefined : compileFor(messageText, stringType)
  return {
    rule: expression,
    ...(message === undefined ? {} : { messageExpression: message }),
    usesOldSelf: 'uses' in expression && expression.uses.has('oldSelf'),
  }
}

/** The types of what a rule may name; undefined where the schema says too little for a rule. */
export function ruleTypes(
  { optionalOldSelf }: Pick<ValidationRule, 'optionalOldSelf'>,
  node: SchemaNode,
  root: boolean,
): Readonly<Record<'self' | 'oldSelf', CelType>> | undefined {
  const self = schemaType(node, 'self', root)
  return self === undefined ? undefined : { self, oldSelf: optionalOldSelf === true ? optionalType(self) : self }
}

/** Evaluates one rule on one value. Transition rules are skipped where there is no old value, as on create. */
export const evaluateSchemaRule: CelEvaluator = (rule, self, place) => {
  const compiled = compileRule(rule, place.node, place.root, place.release)
  if ('error' in compiled.rule) return { outcome: 'invalid', reason: compiled.rule.error }
  if (compiled.usesOldSelf && place.oldSelf === undefined && rule.optionalOldSelf !== true)
    return { outcome: 'skipped' }
  const variables = variablesOf(rule, self, place)
  if ('error' in variables) return failed(variables, rule, compiled)
  const result = compiled.rule.evaluate(variables.values)
  if ('error' in result) return failed(result, rule, compiled)
  if (result.value === true) return { outcome: 'held' }
  const message = messageOf(compiled.messageExpression, variables.values) ?? rule.message
  return { outcome: 'broken', ...transition(compiled), ...(message === undefined ? {} : { message }) }
}

function failed(
  { error, notEvaluated = false }: Extract<Evaluation, { error: string }>,
  { rule }: ValidationRule,
  compiled: CompiledRule,
): CelOutcome {
  if (notEvaluated) return { outcome: 'not-evaluated', reason: error }
  return { outcome: 'broken', ...transition(compiled), message: `${error} evaluating rule: ${rule}` }
}

function transition({ usesOldSelf }: CompiledRule): { readonly transition?: true } {
  return usesOldSelf ? { transition: true } : {}
}

type Variables = { readonly values: Readonly<Record<string, CelValue>> } | Extract<Evaluation, { error: string }>

function variablesOf(rule: ValidationRule, self: YamlValue, { node, root, oldSelf }: RulePlace): Variables {
  try {
    const old = oldSelf === undefined ? undefined : typedValue(node, oldSelf, root)
    const previous = rule.optionalOldSelf === true ? new Optional(old) : old
    return { values: { self: typedValue(node, self, root), ...(previous === undefined ? {} : { oldSelf: previous }) } }
  } catch (error) {
    if (error instanceof CelError) return { error: error.message, notEvaluated: error instanceof NotEvaluated }
    throw error
  }
}

/** Longer messages, blank ones and those of several lines are not shown (validation.go, evalMessageExpression). */
const longestMessage = 5 * 1024

function messageOf(
  expression: CompiledRule['messageExpression'],
  values: Readonly<Record<string, CelValue>>,
): string | undefined {
  if (expression === undefined || 'error' in expression) return undefined
  const result = expression.evaluate(values)
  if (!('value' in result) || typeof result.value !== 'string') return undefined
  const message = result.value.trim()
  const shown = message !== '' && !message.includes('\n') && Buffer.byteLength(message) <= longestMessage
  return shown ? message : undefined
}
