import { admissionRules } from '../../../generator/validate/admission/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

describeRuleFixtures({
  family: 'admission',
  rules: admissionRules,
  pageFolder: 'generator/validate/admission/pages',
})
