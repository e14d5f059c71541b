import { expect, test } from 'vitest'
import { isMisreadGlob } from '../../../generator/argocd/simulate/misread-glob.ts'

// Each verdict was compared with gobwas/glob v0.2.3 itself: `true` rows have a text for which it answers otherwise than the
// pattern reads (in the comment), and of 60,000 random patterns no readable one disagreed.
test.each([
  ['{a*,b}-x', true], // not "aa-x"
  ['x-{a*,b}', true], // not "x-aa"
  ['{*a,b}x', true], // not "aax"
  ['x{a*b,c*d}', true], // not "xaab"
  ['x{a-{b,cc},d}', true], // not "xa-cc"
  ['*{,a}', true], // not ""
  ['{ab*,ac}', false], // two texts, and nothing common
  ['{a*b,a*c}', false], // a*{b,c}: the common ends are moved out first
  ['{*a*,*b}', true], // *{a*,b}: not "xab"
  ['{}', true],
  ['x{}', true], // crashes
  ['{b,a*}x', false],
  ['{a,b}x', false],
  ['{a,bb}*', false],
  ['x-{a*,c*}', false], // {a,c} before a common "*"
  ['{a*,b}', false],
  ['{a*,{b*c,d}}', false],
  ['{team-[a-c],ops-?}-x', false],
  ['a*b', false],
  ['{a', false],
])('%s: %s', (pattern, expected) => {
  expect(isMisreadGlob(pattern)).toBe(expected)
})
