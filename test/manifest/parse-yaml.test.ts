import { describe, expect, test } from 'vitest'
import { decodeFile } from '../../generator/manifest/file-tree.ts'
import { parseWithPositions, parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { isMap, type YamlValue } from '../../generator/manifest/value.ts'

function valuesOf(text: string, scalars: 'go-yaml-3' | 'yaml-1.1' = 'go-yaml-3'): readonly YamlValue[] {
  const { value, diagnostics } = parseYaml(text, 'a.yaml', { scalars })
  expect(diagnostics).toEqual([])
  return value.map(document => document.value)
}

function findings(text: string, scalars: 'go-yaml-3' | 'yaml-1.1' = 'go-yaml-3'): readonly string[] {
  return parseYaml(text, 'a.yaml', { scalars }).diagnostics.map(
    ({ code, at }) => `${code} ${at.document} ${at.line}:${at.column}`,
  )
}

describe('scalars', () => {
  test.each<[text: string, kustomize: YamlValue, kubectl: YamlValue]>([
    ['yes', 'yes', true],
    ['Off', 'Off', false],
    ['y', 'y', true],
    ['True', true, true],
    ['TRUE', true, true],
    ['tRUE', 'tRUE', 'tRUE'],
    ['~', null, null],
    ['Null', null, null],
    ['0755', 493, 493],
    ['0o17', 15, 15],
    ['0o+7', 7, '0o+7'],
    ['08', 8, 8],
    ['0x1F', 31, 31],
    ['0b101', 5, 5],
    ['0b+1', 1, 1],
    ['1_000', 1000, 1000],
    ['1.0', 1, 1],
    ['1e3', 1000, 1000],
    ['.5', 0.5, 0.5],
    ['1e400', '1e400', '1e400'],
    ['1:30', '1:30', '1:30'],
    ['2001-01-01', '2001-01-01T00:00:00Z', '2001-01-01'],
    ['2001-1-2t3:4:5.670-05:30', '2001-01-02T03:04:05.67-05:30', '2001-1-2t3:4:5.670-05:30'],
    ['"2001-01-01"', '2001-01-01', '2001-01-01'],
    ['9007199254740993', 9007199254740993n, 9007199254740993n],
    ['18446744073709551615', 18446744073709551615n, 18446744073709551615n],
    ['18446744073709551616', 18446744073709551616, 18446744073709551616],
    ['"yes"', 'yes', 'yes'],
    ["'0755'", '0755', '0755'],
    ['!!str 12', '12', '12'],
    ['!!int "12"', 12, 12],
    ['!!binary aGk=', 'hi', 'hi'],
  ])('%s', (text, kustomize, kubectl) => {
    expect(valuesOf(`a: ${text}\n`)).toEqual([{ a: kustomize }])
    expect(valuesOf(`a: ${text}\n`, 'yaml-1.1')).toEqual([{ a: kubectl }])
  })
})

describe('structure', () => {
  test.each<[name: string, text: string, values: readonly YamlValue[]]>([
    ['maps and lists', 'a:\n- b: 1\n  c: [x, "y", {z: 1}]\n-\n- - 1\n  - 2\nd: {}\n', [{ a: [{ b: 1, c: ['x', 'y', { z: 1 }] }, null, [1, 2]], d: {} }]],
    ['indented lists', 'a:\n  - b\n  -   c: 1\n      d: 2\n', [{ a: ['b', { c: 1, d: 2 }] }]],
    ['comments', '# top\na: b # c\n  # deep\n\nc: d#e\n# end\n', [{ a: 'b', c: 'd#e' }]],
    ['documents', '---\na: 1\n---\n# nothing\n---\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['folded plain text', 'a: one\n  two\n\n  three\nb: x\n', [{ a: 'one two\nthree', b: 'x' }]],
    ['folded quotes', 'a: "one\n  two\n\n  three"\nb: \'x\n  y\'\n', [{ a: 'one two\nthree', b: 'x y' }]],
    ['literals', 'a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\nc: |+\n  x\n\n', [{ a: 'x\n y\n\nz\n', b: 'x', c: 'x\n\n' }]],
    ['literals with their indentation given', 'a: |2\n    x\n  y\n', [{ a: '  x\ny\n' }]],
    ['folded blocks', 'a: >-\n  x\n  y\n\n  z\n', [{ a: 'x y\nz' }]],
    ['a literal at the end of a file without a line break', 'a: |\n  x', [{ a: 'x' }]],
    ['brackets over several lines', 'a: [\n  b, # c\n  "d"\n]\ne: {\n"f": 1,\n  g: h }\n', [{ a: ['b', 'd'], e: { f: 1, g: 'h' } }]],
    ['JSON', '{"a":{"b":[1,true,null,"x"]},\n"c":"\\u00e9"}\n', [{ a: { b: [1, true, null, 'x'] }, c: 'é' }]],
    ['byte order marks of files put together', '\ufeffa: 1\n--- # b\n\ufeffb: 1\n', [{ a: 1 }, { b: 1 }]],
    ['the replacement character', '# \ufffd\na: \ufffd\n', [{ a: '\ufffd' }]],
    ['byte order mark and CRLF', '\ufeffa: 1\r\nb: |\r\n  x\r\n', [{ a: 1, b: 'x\n' }]],
    ['anchors and aliases', 'a: &x\n  b: 1\nc: *x\n', [{ a: { b: 1 }, c: { b: 1 } }]],
    ['merge keys', 'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n', [{ a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }]],
    ['several merges', 'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne:\n  <<: [*x, *y]\n', [{ a: { b: 1 }, c: { b: 2, d: 3 }, e: { b: 1, d: 3 } }]],
    ['tabs inside values', 'a: |\n  x\n  \tx\nb: "\ty"\nc: d\te # f\tg\n', [{ a: 'x\n\tx\n', b: '\ty', c: 'd\te' }]],
    ['times inside brackets stay as they are', 'a: [2001-01-01T01:2:3Z, 2001-1-1]\nb: &x [2001-01-01T01:2:3Z]\n', [{ a: ['2001-01-01T01:2:3Z', '2001-01-01T00:00:00Z'], b: ['2001-01-01T01:2:3Z'] }]],
    ['escapes', 'a: "\\t\\x41\\u00e9\\U0001F600\\"\\\\"\n', [{ a: '\tAé😀"\\' }]],
    ['quotes lines less indented than their key', 'a:\n  b: \'x\n  y\'\n', [{ a: { b: 'x y' } }]],
  ])('%s', (_, text, values) => {
    expect(valuesOf(text)).toEqual(values)
  }) // prettier-ignore

  test('folded blocks with indented lines, as kustomize prints them: the break before them is doubled', () => {
    const text = 'a: >\n  x\n   y\n  z\n'
    expect(valuesOf(text)).toEqual([{ a: 'x\n\n y\nz\n' }])
    expect(valuesOf(text, 'yaml-1.1')).toEqual([{ a: 'x\n y\nz\n' }])
  })

  test('empty documents are counted', () => {
    const { value } = parseYaml('# c\n---\na: 1\n---\n\n---\nb: 2\n', 'a.yaml')
    expect(value.map(({ document }) => document)).toEqual([1, 3])
  })

  test('names that objects inherit are keys like any other', () => {
    const [map] = valuesOf('__proto__: 1\nconstructor: 2\n')
    expect(isMap(map) && Object.keys(map)).toEqual(['__proto__', 'constructor'])
    expect(isMap(map) && [Object.hasOwn(map, '__proto__'), map['__proto__'], map['toString']]).toEqual([
      true,
      1,
      undefined,
    ])
  })

  test('order of keys is kept', () => {
    expect(Object.keys(valuesOf('b: 1\na: 2\nc: 3\n')[0] as object)).toEqual(['b', 'a', 'c'])
  })

  test('keys that are no strings, as kubectl reads them', () => {
    expect(valuesOf('a:\n  8080: x\n  0x10: w\n  yes: z\n', 'yaml-1.1')).toEqual([
      { a: { 8080: 'x', 16: 'w', true: 'z' } },
    ])
  })

  test('a document in trouble leaves the others alone', () => {
    const { value, diagnostics } = parseYaml('a: 1\n---\n{\n---\nb: &x 2\n', 'a.yaml')
    expect(value.map(document => [document.document, document.value])).toEqual([[1, { a: 1 }], [3, { b: 2 }]]) // prettier-ignore
    expect(diagnostics.map(({ at }) => at.document)).toEqual([2])
  })
})

describe('diagnostics', () => {
  test.each<[name: string, text: string, expected: readonly string[]]>([
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', ['yaml/duplicate-key 1 4:3']],
    ['two causes', 'a: 1\na: 2\nb: 1\nb: 2\n', ['yaml/duplicate-key 1 2:1', 'yaml/duplicate-key 1 4:1']],
    ['a tab', 'a:\n\tb: 1\n', ['yaml/tab 1 2:1']],
    ['a tab before the text of a block', 'a: |\n  \tb\n  c\n', ['yaml/tab 1 2:3']],
    ['a tab before the text of a block that counts its indentation', 'a: |2\n  \tb\n', ['yaml/tab 1 2:3']],
    ['a tab behind an empty line of a block', 'a:\n- >-\n\n    \tb\n', ['yaml/tab 1 4:5']],
    ['an anchor with a dot in it', 'a: &x.y 1\n', ['yaml/syntax 1 1:9']],
    ['an anchor with a colon behind it', '- &x:\n  a: 1\n', ['yaml/syntax 1 2:3']],
    ['half a character', 'a: "\\ud83d\\ude00"\n', ['yaml/control-character 1 1:4']],
    ['a control character in an escape', 'a: "\\x7f"\n', ['yaml/control-character 1 1:4']],
    ['a NUL', 'a: 1\nb: \0\n', ['yaml/binary 1 2:4']],
    ['no UTF-8', decodeFile(Buffer.from('a: \xff\n', 'latin1')), ['yaml/binary 1 1:4']],
    ['a control character', 'a: \u0007\n', ['yaml/control-character 1 1:4']],
    ['a line separator', 'a: x\u2028y\n', ['yaml/control-character 1 1:5']],
    ['a conflict', 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n', ['yaml/conflict-marker 1 2:1']],
    ['an alias of nothing', 'a: *x\n', ['yaml/alias 1 1:4']],
    ['a value that contains itself', 'a: &x [*x]\n', ['yaml/alias 1 1:8']],
    ['a list as key', '? [a]\n: 1\n', ['yaml/complex-key 1 1:3']],
    ['a number as key', 'a:\n  8080: x\n', ['yaml/non-string-key 1 2:3']],
    ['infinity', 'a: .inf\n', ['yaml/not-json 1 1:4']],
    ['a wrong tag', 'a: !!int x\n', ['yaml/tag 1 1:10']],
    ['a merge of no map', 'a:\n  <<: 1\n', ['yaml/merge-key 1 2:7']],
    ['a colon too many', 'a: b: c\n', ['yaml/syntax 1 1:4']],
    ['an open quote', 'a: "b\n', ['yaml/syntax 1 2:1']],
    ['a directive', '%YAML 1.2\n---\na: 1\n', ['yaml/syntax 1 1:1']],
    ['text behind the separator', 'a: 1\n--- b: 2\n', ['yaml/syntax 2 2:5']],
    ['text behind the end of a document', 'a: 1\n...\nb: 2\n', ['yaml/syntax 1 3:1']],
    ['a separator that is none', 'a: 1\n---b: 2\n', ['yaml/syntax 1 2:4']],
    ['a colon on the next line', 'a: &x 1\nb\n  : 2\n', ['yaml/syntax 1 2:2']],
    ['a tab behind a dash', 'a:\n- \tb\n', ['yaml/tab 1 2:3']],
    ['a tab on an empty line', 'a: b\n\t\nc: d\n', ['yaml/tab 1 2:1']],
    ['deep nesting in blocks', '- '.repeat(100_000), ['yaml/too-deep 1 1:1']],
    [
      'deep nesting by indentation',
      Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      ['yaml/too-deep 1 1:1'],
    ],
    ['deep nesting', '['.repeat(100_000), ['yaml/too-deep 1 1:1']],
    [
      'pairs in brackets without a comma, each inside the one before',
      `[${'a: b\n'.repeat(10_000)}]`,
      ['yaml/too-deep 1 1:1'],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected)
  })

  test('an alias bomb is bounded', () => {
    const levels = Array.from({ length: 12 }, (_, level) => `a${level}: &a${level} [${Array(10).fill(level === 0 ? 'x' : `*a${level - 1}`).join(', ')}]`) // prettier-ignore
    expect(findings(levels.join('\n'))).toEqual([expect.stringMatching(/^yaml\/alias-bomb /)])
  })

  test('the same message never comes twice for an alias of a bad value', () => {
    expect(findings('a: &x {b: 1, b: 2}\nc: *x\nd: *x\n')).toEqual(['yaml/duplicate-key 1 1:14'])
  })
})

describe('parseWithPositions', () => {
  test.each([
    ['read fast', 'a: 1\nb:\n- c: x\n  d:\n    e: y\nf:\n'],
    ['read by the full parser', 'a: &z 1\nb:\n- c: x\n  d:\n    e: y\nf:\n'],
  ])('keys and values, %s', (_, text) => {
    const { documents, positionOf } = parseWithPositions(text, 'a.yaml').value
    const root = documents[0]?.value as Record<string, YamlValue>
    const list = root['b'] as readonly Record<string, YamlValue>[]
    const item = list[0] as Record<string, YamlValue>
    expect(positionOf(root, 'a')?.line).toBe(1)
    expect(positionOf(root, 'b', 'key')).toEqual({ line: 2, column: 1 })
    expect(positionOf(root, 'b')).toEqual({ line: 3, column: 1 })
    expect(positionOf(list, 0)).toEqual({ line: 3, column: 3 })
    expect(positionOf(list, 0, 'key')).toEqual({ line: 3, column: 3 })
    expect(positionOf(item, 'c')).toEqual({ line: 3, column: 6 })
    expect(positionOf(item, 'd')).toEqual({ line: 5, column: 5 })
    expect(positionOf(item['d'] as object, 'e', 'key')).toEqual({ line: 5, column: 5 })
    expect(positionOf(root, 'f')).toEqual({ line: 6, column: 1 })
    expect(positionOf({}, 'a')).toBeUndefined()
  })
})
