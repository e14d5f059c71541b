import { expect, test } from 'vitest'
import { policyRules } from '../../generator/validate/policy/registry.ts'
import { syntheticFleet, timeRules, totalMilliseconds } from '../../scripts/bench/policy.ts'

test('the fleet the rules are timed on has 25 objects an app, and nothing to find', () => {
  const fleet = syntheticFleet(20)
  expect(fleet).toHaveLength(500)
  const times = timeRules(fleet)
  expect(times.map(({ code }) => code)).toEqual(policyRules.map(({ code }) => code))
  expect(times.filter(({ findings }) => findings > 0)).toEqual([])
  expect(totalMilliseconds(times)).toBeGreaterThan(0)
})
