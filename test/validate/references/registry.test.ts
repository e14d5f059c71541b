import { expect, test } from 'vitest'
import { referringKinds } from '../../../generator/manifest/references-of.ts'
import { referenceRules } from '../../../generator/validate/references/registry.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

describeRuleFixtures({
  family: 'reference',
  rules: referenceRules,
  ruleFolder: 'generator/validate/references/rules',
})

const kinds = [...new Set([...referringKinds, 'NetworkPolicy', 'Service', 'PodDisruptionBudget', 'Gateway', 'Widget'])]
const groups = [
  '',
  'apps',
  'batch',
  'policy',
  'networking.k8s.io',
  'gateway.networking.k8s.io',
  'rbac.authorization.k8s.io',
  'example.com',
]

test.each(referenceRules.filter(rule => rule.kinds !== undefined))('$code names all kinds it applies to', rule => {
  for (const kind of kinds) {
    for (const group of groups) {
      const apiVersion = group === '' ? 'v1' : `${group}/v1`
      const object = {
        apiVersion,
        kind,
        metadata: { name: 'a' },
        spec: { template: { spec: {} }, jobTemplate: { spec: { template: { spec: {} } } } },
        template: { spec: {} },
      }
      const resource = { apiVersion, kind, name: 'a', object, source: { file: 'a.yaml', document: 1 } }
      if (rule.appliesTo(resource)) expect(rule.kinds).toContain(kind)
    }
  }
})
