// The CEL conformance cases of ../shared/conformance/cel: the language, and Kubernetes' own libraries.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { celMap } from '../../generator/validate/cel/cel-map.ts'
import type { YamlMap } from '../../generator/manifest/value.ts'
import { fromData } from '../../generator/validate/cel/data.ts'
import { equals } from '../../generator/validate/cel/equality.ts'
import { compileExpression, type Evaluation } from '../../generator/validate/cel/expression.ts'
import { formatQuantity } from '../../generator/manifest/quantity.ts'
import { AuthorizerValue } from '../../generator/validate/cel/library/authorizer.ts'
import { CidrValue, formatCidr, formatIp, IpValue } from '../../generator/validate/cel/library/net.ts'
import { QuantityValue } from '../../generator/validate/cel/library/quantity.ts'
import { Duration, Optional, Timestamp, TypeValue, Uint, type CelValue } from '../../generator/validate/cel/values.ts'

const folder = '../shared/conformance/cel'
const here = existsSync(folder)
if (!here) process.stderr.write(`SKIPPED: ${folder} is not here; no CEL case was run\n`)

type Encoded = Readonly<Record<string, unknown>>

interface Case {
  readonly id: string
  readonly expr: string
  readonly bindings?: Readonly<Record<string, Encoded>>
  readonly typeEnv?: readonly { readonly name: string }[]
  readonly checkOnly?: boolean
  readonly disableCheck?: boolean
  readonly container?: string
  readonly expect: Encoded
}

const seconds = 1_000_000_000n

const decoders: Readonly<Record<string, (content: never) => CelValue>> = {
  null: () => null,
  bool: (content: boolean) => content,
  int: (content: string) => BigInt(content),
  uint: (content: string) => new Uint(BigInt(content)),
  double: (content: number | string) => (content === '-0' ? -0 : Number(content)),
  string: (content: string) => content,
  bytes: (content: string) => new Uint8Array(Buffer.from(content, 'base64')),
  list: (content: readonly Encoded[]) => content.map(decode),
  map: (content: readonly (readonly [Encoded, Encoded])[]) =>
    celMap(content.map(([key, value]) => [decode(key), decode(value)] as const)),
  type: (content: string) => new TypeValue(content),
  duration: ({ seconds: whole, nanos }: { seconds: string; nanos: number }) =>
    new Duration(BigInt(whole) * seconds + BigInt(nanos)),
  timestamp: ({ seconds: whole, nanos }: { seconds: string; nanos: number }) =>
    new Timestamp(BigInt(whole) * seconds + BigInt(nanos)),
  optional: (content: Encoded | null) => new Optional(content === null ? undefined : decodeOptional(content)),
}

function decode(encoded: Encoded): CelValue {
  const [kind, content] = Object.entries(encoded)[0] ?? ['null', null]
  const decoder = decoders[kind]
  if (decoder === undefined) throw new Error(`no decoder for ${kind}`)
  return decoder(content as never)
}

/** What a named format finds wrong is told in its own words: only that there is something is compared. */
function decodeOptional(content: Encoded): CelValue {
  return 'list' in content ? [] : decode(content)
}

const sameNumber = (a: CelValue, b: CelValue): boolean =>
  typeof a === 'number' && typeof b === 'number' && (Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b)))

function verdict(evaluation: Evaluation | { readonly error: string }, expected: Encoded): string {
  if ('value' in expected) {
    if ('error' in evaluation) return `error: ${evaluation.error}`
    return matches(evaluation.value, expected['value'] as Encoded)
      ? 'as expected'
      : `another value: ${show(evaluation.value)}`
  }
  if (expected['runs'] === true || expected['compiles'] === true)
    return 'error' in evaluation && !('notEvaluated' in evaluation) ? `error: ${evaluation.error}` : 'as expected'
  return 'error' in evaluation ? 'as expected' : `no error but ${show(evaluation.value)}`
}

function matches(value: CelValue, encoded: Encoded): boolean {
  if ('quantity' in encoded)
    return value instanceof QuantityValue && formatQuantity(value.quantity) === encoded['quantity']
  if ('ip' in encoded) return value instanceof IpValue && formatIp(value.address) === encoded['ip']
  if ('cidr' in encoded) return value instanceof CidrValue && formatCidr(value.block) === encoded['cidr']
  if ('optional' in encoded) {
    const wanted = encoded['optional']
    return value instanceof Optional && (wanted === null) === (value.value === undefined)
  }
  const wanted = decode(encoded)
  return equals(value, wanted) || sameNumber(value, wanted)
}

function show(value: CelValue): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? 'nothing'
}

/** Cases that Kubernetes' CEL does not have, or decides before it evaluates. */
const exceptions: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^fields\/quoted_map_fields\//, 'Kubernetes has no back-quoted field names'],
  [/^fields\/qualified_identifier_resolution\//, 'no variable of Kubernetes has a dot in its name'],
  [
    /^timestamps\/duration_converters\/get_milliseconds$/,
    'cel-go, and so Kubernetes, gives all of a duration in milliseconds',
  ],
  [/^parse\/receiver_function_names\//, 'an undeclared function is refused before evaluation'],
]

function run({ expr, bindings = {}, typeEnv = [] }: Case): Evaluation | { readonly error: string } {
  const values: Record<string, CelValue> = Object.fromEntries(
    Object.entries(bindings).map(([name, encoded]) => [name, decode(encoded)]),
  )
  if (/\bauthorizer\b/.test(expr)) values['authorizer'] = new AuthorizerValue()
  const compiled = compileExpression(expr, [...Object.keys(values), ...typeEnv.map(({ name }) => name)])
  return 'error' in compiled ? compiled : compiled.evaluate(values)
}

function casesOf(file: string): readonly Case[] {
  if (!here) return []
  return (JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { readonly cases: readonly Case[] }).cases
}

const files = [
  'basic',
  'comparisons',
  'conversions',
  'fields',
  'fp_math',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'macros2',
  'optionals',
  'parse',
  'plumbing',
  'string',
  'string_ext',
  'timestamps',
].map(name => `spec/${name}.json`)

describe.runIf(here).each([...files, 'kubernetes/library.json', 'kubernetes/library-runs.json'])('%s', file => {
  test.each(
    casesOf(file).filter(one => one.checkOnly !== true && !exceptions.some(([pattern]) => pattern.test(one.id))),
  )('$id', one => {
    expect(verdict(run(one), one.expect)).toBe('as expected')
  })
})

interface AdmissionCase {
  readonly id: string
  readonly expr: string
  readonly object: YamlMap | null
  readonly oldObject: YamlMap | null
  readonly request: YamlMap | null
  readonly params: YamlMap | null
  readonly namespaceObject: YamlMap | null
  readonly expect: Encoded
}

function admissionCases(): readonly AdmissionCase[] {
  if (!here) return []
  return (
    JSON.parse(readFileSync(`${folder}/kubernetes/admission.json`, 'utf8')) as {
      readonly eval: readonly AdmissionCase[]
    }
  ).eval
}

describe.runIf(here)('kubernetes/admission.json', () => {
  test.each(admissionCases())(
    '$id',
    ({ expr, expect: expected, object, oldObject, request, params, namespaceObject }) => {
      const data = Object.entries({ object, oldObject, request, params, namespaceObject })
      const values: Record<string, CelValue> = Object.fromEntries(data.map(([name, value]) => [name, fromData(value)]))
      values['authorizer'] = new AuthorizerValue()
      const compiled = compileExpression(expr, Object.keys(values))
      expect(verdict('error' in compiled ? compiled : compiled.evaluate(values), expected)).toBe('as expected')
    },
  )
})
