// The part of jq that ignoreDifferences mostly uses: a path (`.spec.replicas`, `.items[]?.name`, `.metadata["x"]`) with
// `select(.path == "text")` between pipes. Anything else is not evaluated, and says so.

import { child } from '../../manifest/pointer.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'each' }
  | { readonly kind: 'select'; readonly path: readonly Step[]; readonly equals: string }

export interface Found {
  readonly pointer: string
  readonly value: YamlValue | undefined
}

/** The values an expression points at, or undefined when it is more than this module evaluates. */
export function evaluateJqPath(object: YamlMap, expression: string): readonly Found[] | undefined {
  const steps = parseExpression(expression)
  if (steps === undefined) return undefined
  return follow([{ pointer: '', value: object }], steps).filter(found => found.value !== undefined)
}

/**
 * Whether jq cannot read an expression, comments apart: it is empty, ends where more has to come, or a bracket or string stays open. Argo CD
 * then compares nothing of the Application (util/argo/normalizers/diff_normalizer.go: "failed to create diff normalizer").
 */
export function isBrokenJq(expression: string): boolean {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '""')
  if (bare.includes('#')) return false
  if (bare.replaceAll('""', '').includes('"')) return !bare.includes('\\(')
  const open: string[] = []
  for (const character of bare) {
    const closing = { '[': ']', '(': ')', '{': '}' }[character]
    if (closing !== undefined) open.push(closing)
    else if (')]}'.includes(character) && open.pop() !== character) return true
  }
  return open.length > 0 || /(^|[|,=+*/])\s*$/.test(bare)
}

function follow(from: readonly Found[], steps: readonly Step[]): readonly Found[] {
  return steps.reduce((found, step) => found.flatMap(item => takeStep(item, step)), from)
}

function takeStep({ pointer, value }: Found, step: Step): readonly Found[] {
  if (step.kind === 'select') {
    return follow([{ pointer: '', value }], step.path).some(found => found.value === step.equals)
      ? [{ pointer, value }]
      : []
  }
  if (step.kind === 'key') return isMap(value) ? [{ pointer: child(pointer, step.key), value: value[step.key] }] : []
  if (step.kind === 'index')
    return isList(value) ? [{ pointer: child(pointer, step.index), value: value[step.index] }] : []
  if (isList(value)) return value.map((item, index) => ({ pointer: child(pointer, index), value: item }))
  return isMap(value) ? Object.entries(value).map(([key, item]) => ({ pointer: child(pointer, key), value: item })) : []
}

function parseExpression(expression: string): readonly Step[] | undefined {
  const parts = expression.split('|').map(part => part.trim())
  const parsed = parts.map(part => parseSelect(part) ?? parsePath(part))
  return parsed.every(steps => steps !== undefined) ? parsed.flat() : undefined
}

function parseSelect(text: string): readonly Step[] | undefined {
  const [, path, equals] = /^select\(\s*(\.[^=!<>()]*?)\s*==\s*"([^"\\]*)"\s*\)$/.exec(text) ?? []
  const steps = path === undefined ? undefined : parsePath(path)
  return steps === undefined || equals === undefined ? undefined : [{ kind: 'select', path: steps, equals }]
}

const step = /\.?(?:([A-Za-z_]\w*)|"([^"\\]*)"|\["([^"\\]*)"\]|\[(\d+)\]|(\[\]))\??/y

function parsePath(text: string): readonly Step[] | undefined {
  if (!text.startsWith('.')) return undefined
  if (text === '.') return []
  const steps: Step[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (match === null) return undefined
    const [, word, quoted, bracketed, index, each] = match
    const key = word ?? quoted ?? bracketed
    if (key !== undefined) steps.push({ kind: 'key', key })
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) })
    else if (each !== undefined) steps.push({ kind: 'each' })
  }
  return steps
}
