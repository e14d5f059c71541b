// Pods are held to the Pod Security Standard of their Namespace wherever in the run that Namespace stands.

import { describe, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

const namespace = (level: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: ${level}\n`
const pod = `apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: api, image: 'example.com/api:1.0.0' }] }
`
const kustomization = (file: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${file}]\n`
const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: shop
  source: { repoURL: 'https://example.com/shop.git', path: app, targetRevision: main }
  destination: { server: 'https://kubernetes.default.svc', namespace: shop }
  syncPolicy:
    syncOptions: [CreateNamespace=true]
    managedNamespaceMetadata: { labels: { pod-security.kubernetes.io/enforce: baseline } }
`
const app = { 'app/kustomization.yaml': kustomization('pod.yaml'), 'app/pod.yaml': pod }
const namespaces = (folder: string, level: string): Readonly<Record<string, string>> => ({
  [`${folder}/kustomization.yaml`]: kustomization('namespace.yaml'),
  [`${folder}/namespace.yaml`]: namespace(level),
})

async function podSecurity(
  files: Readonly<Record<string, string>>,
): Promise<{ codes: string[]; notChecked: string[] }> {
  const { stdout } = await runCli(directoryWith(files), ['validate', '.', '--only', 'pod-security', '--format', 'json'])
  const report = JSON.parse(stdout) as { diagnostics: { code: string }[]; notChecked: string[] }
  return {
    codes: report.diagnostics.map(({ code }) => code),
    notChecked: report.notChecked.filter(one => one.includes('Pod Security')),
  }
}

describe('the Namespace of a pod', () => {
  test.each([
    { name: 'of another kustomization', files: namespaces('cluster', 'baseline') },
    { name: 'in a loose file', files: { 'namespace.yaml': namespace('baseline') } },
    { name: 'that an Application creates', files: { 'argocd/shop.yaml': application } },
    {
      name: 'rendered twice with the same labels',
      files: { ...namespaces('a', 'baseline'), ...namespaces('b', 'baseline') },
    },
  ])('$name', async ({ files }) => {
    expect(await podSecurity({ ...app, ...files })).toEqual({ codes: ['pod-security/host-namespaces'], notChecked: [] })
  })

  test.each([
    { name: 'nowhere', files: {} },
    {
      name: 'of two clusters that disagree',
      files: { ...namespaces('a', 'baseline'), ...namespaces('b', 'privileged') },
    },
  ])('$name: said, not passed over', async ({ files }) => {
    const { codes, notChecked } = await podSecurity({ ...app, ...files })
    expect(codes).toEqual([])
    expect(notChecked).toEqual([expect.stringContaining('namespaces whose labels are not here')])
    expect(notChecked[0]).toContain('shop')
  })

  test('its own rendering comes first', async () => {
    const own = {
      ...app,
      'app/kustomization.yaml': kustomization('pod.yaml, namespace.yaml'),
      'app/namespace.yaml': namespace('privileged'),
    }
    expect(await podSecurity({ ...own, ...namespaces('cluster', 'baseline') })).toEqual({ codes: [], notChecked: [] })
  })
})
