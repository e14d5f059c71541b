import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonText } from '../../generator/manifest/json-text.ts'

test('is JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), value => {
      expect(jsonText(value)).toBe(JSON.stringify(value))
    }),
  )
})

test.each([
  [10n ** 20n, '100000000000000000000'],
  [[-(10n ** 20n), { a: 10n ** 19n }], '[-100000000000000000000,{"a":10000000000000000000}]'],
  [undefined, 'null'],
])('writes %s', (value, expected) => {
  expect(jsonText(value)).toBe(expected)
})
