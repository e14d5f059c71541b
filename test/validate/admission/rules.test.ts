import { admissionRules } from '../../../generator/validate/admission/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'
import { schemaLookup } from '../../../generator/validate/schema/schema-lookup.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'
import { committedCatalog } from '../schema/committed-catalog.ts'

const catalog = committedCatalog()

describeRuleFixtures({
  family: 'admission',
  rules: admissionRules,
  pageFolder: 'generator/validate/admission/pages',
  run: (rule, context) => {
    const crds = context.resources.ofKind('CustomResourceDefinition')
    return runRules([rule], { ...context, schemas: () => schemaLookup({ catalog, version: '1.34', crds }) })
  },
})
