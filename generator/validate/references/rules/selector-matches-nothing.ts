// R9, R10: a PodDisruptionBudget, NetworkPolicy or monitor whose selector matches nothing protects, restricts or watches nothing,
// in silence (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).

import type { PodSelector } from '../../../graph/graph.ts'
import { podSelectorOf, requiredLabels } from '../../../graph/pod-selectors.ts'
import { describeSelector, selectorMatches } from '../../../manifest/label-selector.ts'
import { pointer } from '../../../manifest/pointer.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, isMap, type YamlMap } from '../../../manifest/value.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { closestWorkload, emptySelectionSeverity } from '../empty-selection.ts'

const kinds = new Set(['PodDisruptionBudget', 'NetworkPolicy', 'PodMonitor', 'ServiceMonitor'])

export const selectorMatchesNothing: Rule = {
  code: 'reference/selector-matches-nothing',
  severity: 'error',
  summary: 'Selectors of budgets, policies and monitors match something in their namespace.',
  kinds: [...kinds],
  appliesTo: ({ kind }) => kinds.has(kind),
  *check(resource, context) {
    if (resource.kind === 'ServiceMonitor') yield* monitorFindings(resource, context)
    else yield* ownSelector(resource, context)
    if (resource.kind === 'NetworkPolicy') yield* peers(resource, context)
  },
}

function* ownSelector(resource: Resource, context: RuleContext): Iterable<Finding> {
  const selector = podSelectorOf(resource)
  if (selector === undefined || isEmpty(selector.selector) || context.graph.workloadsSelectedBy(resource).length > 0)
    return
  const severity = emptySelectionSeverity(selector, context)
  if (severity !== undefined) yield { ...nothing(selector, context), severity }
}

/** A peer that names no namespace means pods of the policy's own. */
function* peers(resource: Resource, context: RuleContext): Iterable<Finding> {
  for (const { wanted, path } of peerSelectors(resource)) {
    const scope = { namespace: resource.namespace, selector: wanted }
    if (context.graph.matching(scope).length > 0) continue
    const selector = { ...scope, at: { resource, pointer: pointer(...path, 'podSelector') } }
    const severity = emptySelectionSeverity(selector, context)
    if (severity === undefined) continue
    yield { ...nothing(selector, context), severity: severity === 'error' ? 'warning' : 'info' }
  }
}

const peerFields = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const

interface PeerSelector {
  readonly wanted: YamlMap
  /** Where the peer stands. */
  readonly path: readonly (string | number)[]
}

/** The selectors that ask for something, of the peers in the policy's own namespace. */
function peerSelectors({ object }: Resource): readonly PeerSelector[] {
  const found: PeerSelector[] = []
  const spec = asMap(object['spec'])
  for (const [direction, field] of peerFields) {
    asList(spec[direction]).forEach((entry, rule) => {
      asList(asMap(entry)[field]).forEach((item, index) => {
        const { podSelector: wanted, namespaceSelector } = asMap(item)
        if (!isMap(wanted) || namespaceSelector !== undefined || isEmpty(wanted)) return
        found.push({ wanted, path: ['spec', direction, rule, field, index] })
      })
    })
  }
  return found
}

/** ServiceMonitors select Services, by the labels of the Service itself, in the namespaces they name. */
function* monitorFindings(resource: Resource, { resources }: RuleContext): Iterable<Finding> {
  const spec = asMap(resource.object['spec'])
  const selector = asMap(spec['selector'])
  const inScope = monitoredNamespaces(resource, asMap(spec['namespaceSelector']))
  const services = resources.ofKind('Service').filter(({ namespace }) => inScope(namespace))
  if (services.some(({ object }) => selectorMatches(selector, asMap(asMap(object['metadata'])['labels'])))) return
  yield {
    at: { resource, pointer: '/spec/selector' },
    message: `the selector "${describeSelector(selector)}" matches no Service`,
    help: 'Use labels of the Service’s own metadata, not those of its pods, and name its namespace.',
    // A tree without any Service there is taken for a part of something larger.
    severity: services.length > 0 ? 'warning' : 'info',
  }
}

/** https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.NamespaceSelector */
function monitoredNamespaces(resource: Resource, selector: YamlMap): (namespace: string | undefined) => boolean {
  const names = asList(selector['matchNames'])
  if (selector['any'] === true) return () => true
  return names.length === 0
    ? namespace => namespace === resource.namespace
    : namespace => namespace !== undefined && names.includes(namespace)
}

function isEmpty(selector: YamlMap): boolean {
  return asList(selector['matchExpressions']).length === 0 && requiredLabels(selector).length === 0
}

function nothing(selector: PodSelector, { graph }: RuleContext): Finding {
  return {
    at: selector.at,
    message: `the selector "${describeSelector(selector.selector)}" matches no pod${closestWorkload(selector, graph)}`,
    help: 'Use the labels of the pod template that is meant.',
  }
}
