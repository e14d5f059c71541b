// x-kubernetes-validations as the API server's own tests have them: ../shared/conformance/cel/kubernetes/crd-rules.json.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { YamlMap, YamlValue } from '../../generator/manifest/value.ts'
import { evaluateSchemaRule } from '../../generator/validate/cel/schema-rules.ts'
import { decodeCustomSchema, decodeFragment } from '../../generator/validate/schema/custom-schema.ts'
import { evaluateRules, type CelOutcome, type RulePlace } from '../../generator/validate/schema/evaluate-rules.ts'
import type { SchemaNode, ValidationRule } from '../../generator/validate/schema/schema-node.ts'
import { committedCatalog } from '../validate/schema/committed-catalog.ts'

const file = '../shared/conformance/cel/kubernetes/crd-rules.json'
const here = existsSync(file)
if (!here) process.stderr.write(`SKIPPED: ${file} is not here; no rule of a definition was run\n`)

interface RuleGroup {
  readonly name: string
  readonly schema: YamlMap
  readonly self: YamlValue
  readonly oldSelf?: YamlValue
  readonly isResourceRoot?: boolean
  readonly expectSkipped?: boolean
  readonly valid: readonly string[]
  readonly errors: readonly { readonly rule: string; readonly contains: string }[]
}

interface LevelCase {
  readonly name: string
  readonly schema: YamlMap
  readonly self: YamlValue
  readonly oldSelf?: YamlValue
  readonly optionalOldSelf?: boolean
  readonly errorsContain: readonly string[]
  readonly warnings?: readonly string[]
}

interface MessageCase {
  readonly name: string
  readonly message: string
  readonly messageExpression: string
  readonly expectedValidationErr: string
}

interface Cases {
  readonly rules: readonly RuleGroup[]
  readonly schemaLevels: readonly LevelCase[]
  readonly optionalOldSelf: readonly LevelCase[]
  readonly ratcheting: readonly LevelCase[]
  readonly messageExpression: readonly MessageCase[]
}

const none: Cases = { rules: [], schemaLevels: [], optionalOldSelf: [], ratcheting: [], messageExpression: [] }
const cases = here ? (JSON.parse(readFileSync(file, 'utf8'), decodeNumber) as Cases) : none
const version = committedCatalog().version('1.34')

/** `{"__int": "…"}` and `{"__float": n}` are numbers that JSON cannot tell. */
function decodeNumber(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('__int' in value) return BigInt(value.__int as string)
  return '__float' in value ? value.__float : value
}

function nodeOf(schema: YamlMap, root = false): SchemaNode {
  return root ? decodeCustomSchema({ schema }, version) : decodeFragment(schema, version)
}

function judge(rule: string, { name, schema, self, oldSelf, isResourceRoot: root = false }: RuleGroup): CelOutcome {
  // The old value of one group is a Go interface around nothing: absent in any other language.
  const absent = oldSelf === undefined || name.includes('non-nil interface but nil value')
  const place: RulePlace = { node: nodeOf(schema, root), root, ...(absent ? {} : { oldSelf }) }
  return evaluateSchemaRule({ rule }, self, place)
}

/** The reason of a refusal, without upstream's place and prefix. */
function reason(contains: string): string {
  return contains.replace(/^compilation failed: ERROR: <input>:\d+:\d+: /, '').replace(/ evaluating rule: .*$/, '')
}

/** Refusals whose words are those of another parser or of another interpreter: only the refusal is compared. */
const otherWords: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^mismatched input /, 'a syntax error of the grammar'],
  [/^cannot slice|^index out of bounds|^no such key$/, 'an error of evaluation, told without the numbers'],
]

describe.runIf(here).each(cases.rules)('rules: $name', group => {
  test.each(group.valid.map(rule => ({ rule })))('holds: $rule', ({ rule }) => {
    expect(judge(rule, group)).toEqual({ outcome: group.expectSkipped === true ? 'skipped' : 'held' })
  })

  test.each(group.errors)('refused: $rule', ({ rule, contains }) => {
    const outcome = judge(rule, group)
    expect(['broken', 'invalid']).toContain(outcome.outcome)
    if (otherWords.some(([pattern]) => pattern.test(reason(contains)))) return
    const said = outcome.outcome === 'invalid' ? outcome.reason : 'message' in outcome ? outcome.message : ''
    expect(said?.replaceAll(', null_type)', ', null)')).toContain(reason(contains))
  })
})

/** Findings in the server's words: `root.list[0].field: Invalid value: …: message`. */
function run({ schema, self, oldSelf, optionalOldSelf, warnings }: LevelCase): {
  errors: string[]
  warnings: string[]
} {
  const invalid: string[] = []
  const evaluate = (rule: ValidationRule, value: YamlValue, place: RulePlace): CelOutcome => {
    const own = optionalOldSelf === undefined ? rule : { ...rule, optionalOldSelf }
    const outcome = evaluateSchemaRule(own, value, place)
    if (outcome.outcome === 'invalid') invalid.push(`rule compile error: compilation failed: ${outcome.reason}`)
    return outcome
  }
  const options = { evaluate, root: warnings !== undefined, ...(oldSelf === undefined ? {} : { old: oldSelf }) }
  const { findings } = evaluateRules(nodeOf(schema), self, options)
  const text = findings.map(({ pointer, message, severity = 'error' }) => ({
    severity,
    text: `root${pointer.replaceAll(/\/(\d+)/g, '[$1]').replaceAll('/', '.')}: ${message}`,
  }))
  return {
    errors: [...invalid, ...text.filter(({ severity }) => severity === 'error').map(entry => entry.text)],
    warnings: text.filter(({ severity }) => severity === 'warning').map(entry => entry.text),
  }
}

/** What a message has to hold: the server also prints the value, and `failed rule` where a rule has no message. */
function parts(expected: string): readonly string[] {
  const place = /^(root[^:]*): Invalid value: (?:.*: )?(.*)$/.exec(expected.replace(/failed rule: .*$/, 'failed rule'))
  const [where, message] = place === null ? [undefined, expected] : [place[1] ?? '', place[2] ?? '']
  const plain = message.replace('failed rule', 'does not hold').replace(/ERROR: <input>:\d+:\d+: /, '')
  return where === undefined ? [plain] : [`${where}: `, plain]
}

const levels = [
  ...cases.schemaLevels.map(one => ({ ...one, suite: 'schemaLevels' })),
  ...cases.optionalOldSelf.map(one => ({ ...one, suite: 'optionalOldSelf' })),
  ...cases.ratcheting.map(one => ({ ...one, suite: 'ratcheting' })),
]

describe.runIf(here)('rules inside a schema', () => {
  test.each(levels)('$suite: $name', one => {
    const { errors, warnings } = run(one)
    expect({ errors: errors.length, warnings: warnings.length }).toEqual({
      errors: one.errorsContain.length,
      warnings: (one.warnings ?? []).length,
    })
    const matches = (found: readonly string[], expected: readonly string[]): void => {
      for (const text of expected) {
        expect(
          found.some(line => parts(text).every(part => line.includes(part))),
          `${text} in ${found.join()}`,
        ).toBe(true)
      }
    }
    matches(errors, one.errorsContain)
    matches(warnings, one.warnings ?? [])
  })
})

/** Cases about what an evaluation may cost, which is not counted here. */
const aboutCost = cases.messageExpression.filter(({ expectedValidationErr }) =>
  /cost budget/.test(expectedValidationErr),
)

describe.runIf(here)('messages made by an expression', () => {
  test.each(cases.messageExpression.filter(one => !aboutCost.includes(one)))('$name', one => {
    const { message, messageExpression, expectedValidationErr } = one
    const node = nodeOf({ type: 'object', properties: { str: { type: 'string' } } })
    const rule = { rule: 'false', messageExpression, ...(message === '' ? {} : { message }) }
    const outcome = evaluateSchemaRule(rule, { str: 'a string' }, { node, root: false })
    const fallback = expectedValidationErr === 'failed rule' ? undefined : expectedValidationErr
    expect(outcome).toEqual({ outcome: 'broken', ...(fallback === undefined ? {} : { message: fallback }) })
  })

  test('one case is left out', () => {
    expect(aboutCost.map(({ name }) => name)).toEqual(['limit exceeded'])
  })
})
