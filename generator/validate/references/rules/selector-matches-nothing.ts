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
  for (const { peer, at } of peersOf(resource)) {
    if (!isMap(peer['podSelector']) || peer['namespaceSelector'] !== undefined) continue
    const selector = {
      at: { resource, pointer: at + pointer('podSelector') },
      namespace: resource.namespace,
      selector: peer['podSelector'],
    }
    if (isEmpty(selector) || context.graph.matching(selector).length > 0) continue
    const certain = emptySelectionSeverity(selector, context) === 'error'
    if (certain) yield { ...nothing(selector, context), severity: 'warning' }
  }
}

const peerFields = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const

function peersOf({ object }: Resource): readonly { readonly peer: YamlMap; readonly at: string }[] {
  const spec = asMap(object['spec'])
  return peerFields.flatMap(([direction, field]) =>
    asList(spec[direction]).flatMap((entry, rule) =>
      asList(asMap(entry)[field]).map((peer, index) => ({
        peer: asMap(peer),
        at: pointer('spec', direction, rule, field, index),
      })),
    ),
  )
}

/** ServiceMonitors select Services, by the labels of the Service itself. */
function* monitorFindings(resource: Resource, { resources }: RuleContext): Iterable<Finding> {
  const spec = asMap(resource.object['spec'])
  const selector = spec['selector']
  if (!isMap(selector) || spec['namespaceSelector'] !== undefined) return
  const services = resources.ofKind('Service').filter(({ namespace }) => namespace === resource.namespace)
  const matches = services.some(({ object }) => selectorMatches(selector, asMap(asMap(object['metadata'])['labels'])))
  if (matches || services.length === 0) return
  yield {
    at: { resource, pointer: '/spec/selector' },
    message: `the selector "${describeSelector(selector)}" matches no Service`,
    help: 'Use labels of the Service’s own metadata, not those of its pods.',
    severity: 'warning',
  }
}

function isEmpty({ selector }: PodSelector): boolean {
  return requiredLabels(selector).length === 0 && asList(selector['matchExpressions']).length === 0
}

function nothing(selector: PodSelector, { graph }: RuleContext): Finding {
  return {
    at: selector.at,
    message: `the selector "${describeSelector(selector.selector)}" matches no pod${closestWorkload(selector, graph)}`,
    help: 'Use the labels of the pod template that is meant.',
  }
}
