// The colours of the text report.

import { expect, test } from 'vitest'
import { createPaint } from '../../generator/report/paint.ts'

test('colours and weights are switched on before a text, and off behind it', () => {
  const paint = createPaint(true)
  expect([paint.red('a'), paint.bold('b'), paint.dim('c')]).toEqual([
    '\u001B[31ma\u001B[39m',
    '\u001B[1mb\u001B[22m',
    '\u001B[2mc\u001B[22m',
  ])
})

test('without colour a text stays as it is', () => {
  const paint = createPaint(false)
  expect([paint.red('a'), paint.bold('b'), paint.cyan('c')]).toEqual(['a', 'b', 'c'])
})
