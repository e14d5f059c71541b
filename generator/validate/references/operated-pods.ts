// Pods that an operator runs for a custom resource stand in no template of the tree. Their labels are those that the resource hands on
// (`podMetadata.labels` of a Prometheus, `podTemplate.metadata.labels`, its own), and names of the resource and its kind.

import { requiredLabels } from '../../graph/pod-selectors.ts'
import { labelText, selectorMatches } from '../../manifest/label-selector.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asMap, isMap, type YamlMap } from '../../manifest/value.ts'

/** How well a selector fits pods that the operator of a custom resource may run: by their labels, by names alone, or not at all. */
export function fitsOperatedPods(selector: YamlMap, resource: Resource): 'labels' | 'names' | undefined {
  const labels = handedOn(resource)
  if (selectorMatches(selector, labels)) return 'labels'
  const { name, kind } = resource
  const names = new Set([name, kind.toLowerCase(), kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()])
  const required = requiredLabels(selector)
  const fits = required.every(
    ([label, value]) => names.has(value) || value.startsWith(`${name}-`) || labelText(labels[label]) === value,
  )
  return required.length > 0 && fits ? 'names' : undefined
}

/** The labels of the resource, and every map called `labels` or `…Labels` in its spec that is no selector. */
function handedOn({ object }: Resource): YamlMap {
  const found: YamlMap[] = [asMap(asMap(object['metadata'])['labels'])]
  const walk = (map: YamlMap, depth: number): void => {
    for (const [key, value] of Object.entries(map)) {
      if (!isMap(value) || /selector|match/i.test(key)) continue
      if (/(?:^l|L)abels$/.test(key)) found.push(value)
      else if (depth > 0) walk(value, depth - 1)
    }
  }
  walk(asMap(object['spec']), 4)
  return Object.assign({}, ...found)
}
