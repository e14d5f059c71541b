import { describe, expect, test } from 'vitest'
import { describeSelector, labelsInclude, selectorMatches } from '../../generator/manifest/label-selector.ts'

const labels = { app: 'api', tier: 'web', empty: '' }
const expression = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
})

describe('selectorMatches', () => {
  test.each([
    { name: 'an empty selector matches everything', selector: {}, expected: true },
    { name: 'all labels', selector: { matchLabels: { app: 'api', tier: 'web' } }, expected: true },
    { name: 'one label differs', selector: { matchLabels: { app: 'api', tier: 'db' } }, expected: false },
    { name: 'In', selector: expression('app', 'In', ['web', 'api']), expected: true },
    { name: 'In, label absent', selector: expression('zone', 'In', ['a']), expected: false },
    { name: 'NotIn', selector: expression('app', 'NotIn', ['api']), expected: false },
    { name: 'NotIn, label absent', selector: expression('zone', 'NotIn', ['a']), expected: true },
    { name: 'Exists', selector: expression('empty', 'Exists'), expected: true },
    { name: 'Exists, label absent', selector: expression('zone', 'Exists'), expected: false },
    { name: 'DoesNotExist', selector: expression('app', 'DoesNotExist'), expected: false },
    { name: 'DoesNotExist, label absent', selector: expression('zone', 'DoesNotExist'), expected: true },
    { name: 'an unknown operator matches nothing', selector: expression('app', 'Is', ['api']), expected: false },
    {
      name: 'both parts must hold',
      selector: { matchLabels: { app: 'api' }, ...expression('tier', 'In', ['db']) },
      expected: false,
    },
  ])('$name', ({ selector, expected }) => expect(selectorMatches(selector, labels)).toBe(expected))
})

test('labelsInclude', () => {
  expect(labelsInclude(labels, { app: 'api' })).toBe(true)
  expect(labelsInclude(labels, { app: 'web' })).toBe(false)
})

test('describeSelector', () => {
  expect(
    describeSelector({
      matchLabels: { app: 'api' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['a', 'b'] },
        { key: 'zone', operator: 'NotIn', values: ['c'] },
        { key: 'x', operator: 'Exists' },
        { key: 'y', operator: 'DoesNotExist' },
      ],
    }),
  ).toBe('app=api,tier in (a, b),zone notin (c),x,!y')
})
