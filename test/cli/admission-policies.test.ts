// Admission policies of a repository, and rules of custom resource schemas, as `gitops validate` applies them.

import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: at-most-three
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
    - apiGroups: [apps]
      apiVersions: [v1]
      operations: [CREATE, UPDATE]
      resources: [deployments]
  validations:
  - expression: object.spec.replicas <= 3
    message: too many replicas
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: at-most-three
spec:
  policyName: at-most-three
  validationActions: [Deny]
`
const deployment = (replicas: number): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  replicas: ${replicas}\n  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      containers:\n      - name: c\n        image: c:1\n`

test.each([
  { replicas: 3, code: 0 },
  { replicas: 4, code: 1 },
])(
  'a policy of k8s/policies decides about $replicas replicas in an overlay named alone',
  async ({ replicas, code }) => {
    const root = directoryWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'k8s/policies/kustomization.yaml': 'resources:\n- policy.yaml\n',
      'k8s/policies/policy.yaml': policy,
      'k8s/overlays/one/kustomization.yaml': 'resources:\n- a.yaml\n',
      'k8s/overlays/one/a.yaml': deployment(replicas),
    })
    const result = await runCli(root, ['validate', 'k8s/overlays/one', '--only', 'admission'])
    expect({ code: result.code, named: result.stdout.includes('too many replicas') }).toEqual({
      code,
      named: code === 1,
    })
  },
)

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              min: {type: integer}
              max: {type: integer}
            x-kubernetes-validations:
            - rule: self.min <= self.max
              message: min is above max
`
const widget = (spec: string): string =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n  namespace: shop\nspec: ${spec}\n`

test.each([
  { spec: '{min: 1, max: 2}', code: 0, says: '1 error' },
  { spec: '{min: 3, max: 2}', code: 1, says: 'min is above max' },
  // The server counts an error as a broken rule.
  { spec: '{min: 3}', code: 1, says: 'no such key: max' },
])('a rule of a custom resource schema on $spec', async ({ spec, code, says }) => {
  const root = directoryWith({ 'all.yaml': `${definition}---\n${widget(spec)}` })
  const result = await runCli(root, ['validate', 'all.yaml', '--only', 'schema'])
  expect(result.code).toBe(code)
  expect(result.stdout.includes(says)).toBe(says !== '1 error')
})
