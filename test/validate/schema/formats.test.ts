// Forms of strings and numbers, each with its near miss.

import { describe, expect, test } from 'vitest'
import { fitsInteger, formatProblem, isQuantity } from '../../../generator/validate/schema/formats.ts'
import { goPattern } from '../../../generator/validate/schema/go-pattern.ts'

test.each([
  '0',
  '1',
  '-1',
  '+1',
  '1.',
  '.5',
  '1.5',
  '100m',
  '1k',
  '1M',
  '1Ki',
  '1.5Gi',
  '1E',
  '1e3',
  '1E3',
  '1e-3',
  '1e+3',
  '5n',
  '5u',
  ' 5 ',
  0,
  1,
  1.5,
  -3,
  10n,
])('%s is a quantity', value => {
  expect(isQuantity(value)).toBe(true)
})

test.each([
  '',
  ' ',
  'm',
  '1 m',
  '100MB',
  '1mi',
  '1K',
  '1ki',
  '1KI',
  '1G1',
  '1e',
  '1e3Ki',
  '1e1.5',
  '--1',
  '0x10',
  '1,5',
  'one',
  'NaN',
  '1_000',
  true,
  null,
  [],
  {},
])('%s is no quantity', value => {
  expect(isQuantity(value)).toBe(false)
})

describe.each<[string, readonly string[], readonly string[]]>([
  ['byte', ['', 'YQ==', 'YWI=', 'YWJj', 'YW\nJj\r\n'], ['YQ', 'YQ=', 'a b=', 'YQ==YQ==x', '_-__']],
  [
    'date-time',
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123456+02:00', '2024-02-29T00:00:00Z'],
    [
      '',
      '2026-01-31',
      '2026-01-31T12:00:00',
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-31T24:00:00Z',
      '2026-01-31 12:00:00Z',
    ],
  ],
  ['date', ['2026-01-31'], ['2026-1-31', '2026-02-30']],
  ['go-duration', ['0', '1h', '1h30m', '1.5s', '-2m', '5us', '5µs', '100ms'], ['', '1', '1d', '1 h', 'h', '1h30']],
  ['duration', ['0', '1h', '1d', '1 h', '1h30', '5 minutes', '2 Weeks'], ['', '1', 'h', 'soon', '5 moons']],
  ['uri', ['/', '/a b', 'https://a.example/b', 'mailto:a', '*'], ['', 'a', 'a/b', '://a', '/a\n', '/%zz']],
  ['filled-byte', ['YQ=='], ['', 'a']],
  ['go-time', ['2026-01-31T12:00:00Z', '2026-01-31T1:00:00.5+02:00'], ['2026-01-31t12:00:00Z', '2026-01-31T12:00:00z']],
  ['micro-time', ['2026-01-31T12:00:00.000001Z'], ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.001Z']],
  ['ipv4', ['10.0.0.1', '255.255.255.255'], ['10.0.0', '256.1.1.1', '10.0.0.1/8', '::1']],
  [
    'ipv6',
    ['::', '::1', 'fe80::1', '2001:db8:0:0:0:0:0:1', '::ffff:10.0.0.1'],
    ['', ':::', '1::2::3', '10.0.0.1', '1:2:3:4:5:6:7', 'g::1'],
  ],
  ['cidr', ['10.0.0.0/8', '::/0', '2001:db8::/32'], ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', '::/129', '/8']],
  ['mac', ['00:1b:44:11:3a:b7'], ['00:1b:44', '00-1b-44-11-3a-zz']],
  ['uuid', ['a81bc81b-dead-4e5d-abff-90865d1e13b1', 'A81BC81BDEAD4E5DABFF90865D1E13B1'], ['a81bc81b', '']],
  ['hostname', ['example.com', 'a', 'bücher.example'], ['', '-a', 'a..b', 'a_b', 'shop.1', 'a'.repeat(64)]],
  ['email', ['a@example.com'], ['a', '@example.com']],
])('%s', (format, good, bad) => {
  test.each(good)('"%s"', value => expect(formatProblem(format, value)).toBeUndefined())
  test.each(bad)('not "%s"', value => expect(formatProblem(format, value)).toBeDefined())
})

test('a format the server does not know is not checked', () => {
  expect(formatProblem('made-up', 'anything')).toBeUndefined()
})

test.each([
  ['int32', 2147483647, true],
  ['int32', 2147483648, false],
  ['int32', -2147483648, true],
  ['int32', -2147483649, false],
  ['int64', 9223372036854775807n, true],
  ['int64', 9223372036854775808n, false],
  ['int64', -9223372036854775808n, true],
  ['int64', -9223372036854775809n, false],
  ['int64', 2 ** 53, true],
  ['int64', 1e30, false],
] as const)('%s %s: %s', (format, value, fits) => {
  expect(fitsInteger(format, value)).toBe(fits)
})

test.each([
  ['^[[:alpha:]]+$', 'abc', 'a1'],
  ['^(?i)(abort|warn)?$', 'ABORT', 'stop'],
  [String.raw`\Aab\z`, 'ab', 'abc'],
  ['^(?P<name>a)$', 'a', 'b'],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a-b', 'a-'],
  [String.raw`^\Q1.2\E$`, '1.2', '1x2'],
])('the Go pattern %s', (pattern, good, bad) => {
  expect(goPattern(pattern)?.test(good)).toBe(true)
  expect(goPattern(pattern)?.test(bad)).toBe(false)
})

test.each(['(?s-i:a)', '(', String.raw`\pN+[`])('a pattern that cannot be expressed is not guessed: %s', pattern => {
  expect(goPattern(pattern)).toBeUndefined()
})

test('durations', () => {
  expect(formatProblem('go-duration', '1h')).toBeUndefined()
  expect(formatProblem('go-duration', '1 hour')).toBe('a duration such as 1h30m')
})

test('a text of any length is refused in one pass', () => {
  expect(isQuantity(`${'1'.repeat(200_000)}!`)).toBe(false)
})
