import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { toResource, type Resource } from '../../../generator/manifest/resource.ts'
import { policyRules } from '../../../generator/validate/policy/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

const fixtures = 'test/fixtures/policy'

describeRuleFixtures({ family: 'policy', rules: policyRules, ruleFolder: 'generator/validate/policy/rules' })

describe('kinds spare work and hide nothing', () => {
  const objects = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => resourcesOf(join(fixtures, file)))

  test('there are objects of many kinds', () => {
    expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThan(25)
  })

  test.each(policyRules.filter(({ kinds }) => kinds !== undefined).map(rule => ({ code: rule.code, rule })))(
    '$code',
    ({ rule }) => {
      const applying = objects.filter(resource => rule.appliesTo(resource)).map(({ kind }) => kind)
      expect(applying.length).toBeGreaterThan(0)
      expect([...new Set(applying)].filter(kind => rule.kinds?.includes(kind) !== true)).toEqual([])
    },
  )
})

function resourcesOf(file: string): readonly Resource[] {
  return parseYaml(readFileSync(file, 'utf8'), file).value.flatMap(
    ({ value, document }) => toResource(value, { file, document }) ?? [],
  )
}
