// The examples of RFC 7386, appendix A, told anew.

import { expect, test } from 'vitest'
import type { YamlValue } from '../../generator/manifest/value.ts'
import { mergePatch } from '../../generator/merge/merge-patch.ts'

test.each<[target: YamlValue, patch: YamlValue, result: YamlValue]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('%j with %j is %j', (target, patch, result) => {
  const before = JSON.stringify(target)
  expect(mergePatch(target, patch)).toEqual(result)
  expect(JSON.stringify(target)).toBe(before)
})
