// Keys of the full parser as text: strings as they are, everything else by what kustomize or kubectl make of it.

import type { Scalar } from 'yaml'
import { kindOfPlain, resolvePlain, type ScalarKind, type ScalarRules } from './scalar-rules.ts'
import type { Problem } from './syntax-problem.ts'

export interface KeyText {
  readonly text: string
  readonly problem?: Omit<Problem, 'offset'>
}

/**
 * The text of a scalar key.
 * @param top whether it stands at the top of a document, where kustomize takes every key as text
 */
export function keyText(key: Scalar | null, rules: ScalarRules, top: boolean): KeyText {
  const source = key?.source ?? ''
  if (key !== null && isQuoted(key)) return { text: typeof key.value === 'string' ? key.value : source }
  const kind = kindOfPlain(source, rules)
  if (kind === 'string') return { text: source }
  if (kind === 'null' || kind === 'timestamp') return refused(source, kind)
  if (rules === 'yaml-1.1') return { text: convertedText(source, kind) }
  return top ? { text: source } : refused(source, kind)
}

function isQuoted(key: Scalar): boolean {
  return key.type !== 'PLAIN' || key.tag?.endsWith(':str') === true
}

/** The text that kubectl makes of a key: the value's, not the source's (`0x10` is "16"). */
function convertedText(source: string, kind: ScalarKind): string {
  const value = resolvePlain(source, 'yaml-1.1')
  return kind === 'float' && typeof value === 'number' ? String(Math.fround(value)) : String(value)
}

const articles: Readonly<Record<ScalarKind, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  null: 'null',
  integer: 'an integer',
  float: 'a number',
  timestamp: 'a timestamp',
}

function refused(source: string, kind: ScalarKind): KeyText {
  return {
    text: source,
    problem: {
      code: 'yaml/non-string-key',
      message: `the key "${source}" is read as ${articles[kind]}, and only strings can be keys`,
      help: 'Put the key in quotes.',
    },
  }
}

/** A key that is a map or a list. */
export function complexKey(offset: number): Problem {
  return {
    code: 'yaml/complex-key',
    offset,
    message: 'a key must be a string: Kubernetes knows no maps or lists as keys',
    help: 'Use a string as the key, or quote it if it was meant to be one.',
  }
}
