import { expect, test } from 'vitest'
import { parseDuration } from '../../generator/manifest/duration.ts'

test.each([
  ['0', 0],
  ['1s', 1],
  ['1h30m', 5400],
  ['1.5m', 90],
  ['-2ms', -0.002],
  ['.5s', 0.5],
  ['+3m', 180],
])('%s is %d seconds', (text, seconds) => expect(parseDuration(text)).toBeCloseTo(seconds))

test.each(['', '1', 's', '1d', '1 h', '1h ', '.s', '--1s', '9999999999h', '1h30'])('refuses %j', text =>
  expect(parseDuration(text)).toBeUndefined(),
)

test('a text of any length is refused in one pass', () => {
  expect(parseDuration('0'.repeat(200_000))).toBeUndefined()
})
