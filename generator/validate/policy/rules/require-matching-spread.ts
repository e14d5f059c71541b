// A constraint that counts no pods spreads nothing, and nobody notices until a node is gone.

import type { PodSelector } from '../../../graph/graph.ts'
import { describeSelector, selectorMatches } from '../../../manifest/label-selector.ts'
import { child } from '../../../manifest/pointer.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, isMap, type YamlMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

/** Accident class W25: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition */
export const requireMatchingSpread = definePolicyRule({
  code: 'policy/require-matching-spread',
  severity: 'warning',
  summary: 'Spread constraints count the pods of their own workload, anti-affinity knows some pods to avoid.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const pod = podOf(resource)
    if (pod === undefined) return
    const labels = asMap(pod.metadata['labels'])
    for (const [index, entry] of asList(pod.spec['topologySpreadConstraints']).entries()) {
      const selector = asMap(entry)['labelSelector']
      if (isMap(selector) && selectorMatches(selector, labels)) continue
      const at = { resource, pointer: child(pod.specPointer, 'topologySpreadConstraints', index, 'labelSelector') }
      yield {
        at,
        message: isMap(selector)
          ? `the constraint counts pods with "${describeSelector(selector)}", which these pods are not: it spreads nothing`
          : 'the constraint has no labelSelector: it counts no pods and spreads nothing',
        help: "Select the labels of this workload's own pods.",
      }
    }
    yield* antiAffinity(resource, pod.specPointer, pod.spec, context)
  },
})

function* antiAffinity(resource: Resource, at: string, spec: YamlMap, { graph }: RuleContext): Iterable<Finding> {
  const rules = asMap(asMap(spec['affinity'])['podAntiAffinity'])
  const terms: readonly (readonly [pointer: string, term: YamlMap])[] = [
    ...asList(rules['requiredDuringSchedulingIgnoredDuringExecution']).map(
      (term, index) => [`/requiredDuringSchedulingIgnoredDuringExecution/${index}`, asMap(term)] as const,
    ),
    ...asList(rules['preferredDuringSchedulingIgnoredDuringExecution']).map(
      (term, index) =>
        [
          `/preferredDuringSchedulingIgnoredDuringExecution/${index}/podAffinityTerm`,
          asMap(asMap(term)['podAffinityTerm']),
        ] as const,
    ),
  ]
  for (const [pointer, term] of terms) {
    const selector = term['labelSelector']
    if (!isMap(selector) || term['namespaces'] !== undefined || term['namespaceSelector'] !== undefined) continue
    const place = { resource, pointer: `${at}/affinity/podAntiAffinity${pointer}/labelSelector` }
    const wanted: PodSelector = { at: place, namespace: resource.namespace, selector }
    if (graph.matching(wanted).length > 0) continue
    yield {
      at: place,
      message: `the anti-affinity avoids pods with "${describeSelector(selector)}", and there are none in this namespace`,
      help: "Select the labels of this workload's own pods, or of those it should keep away from.",
    }
  }
}
