// What a scalar node of the full parser means: by its tag, its quotes, or its text (resolve.go of both go-yaml versions).

import { isAlias, isScalar, type Node, type Scalar as ScalarNode } from 'yaml'
import type { Scalar, YamlValue } from '../value.ts'
import { refold } from './refold.ts'
import { resolvePlain, type ScalarRules } from './scalar-rules.ts'
import { needsNoQuotes, noteSpelling } from './spelling.ts'
import type { Problem } from './syntax-problem.ts'

export interface ScalarResult {
  readonly value: Scalar
  readonly problem?: Omit<Problem, 'offset'>
}

/**
 * The value of a scalar node.
 * @param inFlow whether it stands inside brackets, where kustomize quotes plain text that has a colon
 */
export function scalarValue(node: ScalarNode, rules: ScalarRules, inFlow: boolean): ScalarResult {
  const text = sourceText(node, rules)
  const tag = node.tag?.replace('tag:yaml.org,2002:', '!!')
  if (inFlow && tag === undefined && text.includes(':')) return { value: text }
  if (tag !== undefined) return taggedValue(text, tag, node.type === 'PLAIN', rules)
  return inJson(node.type === 'PLAIN' ? resolvePlain(text, rules) : text, text)
}

function sourceText(node: ScalarNode, rules: ScalarRules): string {
  if (node.type === 'PLAIN') return node.source ?? ''
  const text = typeof node.value === 'string' ? node.value : ''
  return node.type === 'BLOCK_FOLDED' && rules === 'go-yaml-3' ? refold(text) : text
}

const wanted: Readonly<Record<string, (value: Scalar) => boolean>> = {
  '!!int': value => typeof value === 'bigint' || Number.isInteger(value),
  '!!float': value => typeof value === 'bigint' || typeof value === 'number',
  '!!bool': value => typeof value === 'boolean',
  '!!null': value => value === null,
}

function taggedValue(text: string, tag: string, plain: boolean, rules: ScalarRules): ScalarResult {
  if (tag === '!') return inJson(plain ? resolvePlain(text, rules) : text, text)
  if (tag === '!!binary') return binary(text)
  const isWanted = wanted[tag]
  if (isWanted === undefined) return { value: text }
  const value = resolvePlain(text, rules)
  if (isWanted(value)) return inJson(value, text)
  return {
    value: null,
    problem: {
      code: 'yaml/tag',
      message: `"${text}" is no value for the tag "${tag}"`,
      help: 'Correct the value, or remove the tag.',
    },
  }
}

function binary(text: string): ScalarResult {
  const digits = text.replaceAll(/\s/g, '')
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    return { value: new TextDecoder().decode(Uint8Array.from(atob(digits), character => character.charCodeAt(0))) }
  }
  return {
    value: null,
    problem: {
      code: 'yaml/tag',
      message: 'the value tagged "!!binary" is no base64',
      help: 'Correct the value, or remove the tag.',
    },
  }
}

function inJson(value: Scalar, text: string): ScalarResult {
  if (typeof value !== 'number' || Number.isFinite(value)) return { value }
  const message = `"${text}" is a number that JSON cannot hold, so neither kustomize nor the API server takes it`
  return {
    value,
    problem: { code: 'yaml/not-json', message, help: 'Write a finite number, or put the value in quotes.' },
  }
}

/** Keeps the text of a plain value for the entry that has it. */
export function noteScalar(container: object, key: string | number, node: unknown, anchors: Map<string, Node>): void {
  const scalar = isAlias(node) ? anchors.get(node.source) : node
  if (!isScalar(scalar) || scalar.source === undefined) return
  const value = (container as { readonly [entry: string | number]: YamlValue | undefined })[key]
  if ((typeof value === 'object' && value !== null) || value === undefined) return
  if (scalar.type !== 'PLAIN') noteQuoted(container, key, value, scalar)
  else if (value !== scalar.source && scalar.source !== '')
    noteSpelling(container, key, { value, text: scalar.source, style: 'plain' })
}

function noteQuoted(
  container: object,
  key: string | number,
  value: YamlValue,
  { type, value: text }: ScalarNode,
): void {
  if (typeof value !== 'string' || (type !== 'BLOCK_FOLDED' && !needsNoQuotes(value))) return
  noteSpelling(container, key, { value, text: String(text), style: 'quoted' })
}
