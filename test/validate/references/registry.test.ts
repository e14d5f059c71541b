import { referenceRules } from '../../../generator/validate/references/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

describeRuleFixtures({
  family: 'reference',
  rules: referenceRules,
  ruleFolder: 'generator/validate/references/rules',
})
