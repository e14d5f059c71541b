import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accidentClasses } from '../../generator/validate/accident-classes.ts'
import { ruleFamilies } from '../../generator/validate/rule-families.ts'
import { accidentDocument, documentPath, fixturesOf } from '../../scripts/accident-classes.ts'

/** Tests by path: codes of families without fixture folders are named there. */
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && !file.includes('accident-classes'))
  .map(file => readFileSync(join('test', file), 'utf8'))
const registered = new Set<string>(ruleFamilies.flatMap(({ rules }) => rules.map(({ code }) => code)))
const sources = readdirSync('generator', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.endsWith('accident-classes.ts'))
  .map(file => readFileSync(join('generator', file), 'utf8'))
  .join('\n')
const codes = [...new Set(accidentClasses.flatMap(row => row.codes ?? []))]

describe('the table', () => {
  const counts = { K: 21, Y: 8, R: 15, W: 25, S: 18, A: 19, P: 34, X: 20, G: 8 }
  test.each(Object.entries(counts))('every class of %s, once', (letter, count) => {
    const ids = accidentClasses.map(({ id }) => id).filter(id => id.startsWith(letter))
    expect(ids).toEqual(expect.arrayContaining(Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)))
    expect(ids).toHaveLength(count)
  })

  test('a class has codes, or a reason why not', () => {
    expect(accidentClasses.filter(({ codes: own, note }) => own === undefined && note === undefined)).toEqual([])
    expect(accidentClasses.filter(({ codes: own }) => own?.length === 0)).toEqual([])
  })
})

describe('codes', () => {
  test.each(codes)('%s exists', code => {
    expect(registered.has(code) || new RegExp(`['"\`]${code}['"\`]`).test(sources)).toBe(true)
  })

  test.each(codes)('%s has fixtures or a test', code => {
    expect(fixturesOf(code) !== undefined || tests.some(text => text.includes(code))).toBe(true)
  })
})

test(`${documentPath} is current (npx tsx scripts/accident-classes.ts)`, () => {
  expect(readFileSync(documentPath, 'utf8')).toBe(accidentDocument(accidentClasses))
})
