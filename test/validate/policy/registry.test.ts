import { policyRules } from '../../../generator/validate/policy/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

describeRuleFixtures({ family: 'policy', rules: policyRules, ruleFolder: 'generator/validate/policy/rules' })
