import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { printDocuments } from '../../generator/manifest/print-yaml.ts'

const plain = [
  'yes', 'No', 'on', 'y', 'true', 'True', 'tRUE', 'null', '~', '0', '-0', '0755', '08', '0o17', '0o+7', '0x1F', '0X1f', '0b101', '0b+1', '-0x10',
  '1_000', '_1', '1__0', '1.0', '1.', '.5', '+.5', '.9_00', '1e3', '1e6', '1.5e-7', '1e400', '1234567.5', '100000.5', '123456789012345678901',
  '9007199254740993', '18446744073709551615', '18446744073709551616', '-9223372036854775808', '-9223372036854775809', '1:30', '190:20:30.15',
  '2001-01-01', '2001-1-1T1:2:3Z', '2001-12-14t21:59:43.10-05:00', '2001-12-14T21:59:43,123456789012+00:00', '2001-12-14 21:59:43.000', '2001-13-01', '100m', '1Gi', 'a:b', 'a#b', '-x', '--', '?x', ':x', '=', 'a, b', 'a  b', 'é', '"\\u00e9\\x41"',
  "'it''s'", '!!str 12', '!!int "12"', '!!float 3', '"a\\\n    b"', '[a, {b: 1}, "c"]', '{}', '|\n    x\n     y\n\n    z\n', '|-\n    x\n', '|+\n    x\n\n',
  '>\n    one\n    two\n\n    three\n', '>-\n    one\n      two\n    three\n', '>+\n    x\n\n\n', 'one\n    two\n\n    three', '"one\n    two"', '|2\n      x\n    y\n',
] // prettier-ignore

const binary = findKustomize()
if (binary === undefined) console.warn('kustomize is not installed: reading is not compared with it')

describe.skipIf(binary === undefined)('kustomize build prints what we read', () => {
  test('scalars of every kind, anchors, merges, CRLF', () => {
    const scalars = plain.map((text, index) => `  k${index}: ${text.endsWith('\n') ? text : `${text}\n`}`).join('')
    const documents = [
      `apiVersion: example.com/v1\nkind: Sample\nmetadata:\n  name: a\nspec:\n${scalars}`,
      'apiVersion: example.com/v1\nkind: Sample\nmetadata:\n  name: b\nbase: &base\n  x: 1\n  y: [&z 0755, *z]\nspec:\n  <<: *base\n  x: 2\n',
      'apiVersion: example.com/v1\r\nkind: Sample\r\nmetadata:\r\n  name: c\r\nspec:\r\n  text: |\r\n    x\r\n    y\r\n',
      'apiVersion: example.com/v1\nkind: Sample\nmetadata:\n  name: d\nspec:\n  text: |\n    no break at the end',
    ]
    expect(parseThenPrint(documents.join('---\n'))).toBe(build(documents.join('---\n')))
  })

  test.each([
    ['a list closed below its key', "spec: &a\n  args: ['\n    echo\n  ']\n"],
    ['a quoted text that goes on at the margin', 'spec: &a\n  text: "one\ntwo"\n  more: x\n'],
    [
      'brackets whose entries stand at the margin',
      'spec: &a\n  list: [\na, b: c,\n"d\ne"\n]\n  more: { x: 1,\ny: 2 }\n',
    ],
  ])('whatever the indentation: %s', (_, text) => {
    const whole = `apiVersion: example.com/v1\nkind: Sample\nmetadata:\n  name: a\n${text}`
    expect(parseThenPrint(whole)).toBe(build(whole))
  })

  test.each([
    ['a list that is not closed', 'spec: &a\n  list: [a,\nmore: x\n'],
    ['a quoted text that is not closed', 'spec: &a\n  text: "one\nmore: x\n'],
    ['a separator inside a quoted text', 'spec: &a\n  text: "one\n--- two"\n'],
    ['a key twice', 'spec:\n  a: 1\n  a: 2\n'],
    ['a number as key', 'spec:\n  8080: x\n'],
    ['infinity', 'spec: .inf\n'],
    ['a tab', 'spec:\n\ta: 1\n'],
    ['a tab behind a dash', 'spec:\n- \ta\n'],
    ['an unknown alias', 'spec: *a\n'],
    ['a list as key', 'spec:\n  ? [a]\n  : 1\n'],
    ['text behind the separator', 'spec: 1\n--- b: 2\nc: 1\n'],
    ['a line that begins like a separator', 'spec: 1\n---b: 2\nc: 1\n'],
    ['a wrong tag', 'spec: !!int x\n'],
    ['a control character', 'spec: "\u0007"\n'],
    ['a colon on the next line', 'spec\n  : 1\n'],
  ])('both refuse %s', (_, text) => {
    const whole = `apiVersion: example.com/v1\nkind: Sample\nmetadata:\n  name: a\n${text}`
    expect(parseYaml(whole, 'a.yaml').diagnostics.length).toBeGreaterThan(0)
    expect(() => build(whole)).toThrow()
  })
})

function parseThenPrint(text: string): string {
  const { value, diagnostics } = parseYaml(text, 'a.yaml')
  expect(diagnostics).toEqual([])
  return printDocuments(value.map(document => document.value))
}

function build(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'reads-as-kustomize-'))
  try {
    writeFileSync(join(directory, 'kustomization.yaml'), 'resources: [a.yaml]\nsortOptions: { order: fifo }\n')
    writeFileSync(join(directory, 'a.yaml'), text)
    return execFileSync(binary as string, ['build', directory], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function findKustomize(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(process.env['HOME'] ?? '', 'go', 'bin')]
  return folders.map(folder => join(folder, 'kustomize')).find(file => existsSync(file))
}
