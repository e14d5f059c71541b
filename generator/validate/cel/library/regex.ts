// Regular expressions in RE2's syntax and with its linear time, by re2js; patterns are compiled once.
// find and findAll: k8s.io/apiserver/pkg/cel/library/regex.go.

import { RE2JS } from 're2js'
import type { CelFunction } from '../compilation.ts'
import { CelError, fail, noOverload } from '../values.ts'

const compiled = new Map<string, RE2JS>()
const mostPatterns = 1000

function pattern(text: string): RE2JS {
  const known = compiled.get(text)
  if (known !== undefined) return known
  if (compiled.size >= mostPatterns) compiled.clear()
  const fresh = compile(text)
  compiled.set(text, fresh)
  return fresh
}

function compile(text: string): RE2JS {
  try {
    return RE2JS.compile(text)
  } catch (error) {
    return fail(`invalid regular expression "${text}": ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Patterns that are sure to be right: characters, simple classes and escapes, each repeated or not. */
const plainPattern = /^\^?(?:(?:[\w \-/:@,=]|\\[./\-dws]|\[(?:a-z|A-Z|0-9|[\w.])+-?\])(?:[+*?]|\{\d{1,3}\})?)*\$?$/

/** What is wrong with a pattern, in the words of RE2; undefined where it is fine. */
export function patternFault(text: string): string | undefined {
  if (plainPattern.test(text)) return undefined
  try {
    pattern(text)
    return undefined
  } catch (error) {
    if (error instanceof CelError) return error.message.replace(/^[^:]*: (?:error parsing regexp: )?/, '')
    throw error
  }
}

/** Whether the pattern matches anywhere in the text. */
export function matchesPattern(text: string, regex: string): boolean {
  return pattern(regex).matcher(text).find()
}

function allMatches(text: string, regex: string, limit: number): readonly string[] {
  const matcher = pattern(regex).matcher(text)
  const found: string[] = []
  while ((limit < 0 || found.length < limit) && matcher.find()) found.push(matcher.group() ?? '')
  return found
}

export const regexFunctions: Readonly<Record<string, CelFunction>> = {
  '.find': (text = null, regex = null) =>
    typeof text === 'string' && typeof regex === 'string'
      ? (allMatches(text, regex, 1)[0] ?? '')
      : noOverload('find', [text, regex]),
  '.findAll': (text = null, regex = null, limit = -1n) =>
    typeof text === 'string' && typeof regex === 'string' && typeof limit === 'bigint'
      ? allMatches(text, regex, Number(limit))
      : noOverload('findAll', [text, regex, limit]),
}
