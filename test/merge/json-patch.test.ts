import { expect, test } from 'vitest'
import { applyJsonPatch, type JsonOperation } from '../../generator/merge/json-patch.ts'
import { sameData } from '../../generator/merge/same-data.ts'
import { cloneValue } from '../../generator/merge/mutable.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'

function patched(document: YamlValue, ...operations: readonly JsonOperation[]): unknown {
  const outcome = applyJsonPatch(cloneValue(document), operations)
  return 'message' in outcome ? `${outcome.index}: ${outcome.message}` : outcome.value
}

const object = { a: { b: 1 }, list: ['x', 'y'] }

test.each<[JsonOperation, YamlValue]>([
  [
    { op: 'add', path: '/c', value: 2 },
    { ...object, c: 2 },
  ],
  [
    { op: 'add', path: '/list/1', value: 'z' },
    { ...object, list: ['x', 'z', 'y'] },
  ],
  [
    { op: 'add', path: '/list/-', value: 'z' },
    { ...object, list: ['x', 'y', 'z'] },
  ],
  [
    { op: 'replace', path: '/a/b', value: 3 },
    { ...object, a: { b: 3 } },
  ],
  [
    { op: 'replace', path: '/a/new', value: 3 },
    { ...object, a: { b: 1, new: 3 } },
  ],
  [
    { op: 'replace', path: '/list/-1', value: 'z' },
    { ...object, list: ['x', 'z'] },
  ],
  [
    { op: 'remove', path: '/list/0' },
    { ...object, list: ['y'] },
  ],
  [
    { op: 'move', from: '/a/b', path: '/c' },
    { a: {}, list: ['x', 'y'], c: 1 },
  ],
  [
    { op: 'copy', from: '/a', path: '/c' },
    { ...object, c: { b: 1 } },
  ],
  [{ op: 'test', path: '/a/b', value: 1 }, object],
  [{ op: 'test', path: '/gone', value: null }, object],
  [
    { op: 'add', path: '/a~1b', value: 1 },
    { ...object, 'a/b': 1 },
  ],
])('%j', (operation, expected) => {
  expect(sameData(patched(object, operation) as YamlValue, expected)).toBe(true)
})

test.each<[JsonOperation, string]>([
  [{ op: 'remove', path: '/gone' }, '0: "/gone" is not in the object'],
  [{ op: 'add', path: '/gone/b', value: 1 }, '0: "/gone/b" has no parent in the object'],
  [{ op: 'replace', path: '/list/7', value: 1 }, '0: index "7" of "/list/7" is outside the list'],
  [{ op: 'add', path: '/list/x', value: 1 }, '0: "x" in "/list/x" is not an index of a list'],
  [{ op: 'test', path: '/a/b', value: '1' }, '0: the value at "/a/b" is not the one tested for'],
])('%j is refused', (operation, message) => {
  expect(patched(object, operation)).toBe(message)
})
