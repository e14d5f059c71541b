// Files of a tree that look like manifests and are given to no cluster: parts of Helm charts, templates, what tools read themselves.
// They are named as not checked, never passed over, and never held to rules that are not theirs.

import { posix } from 'node:path'
import { asString, isMap, type YamlValue } from '../manifest/value.ts'

/** The directories of Helm charts among these files: those with a Chart.yaml. */
export function chartDirectories(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.filter(path => posix.basename(path) === 'Chart.yaml').map(path => posix.dirname(path)))
}

/** Whether Helm reads a file as a part of a chart. Its `crds/` are plain manifests, which it hands on as they are. */
export function isChartPart(path: string, charts: ReadonlySet<string>): boolean {
  return [...charts].some(chart => {
    const inside = chart === '.' ? path : path.startsWith(`${chart}/`) ? path.slice(chart.length + 1) : undefined
    return (
      inside !== undefined && /^(?:Chart\.yaml|values[^/]*\.(?:ya?ml|json)|(?:templates|charts|ci)\/.*)$/.test(inside)
    )
  })
}

/** Text that becomes YAML only when a template engine (Helm, Jinja, gomplate) has read it: what it holds in place of values is no YAML. */
export function isTemplate(text: string): boolean {
  return /\{\{.*?\}\}|\{%.*?%\}/s.test(text)
}

/**
 * API groups of files that a program reads from disk: no API server serves them. (Their kinds have schemas in their own projects:
 * kubernetes' component configurations, kubeadm, kind, k3d, eksctl, Skaffold, Backstage, krew, kpt, kuttl, Kustomize, kube clients.)
 */
const toolGroups: ReadonlySet<string> = new Set([
  'apiserver.config.k8s.io',
  'apiserver.k8s.io',
  'audit.k8s.io',
  'backstage.io',
  'builtin',
  'cli.kyverno.io',
  'client.authentication.k8s.io',
  'controller-runtime.sigs.k8s.io',
  'eksctl.io',
  'k3d.io',
  'kind.x-k8s.io',
  'kpt.dev',
  'krew.googlecontainertools.github.com',
  'kubeadm.k8s.io',
  'kubelet.config.k8s.io',
  'kubeproxy.config.k8s.io',
  'kubescheduler.config.k8s.io',
  'kustomize.config.k8s.io',
  'kuttl.dev',
  'skaffold',
])

/** Whether a document is configuration of a tool, not an object for a cluster: by its group, or as a kubeconfig. */
export function isToolConfiguration(value: YamlValue | undefined): boolean {
  if (!isMap(value)) return false
  const apiVersion = asString(value['apiVersion']) ?? ''
  if (toolGroups.has(apiVersion.split('/', 1)[0] ?? '')) return true
  return apiVersion === 'v1' && value['kind'] === 'Config' && value['contexts'] !== undefined
}
