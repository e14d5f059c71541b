// PodDisruptionBudgets: node maintenance takes pods away one at a time. Only where several pods run; with one, a budget
// either blocks every drain or protects nothing (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).

import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js'
import type { Service, Worker } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { replicasOf } from './replicas.ts'
import { toData, type WantedObject } from './wanted-object.ts'

export function disruptionBudget(resolved: ResolvedPlatform, component: Service | Worker): readonly WantedObject[] {
  if (!replicasOf(component).several) return []
  const platform = resolved.platform.name
  const object: PodDisruptionBudget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      name: objectName(platform, component),
      namespace: resolved.namespace,
      labels: componentLabels(platform, component),
    },
    spec: {
      maxUnavailable: component.settings.disruption?.maxUnavailable ?? 1,
      selector: { matchLabels: selectorLabels(platform, component) },
    },
  }
  return [
    {
      object: toData(object),
      file: 'disruption-budgets.yaml',
      component: component.name,
      entry: { site: component.site, path: ['disruption'] },
      fields: [{ pointer: '/spec/maxUnavailable', path: ['maxUnavailable'] }],
    },
  ]
}
