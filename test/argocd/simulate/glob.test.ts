import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isGlob, matchesFilePath, matchesGlob } from '../../../generator/argocd/simulate/glob.ts'

test.each([
  // gobwas/glob, glob.go: the grammar in its comment.
  ['*', 'a/b', '', true],
  ['*', 'a/b', '/', false],
  ['**', 'a/b', '/', true],
  ['a*c', 'abbc', '', true],
  ['a*c', 'ab', '', false],
  ['?', 'a', '', true],
  ['?', '/', '/', false],
  ['[abc]x', 'bx', '', true],
  ['[!abc]x', 'bx', '', false],
  ['[!abc]x', 'dx', '', true],
  ['[a-c]', 'b', '', true],
  ['[!a-c]', 'b', '', false],
  ['[]', 'a', '', false],
  ['[a', 'a', '', false],
  ['[c-a]', 'b', '', false],
  ['{a,b}c', 'bc', '', true],
  ['{a,b}c', 'cc', '', false],
  ['{a*,b}', 'axx', '', true],
  ['{,a}b', 'b', '', true],
  ['{a,{b,c}}', 'c', '', true],
  ['\\*', '*', '', true],
  ['\\*', 'a', '', false],
  ['a,b', 'a,b', '', true],
  ['a}', 'a}', '', true],
  ['', '', '', true],
  ['', 'a', '', false],
  // match/single.go, list.go and range.go decode the empty text to one character.
  ['?', '', '', true],
  ['[!a]', '', '', true],
  ['[!a-c]', '', '', true],
  ['[a-c]', '', '', false],
  ['a?', 'a', '', false],
  ['https://github.com/argoproj/*', 'https://github.com/argoproj/a/b', '/', false],
  ['https://github.com/argoproj/**', 'https://github.com/argoproj/a/b', '/', true],
])('glob %s on %s with separators "%s": %s', (pattern, text, separators, expected) => {
  expect(matchesGlob(pattern, text, separators)).toBe(expected)
})

test.each([
  // https://pkg.go.dev/path/filepath#Match
  ['*', 'Deployment', true],
  ['*', 'a/b', false],
  ['?', 'a', true],
  ['[^a]', 'b', true],
  ['[^a]', 'a', false],
  ['[a-ce]', 'e', true],
  ['[a-ce]', 'd', false],
  ['[]a]', ']', false],
  ['[a', 'a', false],
  ['[', '[', false],
  ['\\*', '*', true],
  ['a\\', 'a', false],
  ['{a,b}', 'a', false],
  ['**', 'ab', true],
  ['team1-*', 'team1-x', true],
  ['', '', true],
  ['', 'x', false],
  ['[-]', '-', false],
  ['[\\-x]', '-', true],
])('filepath %s on %s: %s', (pattern, text, expected) => {
  expect(matchesFilePath(pattern, text)).toBe(expected)
})

test('a hostile pattern costs no more than its length times the text', () => {
  expect(matchesGlob('*a'.repeat(200) + 'b', 'a'.repeat(2000))).toBe(false)
  expect(matchesGlob('{a,'.repeat(2000), 'a')).toBe(false)
})

test('a pattern without special characters matches itself alone', () => {
  const plain = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '-', ',') })
  fc.assert(
    fc.property(plain, plain, (pattern, text) => {
      expect(matchesGlob(pattern, text, '/')).toBe(pattern === text)
      expect(matchesFilePath(pattern, text)).toBe(pattern === text)
    }),
  )
})

test('the two dialects agree with a regular expression where they share a meaning', () => {
  const part = fc.constantFrom('a', 'b', '/', '*', '?')
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 }),
      (parts, text) => {
        const pattern = parts.join('')
        fc.pre(!pattern.includes('**') && !(pattern === '?' && text === ''))
        const expression = new RegExp(`^${pattern.replaceAll('?', '[^/]').replaceAll('*', '[^/]*')}$`)
        expect(matchesGlob(pattern, text, '/')).toBe(expression.test(text))
        expect(matchesFilePath(pattern, text)).toBe(expression.test(text))
      },
    ),
    { numRuns: 500 },
  )
})

test('what compiles', () => {
  expect(isGlob('a*{b,c}')).toBe(true)
  expect(isGlob('[')).toBe(false)
})
