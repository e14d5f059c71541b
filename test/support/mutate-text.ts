// Small accidents in a text: what editors, merges and half-finished typing do to a manifest.

import fc from 'fast-check'

const pieces = [
  ' ', '  ', '\n', '- ', ': ', '#', ' #', '"', "'", '|', '>', '|-\n', '>-\n', '&a ', '*a', '!!str ', '{', '}', '[', ']', ',', 'a', '---\n', '...\n',
  '\t', '<<: ', '? ', 'yes', '0755', '~', 'null', '1e3', '\n\n', '  - ', 'key: ', '\\', '%', '@', '`', '.5', '0x1f', 'a: b', '\n  ', 'é', ': |\n   x\n',
  ': >\n  a\n   b\n', '__proto__: 1\n', 'constructor: ', '\r\n', '\ufeff', '<<<<<<< ', '18446744073709551616', '.inf',
] // prettier-ignore

/** One change: a piece put in, characters taken out, a line moved in or out, or copied elsewhere; places are fractions of the text. */
const change = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'indent', 'outdent', 'copy'),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  other: fc.double({ min: 0, max: 1, noNaN: true }),
  piece: fc.constantFrom(...pieces),
  count: fc.integer({ min: 1, max: 4 }),
})

/** A text with one to three accidents. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([text, changes]) => changes.reduce((changed, one) => apply(changed, one), text))
}

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function apply(text: string, { kind, place, other, piece, count }: Change): string {
  const at = Math.floor(place * text.length)
  if (kind === 'insert') return text.slice(0, at) + piece + text.slice(at)
  if (kind === 'delete') return text.slice(0, at) + text.slice(at + count)
  const lines = text.split('\n')
  const index = Math.floor(place * (lines.length - 1))
  const line = lines[index] ?? ''
  if (kind === 'indent') lines[index] = ' '.repeat(count) + line
  else if (kind === 'outdent') lines[index] = line.replace(/^ {1,2}/, '')
  else lines.splice(Math.floor(other * lines.length), 0, line)
  return lines.join('\n')
}
