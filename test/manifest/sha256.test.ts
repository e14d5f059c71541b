// Our SHA-256 against Node's.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../../generator/manifest/sha256.ts'

function nodes(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

test.each([0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 100_000])('%i bytes', length => {
  const text = 'a'.repeat(length)
  expect(sha256(text)).toBe(nodes(text))
})

test('random texts, beyond ASCII and with half surrogates', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('', '\uD800', '\uDC00 x'),
      (text, half) => {
        expect(sha256(text + half)).toBe(nodes(text + half))
      },
    ),
    { numRuns: 100 },
  )
})
