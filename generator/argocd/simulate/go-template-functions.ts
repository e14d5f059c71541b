// The functions of Go's templates, of Sprig and of Argo CD that ApplicationSets mostly use, with Go's types: a function on strings
// fails on a number. What is not here, or depends on types that YAML does not tell, is not evaluated.

import { isList, isMap, type YamlValue } from '../../manifest/value.ts'
import { jsonText } from '../../manifest/json-text.ts'

export type Rendered =
  | { readonly kind: 'text'; readonly text: string }
  /** Argo CD would fail on it. */
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'not-evaluated'; readonly reason: string }

/** Thrown by a template that does not render; `renderGoTemplate` turns it into a value. */
export class Stop extends Error {
  readonly outcome: Exclude<Rendered, { kind: 'text' }>
  constructor(outcome: Exclude<Rendered, { kind: 'text' }>) {
    super(outcome.reason)
    this.outcome = outcome
  }
}

export function unknown(what: string): never {
  throw new Stop({ kind: 'not-evaluated', reason: `the template uses ${what}` })
}

export function isTrue(value: YamlValue | undefined): boolean {
  if (isList(value)) return value.length > 0
  if (isMap(value)) return Object.keys(value).length > 0
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0
}

export function print(value: YamlValue | undefined): string {
  if (value === undefined || value === null) return '<no value>'
  if (typeof value === 'object') return unknown('a list or map as text')
  // Go prints floats from a million on with an exponent, and numbers of an element are floats.
  if (typeof value !== 'string' && String(value).length > 6) return unknown(`the number ${value} as text`)
  return String(value)
}

type Call = (values: readonly (YamlValue | undefined)[]) => YamlValue | undefined

/** Go's functions on strings take nothing else. */
function text(value: YamlValue | undefined): string {
  if (typeof value === 'string') return value
  throw new Stop({ kind: 'error', reason: `the template gives ${describe(value)} to a function that takes a string` })
}

function describe(value: YamlValue | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  return typeof value === 'object' ? 'a list or map' : `"${String(value)}"`
}

/** `eq` of Go: strings or booleans alike; a missing value equals nothing. Numbers differ by type, which is not known here. */
function isEqual(left: YamlValue | undefined, right: YamlValue | undefined): boolean {
  for (const value of [left, right]) {
    if (typeof value === 'number' || typeof value === 'bigint') return unknown('a comparison of numbers')
    if (typeof value === 'object' && value !== null) return unknown('a comparison of lists or maps')
  }
  if (left === undefined || right === undefined || left === null || right === null)
    return unknown('a comparison with nothing')
  if (typeof left === typeof right) return left === right
  throw new Stop({ kind: 'error', reason: `the template compares ${describe(left)} with ${describe(right)}` })
}

/** As encoding/json writes it: keys in order. What it escapes for HTML is not evaluated. */
function json(value: YamlValue | undefined): string {
  const written = jsonText(sorted(value ?? null))
  return /[<>&\u2028\u2029]/.test(written) ? unknown('"toJson" on text for HTML') : written
}

function sorted(value: YamlValue): YamlValue {
  if (isList(value)) return value.map(sorted)
  if (!isMap(value)) return value
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return Object.fromEntries(keys.map(key => [key, sorted(value[key] ?? null)]))
}

/** Argo CD's `normalize`: a valid DNS name (applicationset/utils/template_functions.go). */
export function normalizeName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '')
}

const functions: Readonly<Record<string, Call>> = {
  toJson: ([value]) => json(value),
  quote: ([value]) => (value === undefined || value === null ? '' : JSON.stringify(print(value))),
  lower: ([value]) => text(value).toLowerCase(),
  upper: ([value]) => text(value).toUpperCase(),
  trim: ([value]) => text(value).trim(),
  normalize: ([value]) => normalizeName(text(value)),
  trimPrefix: ([prefix, value]) =>
    text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : text(value),
  trimSuffix: ([suffix, value]) =>
    text(value).endsWith(text(suffix)) ? text(value).slice(0, text(value).length - text(suffix).length) : text(value),
  replace: ([from, to, value]) =>
    text(from) === '' ? unknown('"replace" of nothing') : text(value).split(text(from)).join(text(to)),
  default: ([fallback, value]) => (isTrue(value) ? value : fallback),
  eq: ([first, ...others]) => others.some(other => isEqual(first, other)),
  ne: ([first, second]) => !isEqual(first, second),
  not: ([value]) => !isTrue(value),
  and: values =>
    values[
      chosen(
        values.findIndex(value => !isTrue(value)),
        values,
      )
    ],
  or: values => values[chosen(values.findIndex(isTrue), values)],
  contains: ([part, value]) => text(value).includes(text(part)),
  hasPrefix: ([part, value]) => text(value).startsWith(text(part)),
  hasSuffix: ([part, value]) => text(value).endsWith(text(part)),
  index: ([value, ...keys]) => keys.reduce((found, key) => child(found, key), value),
}

/** `and` and `or` give the first value that decides, or the last. */
function chosen(index: number, values: readonly unknown[]): number {
  return index < 0 ? values.length - 1 : index
}

function child(value: YamlValue | undefined, key: YamlValue | undefined): YamlValue | undefined {
  if (isList(value) && typeof key === 'number') {
    if (value[key] === undefined)
      throw new Stop({ kind: 'error', reason: `the template asks for item ${key} of a list of ${value.length}` })
    return value[key]
  }
  return isMap(value) && typeof key === 'string' ? value[key] : unknown('"index" on something else than a list or map')
}

export function callFunction(name: string, values: readonly (YamlValue | undefined)[]): YamlValue | undefined {
  const implementation = Object.hasOwn(functions, name) ? functions[name] : undefined
  return implementation === undefined ? unknown(`"${name}"`) : implementation(values)
}
