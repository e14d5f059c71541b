// The label selectors that mean pods, by kind: where they stand and whose pods they mean.

import { labelText } from '../manifest/label-selector.ts'
import type { Resource } from '../manifest/resource.ts'
import { groupOf } from '../manifest/resource.ts'
import { asMap, asString, asList, isMap, type YamlMap } from '../manifest/value.ts'
import type { PodSelector } from './workload.ts'

type Reader = (resource: Resource, spec: YamlMap) => YamlMap | undefined

const labelSelector: Reader = (_, spec) => (isMap(spec['selector']) ? spec['selector'] : undefined)

/** A Service without a selector, or of type ExternalName, selects nothing on purpose. */
const serviceSelector: Reader = (_, spec) => {
  const labels = asMap(spec['selector'])
  return spec['type'] === 'ExternalName' || Object.keys(labels).length === 0 ? undefined : { matchLabels: labels }
}

const plainLabels: Reader = (_, spec) => (isMap(spec['selector']) ? { matchLabels: spec['selector'] } : undefined)

/** OpenShift's DeploymentConfig, and the ReplicationController it makes, select by plain labels. */
const readers: ReadonlyMap<
  string,
  { readonly groups: readonly string[]; readonly field: string; readonly read: Reader }
> = new Map([
  ['Service', { groups: [''], field: '/spec/selector', read: serviceSelector }],
  ['PodDisruptionBudget', { groups: ['policy'], field: '/spec/selector', read: labelSelector }],
  [
    'NetworkPolicy',
    {
      groups: ['networking.k8s.io', 'extensions'],
      field: '/spec/podSelector',
      read: (_, spec) => asMap(spec['podSelector']),
    },
  ],
  ['Deployment', { groups: ['apps', 'extensions'], field: '/spec/selector', read: labelSelector }],
  ['ReplicaSet', { groups: ['apps', 'extensions'], field: '/spec/selector', read: labelSelector }],
  ['StatefulSet', { groups: ['apps'], field: '/spec/selector', read: labelSelector }],
  ['DaemonSet', { groups: ['apps', 'extensions'], field: '/spec/selector', read: labelSelector }],
  ['Rollout', { groups: ['argoproj.io'], field: '/spec/selector', read: labelSelector }],
  ['DeploymentConfig', { groups: ['apps.openshift.io'], field: '/spec/selector', read: plainLabels }],
  ['ReplicationController', { groups: [''], field: '/spec/selector', read: plainLabels }],
  ['PodMonitor', { groups: ['monitoring.coreos.com'], field: '/spec/selector', read: labelSelector }],
])

/** The selector of an object that means pods of its own namespace; undefined for other objects and absent selectors. */
export function podSelectorOf(resource: Resource): PodSelector | undefined {
  const reader = readers.get(resource.kind)
  if (reader === undefined || !reader.groups.includes(groupOf(resource.apiVersion))) return undefined
  if (resource.kind === 'PodMonitor' && isMap(asMap(resource.object['spec'])['namespaceSelector'])) return undefined
  const selector = reader.read(resource, asMap(resource.object['spec']))
  return selector === undefined
    ? undefined
    : { at: { resource, pointer: reader.field }, namespace: resource.namespace, selector }
}

/** Labels and values that a pod must carry to match: what an index can look up. */
export function requiredLabels(selector: YamlMap): readonly (readonly [label: string, value: string])[] {
  const pairs: (readonly [string, string])[] = []
  const labels = asMap(selector['matchLabels'])
  for (const label in labels) {
    const text = labelText(labels[label])
    if (text !== undefined) pairs.push([label, text])
  }
  if (selector['matchExpressions'] === undefined) return pairs
  for (const entry of asList(selector['matchExpressions'])) {
    const values = asList(asMap(entry)['values'])
    const label = asString(asMap(entry)['key'])
    if (asMap(entry)['operator'] === 'In' && values.length === 1 && label !== undefined)
      pairs.push([label, labelText(values[0]) ?? ''])
  }
  return pairs
}
