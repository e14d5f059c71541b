import { describe, expect, test } from 'vitest'
import { ambiguousPlainScalars } from '../../generator/manifest/ambiguous-scalars.ts'
import { looksLikeOtherType } from '../../generator/manifest/yaml-1-1.ts'

describe('ambiguousPlainScalars', () => {
  test.each<[text: string, kustomize: string, kubectl: string, yaml11: string, yaml12: string]>([
    ['on', 'string', 'boolean true', 'boolean true', 'string'],
    ['No', 'string', 'boolean false', 'boolean false', 'string'],
    ['0755', 'integer 493', 'integer 493', 'integer 493', 'integer 755'],
    ['0o17', 'integer 15', 'integer 15', 'string', 'integer 15'],
    ['1:30', 'string', 'string', 'integer 90', 'string'],
    ['1e3', 'float', 'float', 'string', 'number 1000'],
    ['1_000', 'integer 1000', 'integer 1000', 'integer 1000', 'string'],
    ['2001-01-01', 'timestamp', 'string', 'timestamp', 'string'],
  ])('%s', (text, ...expected) => {
    const [found] = ambiguousPlainScalars(`a: ${text}\n`)
    const { kustomize, kubectl, yaml11, yaml12 } = found?.readings ?? {}
    expect([kustomize, kubectl, yaml11, yaml12]).toEqual(expected.map(one => (one === 'float' ? 'number 1000' : one)))
  })

  test.each(['x', '12', '1.5', 'true', 'null', '0', '-3', '"on"', "'0755'", '!!str on', '1.2.3', '100m', '.inf'])(
    'all readers agree on %s',
    text => {
      expect(ambiguousPlainScalars(`a: ${text}\n`)).toEqual([])
    },
  )

  test('places', () => {
    const found = ambiguousPlainScalars('a: 1\n---\non: x\nb:\n- c: [d, yes]\n- off\n')
    expect(
      found.map(({ document, pointer, on, line, column }) => `${document} ${pointer} ${on} ${line}:${column}`),
    ).toEqual(['2 /on key 3:1', '2 /b/0/c/1 value 5:10', '2 /b/1 value 6:3'])
  })

  test('a document that is no YAML is left out', () => {
    expect(ambiguousPlainScalars('{\n---\na: on\n').map(({ document }) => document)).toEqual([2])
  })
})

test.each([
  ['yes', true],
  ['1:30', true],
  ['0755', true],
  ['1e3', true],
  ['2001-01-01', true],
  ['2001-01-01  1:2:3', true],
  ['', true],
  ['~', true],
  ['text', false],
  ['1.2.3', false],
  ['yes please', false],
])('looksLikeOtherType(%s) is %s', (text, expected) => {
  expect(looksLikeOtherType(text)).toBe(expected)
})
