import fc from 'fast-check'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printDocuments, printYaml } from '../../generator/manifest/print-yaml.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'
import { anyValue } from '../support/yaml-values.ts'

const fixtures = new URL('../fixtures/yaml/print/', import.meta.url).pathname

describe('printYaml', () => {
  test.each<[name: string, value: YamlValue, text: string]>([
    [
      'lists are not indented',
      { a: [1, { b: 2, c: [3] }, [4, [5]]] },
      'a:\n- 1\n- b: 2\n  c:\n  - 3\n- - 4\n  - - 5\n',
    ],
    ['empty collections', { a: {}, b: [], c: [{}, []] }, 'a: {}\nb: []\nc:\n- {}\n- []\n'],
    ['fields that are undefined are left out', { a: undefined, b: 1 }, 'b: 1\n'],
    [
      'keys: letters last, numbers by size',
      { b: 1, a10: 1, a2: 1, 'a-': 1, A: 1, '/x': 1 },
      '/x: 1\nA: 1\na-: 1\na2: 1\na10: 1\nb: 1\n',
    ],
    ['zeros inside a number', { a100: 1, a10: 1, a1: 1, a001: 1, a01: 1 }, 'a1: 1\na01: 1\na001: 1\na10: 1\na100: 1\n'],
    ['null, booleans', [null, true, false], '- null\n- true\n- false\n'],
    ['integers', [0, -0, 2 ** 53, 9223372036854775807n], '- 0\n- 0\n- 9007199254740992\n- 9223372036854775807\n'],
    ['floats', [1.5, 1e-5, 1234567.5, 1e20, 1e21], '- 1.5\n- 1e-05\n- 1.2345675e+06\n- 1e+20\n- 1e+21\n'],
    ['words of YAML 1.1', ['yes', 'on', 'n', 'null', '~', ''], '- "yes"\n- "on"\n- "n"\n- "null"\n- "~"\n- ""\n'],
    [
      'numbers in strings',
      ['0755', '1e3', '1_0', '0x1', '.5', '1:30'],
      '- "0755"\n- "1e3"\n- "1_0"\n- "0x1"\n- ".5"\n- "1:30"\n',
    ],
    [
      'dates, and what is none',
      ['2001-01-01', '2001-13-01', '2001-02-29'],
      '- "2001-01-01"\n- 2001-13-01\n- 2001-02-29\n',
    ],
    [
      'what needs no quotes',
      ['<<', '=', 'a:b', 'a#b', 'x, y', '1e400', '0xG'],
      '- <<\n- =\n- a:b\n- a#b\n- x, y\n- 1e400\n- 0xG\n',
    ],
    [
      'indicators',
      ['- a', '#a', 'a: b', 'a:', '*a', '{{x}}', ' a', "it's: "],
      `- '- a'\n- '#a'\n- 'a: b'\n- 'a:'\n- '*a'\n- '{{x}}'\n- ' a'\n- 'it''s: '\n`,
    ],
    ['controls', ['a\tb', '\u0000\u007f', 'a\rb'], '- "a\\tb"\n- "\\0\\x7F"\n- "a\\rb"\n'],
    ['unicode', ['é', '日本', '😀', '\ufeff'], '- é\n- 日本\n- "\\U0001F600"\n- "\\uFEFF"\n'],
    ['half a pair', ['\ud800'], '- \ufffd\n'],
    [
      'literals',
      ['a\nb', 'a\n', 'a\n\n', '\n', ' a\nb\n'],
      '- |-\n  a\n  b\n- |\n  a\n- |+\n  a\n\n- |2+\n\n- |2\n   a\n  b\n',
    ],
    ['a space before a break', ['a \nb'], '- "a \\nb"\n'],
    [
      'no line is folded before a word passes column 80',
      { k: `${'a'.repeat(78)} b c` },
      `k: ${'a'.repeat(78)}\n  b c\n`,
    ],
    ['keys of more than 128 bytes', { [`k${'x'.repeat(128)}`]: { a: 1 } }, `? k${'x'.repeat(128)}\n: a: 1\n`],
    ['keys of several lines', { 'a\nb': [1] }, '? |-\n  a\n  b\n: - 1\n'],
    ['scalars at the root', 'x', 'x\n'],
  ])('%s', (_, value, text) => {
    expect(printYaml(value)).toBe(text)
  })

  test('documents are separated', () => {
    expect(printDocuments([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n')
  })
})

const binary = findKustomize()
if (binary === undefined) console.warn('kustomize is not installed: the printer is not compared with it')

describe.skipIf(binary === undefined)('kustomize build prints the same', () => {
  test('for saved counter-examples', () => {
    const values = readdirSync(fixtures).map(
      file => JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as YamlValue,
    )
    expect(values.length).toBeGreaterThan(0)
    expectSame(values)
  })

  test('for arbitrary values', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 150, maxLength: 200 }), values => expectSame(values)),
      { numRuns: 3, endOnFailure: true },
    )
  })
})

/** Builds one directory holding one object per value, and compares the whole output. */
function expectSame(values: readonly YamlValue[]): void {
  const objects = values.map((spec, index) => ({
    apiVersion: 'example.com/v1',
    kind: 'Sample',
    metadata: { name: `sample-${index}` },
    spec,
  }))
  const directory = mkdtempSync(join(tmpdir(), 'print-yaml-'))
  try {
    writeFileSync(join(directory, 'kustomization.yaml'), 'resources: [objects.yaml]\nsortOptions: { order: fifo }\n')
    writeFileSync(join(directory, 'objects.yaml'), objects.map(toFlow).join('\n---\n'))
    const printed = execFileSync(binary as string, ['build', directory], { encoding: 'utf8', maxBuffer: 1 << 28 })
    if (printDocuments(objects) === printed) return
    const texts = printed.split('\n---\n')
    const at = objects.findIndex((object, index) => !`${texts[index]}\n`.startsWith(printYaml(object)))
    console.error(`counter-example for test/fixtures/yaml/print/: ${JSON.stringify(values[at])}`)
    expect(printDocuments(objects)).toBe(printed)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** JSON that is YAML: the separators that YAML takes for line breaks are escaped. */
function toFlow(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function findKustomize(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(process.env['HOME'] ?? '', 'go', 'bin')]
  return folders.map(folder => join(folder, 'kustomize')).find(file => existsSync(file))
}
