import { expect, test } from 'vitest'
import type { Diagnostic, DiagnosticCode } from '../../../generator/diagnostics/diagnostic.ts'
import { withoutRepeatedCauses } from '../../../generator/validate/schema/one-cause.ts'

const at = (code: DiagnosticCode, pointer: string, environment?: string): Diagnostic => ({
  code,
  severity: 'error',
  message: code,
  at: { file: 'k8s/overlays/staging', document: 1, pointer },
  ...(environment === undefined ? {} : { environment }),
})

test('a rule of the server about a field that is wrong already adds nothing', () => {
  const structural = at('schema/wrong-type', '/spec/replicas')
  const rule = at('schema/out-of-range', '/spec/replicas')
  const other = at('schema/out-of-range', '/spec/minReadySeconds')
  const policy = at('policy/require-replicas', '/spec/replicas')
  const elsewhere = at('schema/out-of-range', '/spec/replicas', 'production')
  expect(withoutRepeatedCauses([rule, structural, other, policy, elsewhere])).toEqual([
    structural,
    other,
    policy,
    elsewhere,
  ])
})

test('nor does one about something inside a field that is missing', () => {
  const structural = at('schema/required-field', '/spec/template')
  const inside = at('schema/selector-mismatch', '/spec/template/metadata/labels')
  const beside = at('schema/selector-mismatch', '/spec/templates/metadata/labels')
  expect(withoutRepeatedCauses([structural, inside, beside])).toEqual([structural, beside])
})

test('a structural warning hides no error', () => {
  const deprecated = { ...at('schema/deprecated-field', '/spec/volumes/0/gitRepo'), severity: 'warning' as const }
  const inside = at('schema/invalid-volume-path', '/spec/volumes/0/gitRepo/directory')
  expect(withoutRepeatedCauses([deprecated, inside])).toEqual([deprecated, inside])
})

test('without structural findings nothing changes', () => {
  const list = [at('schema/out-of-range', '/spec/replicas')]
  expect(withoutRepeatedCauses(list)).toBe(list)
})
