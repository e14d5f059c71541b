// `gitops validate` on repositories as people have them: what no cluster is given is named as not checked, and what kustomize
// passes over is told.

import { expect, test } from 'vitest'
import { runCli } from '../../support/run-cli.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: apps }\n'
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: manager, namespace: apps }
spec:
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec: { containers: [{ name: m, image: 'm:1' }] }
`
const patch =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: manager, namespace: apps }\nspec: { replicas: 3 }\n'

interface Findings {
  readonly findings: readonly string[]
  readonly notChecked: readonly string[]
}

/** Findings but for those of policy, as "severity code file". */
async function findings(files: { readonly [path: string]: string }): Promise<Findings> {
  const { stdout, stderr } = await runCli(directoryWith(files), ['validate', '.', '--format', 'json'])
  if (stdout === '') throw new Error(stderr)
  const report = JSON.parse(stdout) as {
    readonly diagnostics: readonly { code: string; severity: string; at: { file: string } }[]
    readonly notChecked: readonly string[]
  }
  return {
    findings: report.diagnostics
      .filter(({ code }) => !code.startsWith('policy/'))
      .map(({ severity, code, at }) => `${severity} ${code} ${at.file}`),
    notChecked: report.notChecked,
  }
}

test('a Helm chart is named, its templates are not read as YAML, its crds/ are', async () => {
  const report = await findings({
    'web.yaml': configMap,
    'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 0.1.0\n',
    'chart/values.yaml': 'kind: x\n',
    'chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  {{- end }}\n',
    'chart/charts/sub/templates/b.yaml': '{{ x }}\n',
    'chart/crds/c.yaml': `${configMap}dta: {}\n`,
  })
  expect(report.findings).toEqual(['error schema/unknown-field chart/crds/c.yaml'])
  expect(report.notChecked).toContain('Helm charts, which only Helm can render: chart')
})

test('templates outside of charts are named; an object that cannot be read is a finding', async () => {
  const report = await findings({
    'web.yaml': configMap,
    't/jinja.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  {% if x %}\n  name: {{ x }}\n  {% endif %}\n',
    't/broken.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {\n',
    't/workflow.yaml': 'on: push\non: pull\n',
  })
  expect(report.findings).toEqual(['error yaml/syntax t/broken.yaml'])
  expect(report.notChecked).toEqual([
    'files that hold no Kubernetes object: t/workflow.yaml',
    'templates, which are no YAML before they are filled in: t/jinja.yaml',
  ])
})

test('what tools read from disk is no object of a cluster; what merely has no schema stays an error', async () => {
  const report = await findings({
    'web.yaml': configMap,
    'kind.yaml': 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n',
    'skaffold.yaml': 'apiVersion: skaffold/v4beta6\nkind: Config\n',
    'kubeconfig.yaml': 'apiVersion: v1\nkind: Config\ncontexts: []\n',
    'widget.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: apps }\n',
  })
  expect(report.findings).toEqual(['error schema/no-schema widget.yaml'])
  expect(report.notChecked).toEqual(['files that hold no Kubernetes object: kind.yaml, kubeconfig.yaml, skaffold.yaml'])
})

test('a patch that is switched off is no manifest with fields missing; an object that nothing lists is a warning', async () => {
  const { findings: found } = await findings({
    'config/default/kustomization.yaml': 'resources: [../manager]\nnamePrefix: my-\n#patches: [off.yaml]\n',
    'config/default/patches/off.yaml': patch,
    'config/manager/kustomization.yaml': 'resources: [manager.yaml]\n',
    'config/manager/manager.yaml': deployment,
    'config/manager/forgotten.yaml': `${configMap}dta: {}\n`,
    'config/parts/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
    'config/parts/patch.yaml': patch,
    'plain/a.yaml': `${configMap}dta: {}\n`,
  })
  expect(found).toEqual([
    'info kustomize/unreached-file config/default/patches/off.yaml',
    'warning kustomize/unreached-file config/manager/forgotten.yaml',
    'error schema/unknown-field plain/a.yaml',
  ])
})

test('a build that fails hides only what it would have read', async () => {
  const { findings: found } = await findings({
    'good/kustomization.yaml': 'resources: [manager.yaml]\n',
    'good/manager.yaml': deployment,
    'good/forgotten.yaml': configMap,
    'bad/kustomization.yaml': 'resources: [missing.yaml, later.yaml]\n',
    'bad/later.yaml': configMap,
  })
  expect(found).toEqual([
    'error kustomize/missing-directory bad/kustomization.yaml',
    'warning kustomize/unreached-file good/forgotten.yaml',
  ])
})

test('what kustomize passes over in silence is told', async () => {
  const { findings: found } = await findings({
    'kustomization.yaml':
      'resources: [manager.yaml]\nimages: [{ name: other, newTag: v1 }]\npatches: [{ path: p.yaml, target: { kind: Job } }]\n',
    'manager.yaml': deployment,
    'p.yaml': patch,
  })
  expect(found).toEqual([
    'warning kustomize/unmatched-image kustomization.yaml',
    'warning kustomize/unmatched-patch kustomization.yaml',
  ])
})

test('a definition that another directory deploys is the schema of what it defines', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer } } } } } }
`
  const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: apps }\nspec: { size: '
  const { findings: found } = await findings({
    'crd/kustomization.yaml': 'resources: [crd.yaml]\n',
    'crd/crd.yaml': definition,
    'samples/kustomization.yaml': 'resources: [good.yaml]\n',
    'samples/good.yaml': `${widget}1 }\n`,
    'plain/bad.yaml': `${widget}many }\n`,
  })
  expect(found).toEqual(['error schema/wrong-type plain/bad.yaml'])
})
