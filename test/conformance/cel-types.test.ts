// The type checker held to ../shared/conformance/cel: what has to be refused, what must not be, and the types deduced.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { admissionTypes, variablesType } from '../../generator/validate/cel/admission-types.ts'
import { dynType, formatType, intType, type CelType } from '../../generator/validate/cel/cel-type.ts'
import { checkTypes } from '../../generator/validate/cel/check-types.ts'
import { kubernetesSignatures } from '../../generator/validate/cel/declarations.ts'
import { compileExpression } from '../../generator/validate/cel/expression.ts'
import { kubernetesLibrary } from '../../generator/validate/cel/kubernetes-library.ts'
import { parseExpression } from '../../generator/validate/cel/parse-expression.ts'
import { parseSignatures, type Signatures } from '../../generator/validate/cel/signatures.ts'

const folder = '../shared/conformance/cel'
const here = existsSync(folder)
if (!here) process.stderr.write(`SKIPPED: ${folder} is not here; the type checker was not compared\n`)

interface Overload {
  readonly params: readonly string[]
  readonly result: string
}

interface Case {
  readonly id: string
  readonly expr: string
  readonly bindings?: Readonly<Record<string, unknown>>
  readonly typeEnv?: readonly { readonly name: string; readonly overloads?: readonly Overload[] }[]
  readonly disableCheck?: boolean
  readonly params?: boolean
  readonly authorizer?: boolean
  readonly expect: {
    readonly deducedType?: string
    readonly error?: unknown
    readonly compileError?: readonly string[]
    readonly compileErrorContains?: string
  }
}

function casesOf(file: string, list: 'cases' | 'compile' | 'eval' = 'cases'): readonly Case[] {
  if (!here) return []
  return (JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as Record<typeof list, readonly Case[]>)[list]
}

interface Setting {
  readonly mixedLiterals: boolean
  readonly variables?: Readonly<Record<string, CelType>>
  readonly signatures?: Signatures
}

/** The type, or `refused: ` and why. */
function typeOf(expr: string, { mixedLiterals, variables = {}, signatures }: Setting): string {
  const parsed = parseExpression(expr)
  if ('error' in parsed) return `refused: ${parsed.error}`
  const checked = checkTypes(parsed.tree, {
    variables: new Map(Object.entries(variables)),
    signatures: new Map([...kubernetesSignatures(), ...(signatures ?? [])]),
    types: kubernetesLibrary.types,
    mixedLiterals,
  })
  return 'type' in checked ? formatType(checked.type) : `refused: ${checked.errors[0]?.message ?? ''}`
}

function declared({ bindings = {}, typeEnv = [] }: Case): Readonly<Record<string, CelType>> {
  const names = [...Object.keys(bindings), ...typeEnv.map(({ name }) => name)]
  return Object.fromEntries(names.map(name => [name, dynType]))
}

/** Functions a case declares for itself. */
function ownSignatures({ typeEnv = [] }: Case): Signatures {
  const lines = typeEnv.flatMap(({ name, overloads = [] }) =>
    overloads.map(({ params, result }) => `${name}(${params.join(', ')}) ${result}`.replaceAll('param:', '')),
  )
  return parseSignatures(lines.join('\n'))
}

describe.runIf(here)('types deduced', () => {
  test.each(casesOf('spec/type_deduction'))('$id', one => {
    expect(typeOf(one.expr, { mixedLiterals: true, signatures: ownSignatures(one) })).toBe(one.expect.deducedType)
  })
})

/** What Kubernetes' CEL does not have. */
const notThere = /^(fields\/(quoted_map_fields|qualified_identifier_resolution)|parse\/receiver_function_names)\//

describe
  .runIf(here)
  .each([
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
  ])('nothing valid is refused: %s', file => {
  test.each(
    casesOf(`spec/${file}`).filter(
      one => one.disableCheck !== true && one.expect.error === undefined && !notThere.test(one.id),
    ),
  )('$id', one => {
    expect(typeOf(one.expr, { mixedLiterals: true, variables: declared(one) })).not.toContain('refused')
  })
})

describe.runIf(here).each(['library', 'library-runs'])('Kubernetes: %s', file => {
  test.each(casesOf(`kubernetes/${file}`))('$id', ({ expr, expect: wanted }) => {
    // The cost tests of sets mix types, in an environment that lets them.
    const type = typeOf(expr, { mixedLiterals: file === 'library-runs', variables: admissionTypes })
    if (wanted.compileError === undefined) expect(type).not.toContain('refused')
    else expect(type).toMatch(new RegExp(`^refused: .*${wanted.compileError[0] ?? ''}`))
  })
})

describe.runIf(here)('admission policies', () => {
  const names = ({ params = true, authorizer = true }: Case): readonly string[] =>
    Object.keys(admissionTypes).filter(name => (name !== 'params' || params) && (name !== 'authorizer' || authorizer))

  test.each(casesOf('kubernetes/admission', 'compile'))('$id', one => {
    const compiled = compileExpression(one.expr, names(one), { types: admissionTypes })
    const wanted = one.expect.compileErrorContains
    if (wanted === undefined) expect(compiled).not.toHaveProperty('error')
    // A syntax error is told in the words of our grammar.
    else if (wanted.startsWith('Syntax error')) expect(compiled).toHaveProperty('error')
    else expect('error' in compiled && compiled.error).toContain(wanted)
  })

  test.each(casesOf('kubernetes/admission', 'eval'))('evaluated: $id', one => {
    const compiled = compileExpression(one.expr, names(one), { types: admissionTypes })
    const wanted = one.expect.compileError?.[0]
    if (wanted === undefined) expect(compiled).not.toHaveProperty('error')
    else expect('error' in compiled && compiled.error).toMatch(new RegExp(wanted))
  })
})

test('variables of a policy have the types of their expressions', () => {
  const types = { ...admissionTypes, variables: variablesType(new Map([['replicas', intType]])) }
  const compile = (text: string): unknown => compileExpression(text, Object.keys(types), { types })
  expect(compile('variables.replicas > 3')).not.toHaveProperty('error')
  expect(compile("variables.replicas == 'a'")).toHaveProperty('error')
  expect(compile('variables.replica > 3')).toEqual({ error: "undefined field 'replica'" })
  expect(compile("authorizer.requestResource.check('x').allowed()")).not.toHaveProperty('error')
})

describe('declarations', () => {
  const signatures = kubernetesSignatures()

  test('every function of the library is declared', () => {
    expect([...kubernetesLibrary.functions.keys()].filter(name => !signatures.has(name))).toEqual([])
  })

  test('every declared function is in the library', () => {
    const isOperator = (name: string): boolean => /^_|^[-!]_$/.test(name)
    const missing = [...signatures.keys()].filter(name => !isOperator(name) && !kubernetesLibrary.functions.has(name))
    expect(missing).toEqual([])
  })
})
