// What the server refuses in the x-kubernetes-validations of a definition: expressions that do not compile, and settings that
// say nothing. Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go (validateXKubernetesValidations).
// What a rule may cost is estimated by schema/rule-costs.ts.

import { fieldPathTokens } from '../schema/field-path.ts'
import type { SchemaNode, ValidationRule } from '../schema/schema-node.ts'
import { compileRule } from './schema-rules.ts'

export interface RuleFault {
  readonly field: 'rule' | 'message' | 'messageExpression' | 'fieldPath' | 'reason' | 'optionalOldSelf'
  readonly message: string
  readonly help: string
}

/** Where a rule stands in its schema. */
export interface RuleSite {
  readonly node: SchemaNode
  /** The schema of a whole object. */
  readonly root: boolean
  /** Nothing tells which old value is the one before the change: inside sets and lists without keys. */
  readonly uncorrelated: boolean
  /** The newest release of Kubernetes whose libraries a new rule may use. */
  readonly release: string
}

/** Everything wrong with one rule. */
export function* ruleFaults(rule: ValidationRule, site: RuleSite): Generator<RuleFault> {
  yield* expressionFaults(rule, site)
  yield* messageFaults(rule)
  if (rule.reason === '') {
    yield {
      field: 'reason',
      message: 'the reason is empty',
      help: 'Write FieldValueInvalid, which is the default, or leave it out.',
    }
  }
  if (rule.fieldPath !== undefined && rule.fieldPath !== '' && !isPath(rule.fieldPath, site.node)) {
    yield {
      field: 'fieldPath',
      message: `the path "${rule.fieldPath}" does not lead to a field of the schema`,
      help: "Write a path from the place of the rule, such as .spec.ports or .labels['a.b'].",
    }
  }
}

function* expressionFaults(
  rule: ValidationRule,
  { node, root, uncorrelated, release }: RuleSite,
): Generator<RuleFault> {
  if (rule.rule.trim() === '') {
    yield { field: 'rule', message: 'the rule is empty', help: 'Write a CEL expression.' }
    return
  }
  const compiled = compileRule(rule, node, root, release)
  if ('error' in compiled.rule) {
    yield {
      field: 'rule',
      message: `the rule does not compile: ${compiled.rule.error}`,
      help: 'Correct the expression: the server refuses the definition.',
    }
  }
  if (compiled.usesOldSelf && uncorrelated) {
    yield {
      field: 'rule',
      message: 'oldSelf cannot be used inside a set or a list without keys: nothing tells which entry was which',
      help: 'Write the rule on the list, or give the list keys (x-kubernetes-list-type: map).',
    }
  }
  if (rule.optionalOldSelf !== undefined && !compiled.usesOldSelf && !('error' in compiled.rule)) {
    yield {
      field: 'optionalOldSelf',
      message: 'optionalOldSelf is set, but the rule does not use oldSelf',
      help: 'Remove optionalOldSelf, or use oldSelf.',
    }
  }
  if (compiled.messageExpression !== undefined && 'error' in compiled.messageExpression) {
    yield {
      field: 'messageExpression',
      message: `the messageExpression does not compile: ${compiled.messageExpression.error}`,
      help: 'Correct the expression: the server refuses the definition.',
    }
  }
}

function* messageFaults({ rule, message }: ValidationRule): Generator<RuleFault> {
  if (message === undefined || message === '') {
    if (!rule.trim().includes('\n')) return
    yield {
      field: 'rule',
      message: 'a rule of several lines needs a message',
      help: 'Add a message of one line that says what has to hold.',
    }
  } else if (message.trim() === '') {
    yield { field: 'message', message: 'the message is blank', help: 'Say what has to hold, or leave it out.' }
  } else if (message.trim().includes('\n')) {
    yield { field: 'message', message: 'the message has several lines', help: 'Write it on one line.' }
  }
}

function isPath(path: string, node: SchemaNode): boolean {
  const tokens = fieldPathTokens(path)
  if (tokens.length === 0) return false
  let at: SchemaNode | undefined = node
  for (const token of tokens) at = at?.shape?.().properties.get(token) ?? at?.values
  return at !== undefined
}
