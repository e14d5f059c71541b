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
  readonly matching: (selector: Omit<PodSelector, 'at'>) => readonly Workload[]
}

export function workloadIndex(resources: readonly Resource[]): WorkloadIndex {
  const all: Workload[] = []
  const byResource = new Map<Resource, Workload>()
  const byNamespace = new Map<string | undefined, Workload[]>()
  const byLabel: LabelIndex = new Map()
  for (const resource of resources) {
    const template = podTemplateOf(resource) ?? templateWithoutSpec(resource)
    if (template === undefined) continue
    const workload = { resource, template, labels: asMap(template.metadata['labels']) }
    all.push(workload)
    byResource.set(resource, workload)
    push(byNamespace, resource.namespace, workload)
    const labels = entry(byLabel, resource.namespace, newMap<string, Map<string, Workload[]>>)
    for (const label of Object.keys(workload.labels)) {
      push(entry(labels, label, newMap<string, Workload[]>), labelText(workload.labels[label]) ?? '', workload)
    }
  }
  const candidates = ({ namespace, selector }: Omit<PodSelector, 'at'>): readonly Workload[] => {
    let best = byNamespace.get(namespace) ?? none
    const labels = byLabel.get(namespace)
    for (const required of requiredLabels(selector)) {
      const list = labels?.get(required[0])?.get(required[1]) ?? none
      if (list.length < best.length) best = list
    }
    return best
  }
  return {
    all,
    of: resource => byResource.get(resource),
    inNamespace: namespace => byNamespace.get(namespace) ?? none,
    matching(selector) {
      const found = candidates(selector)
      const isMatch = (workload: Workload): boolean => selectorMatches(selector.selector, workload.labels)
      // Most selectors are one label of one workload, and the list that the index holds is the answer.
      return found.every(isMatch) ? found : found.filter(isMatch)
    },
  }
}

const none: readonly Workload[] = []

/** A template that lacks its spec still says which labels its pods carry: one mistake is not to be reported as two. */
function templateWithoutSpec(resource: Resource): PodTemplate | undefined {
  const pointer = podTemplatePointers.get(resource.kind)
  if (pointer === undefined) return undefined
  const template = asMap(valueAt(resource.object, pointer))
  if (!isMap(template['metadata'])) return undefined
  return { pointer, metadata: template['metadata'], spec: {}, specPointer: `${pointer}/spec` }
}

/** Namespace, label, value: maps in maps, so that neither filling nor asking builds a key. */
type LabelIndex = Map<string | undefined, Map<string, Map<string, Workload[]>>>

function newMap<K, V>(): Map<K, V> {
  return new Map()
}

function entry<K, V>(index: Map<K, V>, key: K, create: () => V): V {
  let value = index.get(key)
  if (value === undefined) index.set(key, (value = create()))
  return value
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [value])
  else list.push(value)
}
