// Workloads by namespace and by label, so that a selector is compared with the few workloads that can match it.

import { labelText, selectorMatches } from '../manifest/label-selector.ts'
import { podTemplateOf, podTemplatePointers, type PodTemplate } from '../manifest/pod-template.ts'
import { valueAt } from '../manifest/pointer.ts'
import type { Resource } from '../manifest/resource.ts'
import { asMap, isMap } from '../manifest/value.ts'
import type { PodSelector, Workload } from './workload.ts'
import { requiredLabels } from './pod-selectors.ts'

export interface WorkloadIndex {
  readonly all: readonly Workload[]
  readonly of: (resource: Resource) => Workload | undefined
  readonly inNamespace: (namespace: string | undefined) => readonly Workload[]
  readonly matching: (selector: PodSelector) => readonly Workload[]
}

export function workloadIndex(resources: readonly Resource[]): WorkloadIndex {
  const all: Workload[] = []
  const byResource = new Map<Resource, Workload>()
  const byNamespace = new Map<string | undefined, Workload[]>()
  const byLabel = new Map<string, Workload[]>()
  for (const resource of resources) {
    const template = podTemplateOf(resource) ?? templateWithoutSpec(resource)
    if (template === undefined) continue
    const workload = { resource, template, labels: asMap(template.metadata['labels']) }
    all.push(workload)
    byResource.set(resource, workload)
    push(byNamespace, resource.namespace, workload)
    for (const [label, value] of Object.entries(workload.labels)) {
      push(byLabel, labelKey(resource.namespace, label, labelText(value) ?? ''), workload)
    }
  }
  const candidates = ({ namespace, selector }: PodSelector): readonly Workload[] => {
    let best = byNamespace.get(namespace) ?? []
    for (const [label, value] of requiredLabels(selector)) {
      const list = byLabel.get(labelKey(namespace, label, value)) ?? []
      if (list.length < best.length) best = list
    }
    return best
  }
  return {
    all,
    of: resource => byResource.get(resource),
    inNamespace: namespace => byNamespace.get(namespace) ?? [],
    matching: selector => candidates(selector).filter(workload => selectorMatches(selector.selector, workload.labels)),
  }
}

/** A template that lacks its spec still says which labels its pods carry: one mistake is not to be reported as two. */
function templateWithoutSpec(resource: Resource): PodTemplate | undefined {
  const pointer = podTemplatePointers.get(resource.kind)
  if (pointer === undefined) return undefined
  const template = asMap(valueAt(resource.object, pointer))
  if (!isMap(template['metadata'])) return undefined
  return { pointer, metadata: template['metadata'], spec: {}, specPointer: `${pointer}/spec` }
}

function labelKey(namespace: string | undefined, label: string, value: string): string {
  return `${namespace ?? ''}\n${label}\n${value}`
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [value])
  else list.push(value)
}
