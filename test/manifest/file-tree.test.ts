// Files as text: bytes survive, directories are found with and without listing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeFile, directoryTest, encodeFile, isBinary } from '../../generator/manifest/file-tree.ts'

describe('any bytes come back as they were', () => {
  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes =>
        encodeFile(decodeFile(Buffer.from(bytes))).equals(Buffer.from(bytes)),
      ),
    )
  })

  test('arbitrary text, which is not binary', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const bytes = Buffer.from(text, 'utf8')
        return encodeFile(decodeFile(bytes)).equals(bytes) && !isBinary(decodeFile(bytes))
      }),
    )
  })

  test.each([
    { name: 'a replacement character that was written', bytes: [0xef, 0xbf, 0xbd], binary: false },
    { name: 'the same beside a broken byte', bytes: [0xef, 0xbf, 0xbd, 0xff], binary: true },
    { name: 'a surrogate in UTF-8', bytes: [0xed, 0xb2, 0x80], binary: true },
    { name: 'a character cut short', bytes: [0x61, 0xc3], binary: true },
    { name: 'beyond Unicode', bytes: [0xf4, 0x90, 0x80, 0x80], binary: true },
    { name: 'an overlong slash', bytes: [0xc0, 0xaf], binary: true },
  ])('$name', ({ bytes, binary }) => {
    const text = decodeFile(Buffer.from(bytes))
    expect([isBinary(text), [...encodeFile(text)]]).toEqual([binary, bytes])
  })
})

test('directories are those that hold files, and the root', () => {
  const isDirectory = directoryTest(new Map([['a/b/c.yaml', '']]))
  expect(['', 'a', 'a/b', 'a/b/c.yaml', 'b', 'a/'].map(isDirectory)).toEqual([true, true, true, false, false, false])
})
