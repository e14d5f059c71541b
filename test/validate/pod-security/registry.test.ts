import { podSecurityRules } from '../../../generator/validate/pod-security/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

describeRuleFixtures({
  family: 'pod-security',
  rules: podSecurityRules,
  pageFolder: 'generator/validate/pod-security/controls',
})
