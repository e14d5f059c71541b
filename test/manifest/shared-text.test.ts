import { expect, test } from 'vitest'
import { answeredOnce, sharedText } from '../../generator/manifest/shared-text.ts'

test('a text is asked about once, whatever the answer', () => {
  const asked: string[] = []
  const length = answeredOnce(text => {
    asked.push(text)
    return text === '' ? undefined : text.length
  })
  expect(['a', 'abc', '', 'a', '', 'abc', '__proto__', '7'].map(length)).toEqual([
    1,
    3,
    undefined,
    1,
    undefined,
    3,
    9,
    1,
  ])
  expect(asked).toEqual(['a', 'abc', '', '__proto__', '7'])
})

test('beyond ten thousand texts answers are right, and no longer kept', () => {
  let asked = 0
  const answer = answeredOnce(text => {
    asked++
    return `${text}!`
  })
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 10_001; index++) expect(answer(`text ${index}`)).toBe(`text ${index}!`)
  }
  expect(asked).toBe(10_002)
})

test.each(['Deployment', '', '7', '__proto__'])('a shared text is the same text: "%s"', text => {
  expect(sharedText(text)).toBe(text)
})
