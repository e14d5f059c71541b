import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  isWholeQuantity,
  parseQuantity,
  quantityOf,
  type Quantity,
} from '../../generator/manifest/quantity.ts'

function parsed(text: string): Quantity {
  const quantity = parseQuantity(text)
  if (quantity === undefined) throw new Error(`not a quantity: ${text}`)
  return quantity
}

describe('canonical form', () => {
  test.each([
    ['0', '0'],
    ['0Ki', '0'],
    ['0.0', '0'],
    ['1', '1'],
    ['0.1', '100m'],
    ['.5', '500m'],
    ['1.5', '1500m'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['1000Mi', '1000Mi'],
    ['1000m', '1'],
    ['1000k', '1M'],
    ['1000000', '1M'],
    ['512Ki', '512Ki'],
    ['0.5Ki', '512'],
    ['1023', '1023'],
    ['0.001Ki', '1024m'],
    ['100e3', '100e3'],
    ['1000e3', '1e6'],
    ['1e-3', '1e-3'],
    ['1E3', '1E3'],
    ['5E', '5E'],
    ['0.1n', '1n'],
    ['1.0000000001', '1000000001n'],
    ['-1.5Gi', '-1536Mi'],
    ['9Ei', '9223372036854775807'],
    ['100Gi', '100Gi'],
    [' 5Gi\n', '5Gi'],
    ['+5', '+5'],
  ])('%s is %s', (text, canonical) => {
    expect(formatQuantity(parsed(text))).toBe(canonical)
  })
})

test.each([
  '',
  '1.1.M',
  '1+1.0M',
  '0.1mi',
  '0.1am',
  'aoeu',
  '.5i',
  '1i',
  '-3.01i',
  '-3.01e-',
  '1 Gi',
  '1gi',
  '1KB',
  '1MB',
  '1K',
  '5%',
  '0x10',
  '1e1.5',
  'Gi1',
  '1Mi5',
  'NaN',
  '1,5',
])('refuses %j', text => expect(parseQuantity(text)).toBeUndefined())

test.each([
  ['100m', '0.1', 0],
  ['1Gi', '1G', 1],
  ['1G', '1Gi', -1],
  ['1024Ki', '1Mi', 0],
  ['-1', '0', -1],
  ['1e3', '1k', 0],
])('%s compared with %s', (a, b, expected) => {
  expect(compareQuantities(parsed(a), parsed(b))).toBe(expected)
})

test('adds in the format of the first amount that is not zero', () => {
  expect(formatQuantity(addQuantities(parsed('512Mi'), parsed('512Mi')))).toBe('1Gi')
  expect(formatQuantity(addQuantities(parsed('0'), parsed('1Gi')))).toBe('1Gi')
  expect(formatQuantity(addQuantities(parsed('500m'), parsed('1.5')))).toBe('2')
})

test('whole amounts', () => {
  expect(isWholeQuantity(parsed('2'))).toBe(true)
  expect(isWholeQuantity(parsed('1500m'))).toBe(false)
})

test('YAML values: numbers count, other types do not', () => {
  expect(quantityOf(0.5)?.nanos).toBe(500_000_000n)
  expect(quantityOf(10n)?.nanos).toBe(10_000_000_000n)
  expect(quantityOf(1e21)?.nanos).toBe(10n ** 30n)
  expect(quantityOf(true)).toBeUndefined()
  expect(quantityOf(Number.NaN)).toBeUndefined()
})

test('huge exponents stay bounded', () => {
  expect(parseQuantity('1e999999999')).toBeDefined()
  expect(parsed('1e-999999999').nanos).toBe(1n)
})

test('canonical text stands for the same amount, and is its own canonical form', () => {
  const text = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.option(fc.nat(999_999)),
      fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-2'),
    )
    .map(([sign, whole, fraction, suffix]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${suffix}`)
  fc.assert(
    fc.property(text, value => {
      const quantity = parsed(value)
      const again = parsed(formatQuantity({ nanos: quantity.nanos, format: quantity.format }))
      expect(again.nanos).toBe(quantity.nanos)
      expect(formatQuantity({ nanos: again.nanos, format: again.format })).toBe(
        formatQuantity({ nanos: quantity.nanos, format: quantity.format }),
      )
    }),
  )
})

test('a text of any length is refused in one pass', () => {
  expect(parseQuantity(`${'0'.repeat(200_000)}!`)).toBeUndefined()
  expect(parseQuantity(`${'1'.repeat(200_000)}!`)).toBeUndefined()
})
