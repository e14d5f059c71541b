// HorizontalPodAutoscalers of services and workers that declare `autoscale`.

import type { HorizontalPodAutoscaler, MetricSpec } from 'kubernetes-types/autoscaling/v2.js'
import type { Service, Worker } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels } from './labels.ts'
import { toData, type WantedObject } from './wanted-object.ts'

export function autoscaler(resolved: ResolvedPlatform, component: Service | Worker): readonly WantedObject[] {
  const { autoscale } = component.settings
  if (autoscale === undefined) return []
  const platform = resolved.platform.name
  const target = objectName(platform, component)
  const object: HorizontalPodAutoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: `${target}-hpa`, namespace: resolved.namespace, labels: componentLabels(platform, component) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      minReplicas: autoscale.min,
      maxReplicas: autoscale.max,
      metrics: [...utilisation('cpu', autoscale.cpu), ...utilisation('memory', autoscale.memory)],
    },
  }
  return [
    {
      object: toData(object),
      file: 'hpa.yaml',
      component: component.name,
      entry: { site: component.site, path: ['autoscale'] },
      fields: [
        { pointer: '/spec/minReplicas', path: ['min'] },
        { pointer: '/spec/maxReplicas', path: ['max'] },
        { pointer: '/spec/metrics/0', path: [autoscale.cpu === undefined ? 'memory' : 'cpu'] },
        { pointer: '/spec/metrics/1', path: ['memory'] },
      ],
    },
  ]
}

function utilisation(name: 'cpu' | 'memory', percent: number | undefined): MetricSpec[] {
  if (percent === undefined) return []
  return [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: percent } } }]
}
