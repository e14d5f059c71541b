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
  if (selector === undefined || isEmpty(selector) || context.graph.workloadsSelectedBy(resource).length > 0) return
  const severity = emptySelectionSeverity(selector, context)
  if (severity !== undefined) yield { ...nothing(selector, context), severity }
}

/** A peer that names no namespace means pods of the policy's own. */
function* peers(resource: Resource, context: RuleContext): Iterable<Finding> {
  for (const { peer, path } of peersOf(resource)) {
    if (!isMap(peer['podSelector']) || peer['namespaceSelector'] !== undefined) continue
    const scope = { namespace: resource.namespace, selector: peer['podSelector'] }
    if (isEmpty(scope) || context.graph.matching(scope).length > 0) continue
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

function* peersOf({
  object,
}: Resource): Iterable<{ readonly peer: YamlMap; readonly path: readonly (string | number)[] }> {
  const spec = asMap(object['spec'])
  for (const [direction, field] of peerFields) {
    for (const [rule, entry] of asList(spec[direction]).entries()) {
      for (const [index, peer] of asList(asMap(entry)[field]).entries()) {
        yield { peer: asMap(peer), path: ['spec', direction, rule, field, index] }
      }
    }
  }
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

function isEmpty({ selector }: Pick<PodSelector, 'selector'>): boolean {
  return requiredLabels(selector).length === 0 && asList(selector['matchExpressions']).length === 0
}

function nothing(selector: PodSelector, { graph }: RuleContext): Finding {
  return {
    at: selector.at,
    message: `the selector "${describeSelector(selector.selector)}" matches no pod${closestWorkload(selector, graph)}`,
    help: 'Use the labels of the pod template that is meant.',
  }
}
