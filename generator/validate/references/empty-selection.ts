// A selector that matches nothing in the tree: how sure it is that nothing in the cluster matches either, and what comes closest.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import { isSlip } from '../../diagnostics/suggest.ts'
import type { Graph, PodSelector, Workload } from '../../graph/graph.ts'
import { requiredLabels } from '../../graph/pod-selectors.ts'
import { labelText, selectorMatches } from '../../manifest/label-selector.ts'
import { groupOf } from '../../manifest/resource.ts'
import { asMap } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { fitsOperatedPods } from './operated-pods.ts'

/** Custom resources of these groups run no pods of their own. Any other may: then its operator's pods can be meant. */
const podlessGroups = new Set([
  'external-secrets.io',
  'bitnami.com',
  'cert-manager.io',
  'gateway.networking.k8s.io',
  'traefik.io',
  'traefik.containo.us',
  'networking.istio.io',
  'security.istio.io',
  'keda.sh',
  'secrets-store.csi.x-k8s.io',
  'snapshot.storage.k8s.io',
  'metrics.k8s.io',
  'kyverno.io',
  'cilium.io',
  'projectcalico.org',
  'crd.projectcalico.org',
])

const podlessMonitoring = new Set([
  'ServiceMonitor',
  'PodMonitor',
  'PrometheusRule',
  'Probe',
  'AlertmanagerConfig',
  'ScrapeConfig',
])
const podlessArgo = new Set([
  'Rollout',
  'Application',
  'ApplicationSet',
  'AppProject',
  'AnalysisTemplate',
  'ClusterAnalysisTemplate',
])

/**
 * Error where the tree holds workloads of that namespace; a warning where it holds none (the tree may be a part), or holds a
 * custom resource whose operator may run pods; information where the names of such a resource are asked for, undefined where labels
 * show that an operator's pods are meant.
 */
export function emptySelectionSeverity({ namespace, selector }: Scope, context: RuleContext): Severity | undefined {
  const { graph, resources } = context
  if (requiredLabels(selector).some(([label]) => operatorLabels.has(label))) return undefined
  const [elsewhere] = matchesElsewhere({ namespace, selector }, graph)
  if (elsewhere !== undefined) return unstatedSeverity(namespace, elsewhere.resource.namespace) ?? 'error'
  const operated = resources.all.filter(it => it.namespace === namespace && mayRunPods(it.kind, it.apiVersion))
  const fits = operated.map(resource => fitsOperatedPods(selector, resource))
  if (fits.includes('labels')) return undefined
  if (fits.includes('names') && !isMisspelt({ namespace, selector }, graph)) return 'info'
  if (namespace === 'kube-system' || graph.workloadsIn(namespace).length === 0) return 'warning'
  return operated.length > 0 ? 'warning' : 'error'
}

/** Whether the selector is that of a workload but for a slip. */
function isMisspelt({ namespace, selector }: Scope, graph: Graph): boolean {
  const wanted = requiredLabels(selector)
  return graph.workloadsIn(namespace).some(({ labels }) =>
    wanted.every(([label, value]) => {
      const has = labelText(labels[label])
      return has !== undefined && (has === value || isSlip(value, has))
    }),
  )
}

/** One of two objects states no namespace: it may be given the other's, and is where that is what kubectl gives. */
export function unstatedSeverity(one: string | undefined, other: string | undefined): Severity | undefined {
  if (one !== undefined && other !== undefined) return undefined
  return (one ?? other) === 'default' ? 'info' : 'warning'
}

/** Labels that operators, and Kubernetes itself, put on pods: no template in the tree shows them. */
const operatorLabels = new Set([
  'statefulset.kubernetes.io/pod-name',
  'batch.kubernetes.io/job-name',
  'job-name',
  'cnpg.io/cluster',
  'strimzi.io/cluster',
  'strimzi.io/name',
  'postgres-operator.crunchydata.com/cluster',
  'serving.knative.dev/service',
  'acid.zalan.do/cluster',
  'cluster-name',
  'elasticsearch.k8s.elastic.co/cluster-name',
  'kibana.k8s.elastic.co/name',
  'operator.prometheus.io/name',
  'gateway.networking.k8s.io/gateway-name',
  'cnpg.io/poolerName',
])

function mayRunPods(kind: string, apiVersion: string): boolean {
  const group = groupOf(apiVersion)
  if (!group.includes('.') || group.endsWith('.k8s.io') || podlessGroups.has(group)) return false
  if (group === 'monitoring.coreos.com') return !podlessMonitoring.has(kind)
  return group !== 'argoproj.io' || !podlessArgo.has(kind)
}

type Scope = Pick<PodSelector, 'namespace' | 'selector'>

/** Workloads of other namespaces that a selector would match. */
function matchesElsewhere({ namespace, selector }: Scope, graph: Graph): readonly Workload[] {
  return graph.workloads.filter(
    ({ resource, labels }) => resource.namespace !== namespace && selectorMatches(selector, labels),
  )
}

/** `; pods of Deployment "api" have app="api"`: the workload that shares most labels, and where it differs. */
export function closestWorkload({ namespace, selector }: Scope, graph: Graph): string {
  const [elsewhere] = matchesElsewhere({ namespace, selector }, graph)
  if (elsewhere !== undefined) {
    const { kind, name, namespace: other } = elsewhere.resource
    return `; ${kind} "${name}" would match, but is ${other === undefined ? 'rendered without a namespace' : `in namespace "${other}"`}`
  }
  const wanted = requiredLabels(selector)
  const scored = graph
    .workloadsIn(namespace)
    .slice(0, 500)
    .map(workload => ({
      workload,
      shared: wanted.filter(([label, value]) => labelText(asMap(workload.labels)[label]) === value).length,
      keys: wanted.filter(([label]) => workload.labels[label] !== undefined).length,
    }))
    .sort((a, b) => b.shared - a.shared || b.keys - a.keys)
  const best = scored[0]
  if (best === undefined || best.keys === 0) return ''
  const differing = wanted.find(([label, value]) => labelText(best.workload.labels[label]) !== value)
  if (differing === undefined) return ''
  const { kind, name } = best.workload.resource
  const has = labelText(best.workload.labels[differing[0]])
  const what = has === undefined ? `have no label "${differing[0]}"` : `have ${differing[0]}="${has}"`
  return `; pods of ${kind} "${name}" ${what}`
}
