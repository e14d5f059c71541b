import { expect, test } from 'vitest'
import { applyDefaults } from '../../../generator/validate/schema/apply-defaults.ts'
import { decodeFragment } from '../../../generator/validate/schema/custom-schema.ts'
import { committedCatalog } from './committed-catalog.ts'

const node = decodeFragment(
  {
    type: 'object',
    properties: {
      a: { type: 'integer', default: 1 },
      b: { type: 'object', properties: { c: { type: 'string', default: 'x' } }, default: {} },
      d: { type: 'array', items: { type: 'object', properties: { e: { type: 'boolean', default: false } } } },
      n: { type: 'string', nullable: true, default: 'y' },
    },
  },
  committedCatalog().version('1.36'),
)

test.each([
  [{}, { a: 1, b: { c: 'x' }, n: 'y' }],
  [
    { a: 2, b: { c: 'z' }, n: null },
    { a: 2, b: { c: 'z' }, n: null },
  ],
  [
    { a: null, d: [{}, { e: true }] },
    { a: 1, b: { c: 'x' }, n: 'y', d: [{ e: false }, { e: true }] },
  ],
])('%j is %j', (given, wanted) => {
  const copy = structuredClone(given)
  expect(applyDefaults(node, given)).toEqual(wanted)
  expect(given).toEqual(copy)
})

test('a value with nothing to fill in is not copied', () => {
  const value = { a: 1, b: { c: 'x' }, n: null, d: [{ e: true }] }
  expect(applyDefaults(node, value)).toBe(value)
})
