// The public names. A change here is a change that users see: it needs a line in the changelog.

import { expect, test } from 'vitest'
import * as api from '../generator/index.ts'

test('the public values are these', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "admissionPolicy",
      "applyExceptions",
      "asList",
      "asMap",
      "buildKustomization",
      "checkArgoCd",
      "checkEnvironment",
      "checkRuleFixtures",
      "containersOf",
      "createBuilder",
      "cronJob",
      "decodeFile",
      "definePolicyRule",
      "documentResources",
      "encodeFile",
      "exec",
      "existingSecrets",
      "externalSecrets",
      "gateway",
      "http",
      "ingress",
      "internal",
      "kubernetesVersions",
      "loadBalancer",
      "migration",
      "openCatalog",
      "parseImage",
      "parseYaml",
      "platform",
      "podTemplateOf",
      "postgres",
      "printDocuments",
      "printYaml",
      "recreate",
      "redis",
      "renderBuild",
      "renderPlatform",
      "rolling",
      "sealedSecrets",
      "service",
      "tcp",
      "valueAt",
      "worker",
    ]
  `)
})

test('a manifest goes through the public stages', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
  const tree = new Map([
    ['k/kustomization.yaml', 'resources:\n- a.yaml\nnamePrefix: p-\n'],
    ['k/a.yaml', text],
  ])
  const { value, diagnostics } = api.buildKustomization(tree, 'k')
  expect(diagnostics).toEqual([])
  expect(api.renderBuild(value)).toBe(text.replace('name: a', 'name: p-a'))
  expect(api.documentResources(api.parseYaml(text, 'a.yaml').value).value[0]?.name).toBe('a')
})
