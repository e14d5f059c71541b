import { expect, test } from 'vitest'
import { allRules } from '../../generator/validate/check-environment.ts'
import type { Rule } from '../../generator/validate/rule.ts'

// runRules asks rules that share one `appliesTo` once, so they have to look at the same objects.
test('rules that share an appliesTo share what narrows it', () => {
  const narrowing = new Map<Rule['appliesTo'], Set<string>>()
  for (const { appliesTo, kinds, annotated } of allRules()) {
    const known = narrowing.get(appliesTo) ?? new Set()
    narrowing.set(appliesTo, known.add(`${kinds?.join(' ') ?? 'all kinds'}${annotated === true ? ', annotated' : ''}`))
  }
  expect(narrowing.size).toBeGreaterThan(100)
  expect([...narrowing.values()].filter(ways => ways.size > 1)).toEqual([])
})
