// Fields that Git writes and something else changes afterwards: what an Application must not fight over.
// Derived only where Git does write the field; a field absent from Git makes no difference and needs no entry.

import { valueAt } from '../manifest/pointer.ts'
import { groupOf, type Resource } from '../manifest/resource.ts'
import { asList, asMap, asString, isMap } from '../manifest/value.ts'
import type { ResourceIgnoreDifferences } from './application.ts'
import { present } from './present.ts'

/**
 * Entries for replicas under an autoscaler (HorizontalPodAutoscaler, KEDA ScaledObject) and for CA bundles that
 * cert-manager injects. Each names group, kind, name and namespace: without the group nothing matches
 * (argoproj/argo-cd#28590), without the name everything does.
 */
export function derivedIgnoreDifferences(resources: readonly Resource[]): readonly ResourceIgnoreDifferences[] {
  return [...scaledReplicas(resources), ...injectedBundles(resources)]
}

function scaledReplicas(resources: readonly Resource[]): readonly ResourceIgnoreDifferences[] {
  const targets = resources.filter(resource => {
    const scalers = resources.filter(scaler => isScaler(scaler) && scaler.namespace === resource.namespace)
    return resource.object['spec'] !== undefined && scalers.some(scaler => scales(scaler, resource))
  })
  return targets
    .filter(target => valueAt(target.object, '/spec/replicas') !== undefined)
    .map(target => entry(target, ['/spec/replicas']))
}

function isScaler({ apiVersion, kind }: Resource): boolean {
  const group = groupOf(apiVersion)
  return (
    (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler') || (group === 'keda.sh' && kind === 'ScaledObject')
  )
}

function scales(scaler: Resource, target: Resource): boolean {
  const reference = asMap(valueAt(scaler.object, '/spec/scaleTargetRef'))
  // KEDA defaults both fields; a HorizontalPodAutoscaler without them is refused by the API server.
  const kind = asString(reference['kind']) ?? 'Deployment'
  const group = groupOf(asString(reference['apiVersion']) ?? 'apps/v1')
  return reference['name'] === target.name && kind === target.kind && group === groupOf(target.apiVersion)
}

function injectedBundles(resources: readonly Resource[]): readonly ResourceIgnoreDifferences[] {
  return resources.flatMap(resource => {
    const annotations = asMap(valueAt(resource.object, '/metadata/annotations'))
    if (!Object.keys(annotations).some(key => key.startsWith('cert-manager.io/inject-'))) return []
    const pointers = bundlePointers(resource).filter(at => valueAt(resource.object, at) !== undefined)
    return pointers.length === 0 ? [] : [entry(resource, pointers)]
  })
}

function bundlePointers(resource: Resource): readonly string[] {
  const webhooks = asList(resource.object['webhooks']).flatMap((webhook, index) =>
    isMap(webhook) ? [`/webhooks/${index}/clientConfig/caBundle`] : [],
  )
  return [...webhooks, '/spec/conversion/webhook/clientConfig/caBundle', '/spec/caBundle']
}

function entry(resource: Resource, jsonPointers: readonly string[]): ResourceIgnoreDifferences {
  const group = groupOf(resource.apiVersion)
  return {
    ...present({ group: group === '' ? undefined : group }),
    kind: resource.kind,
    name: resource.name,
    ...present({ namespace: resource.namespace }),
    jsonPointers,
  }
}
