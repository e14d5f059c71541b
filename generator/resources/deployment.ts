// Deployments of services and workers.

import type { Deployment, DeploymentStrategy } from 'kubernetes-types/apps/v1.js'
import type { Service, Worker } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { rolling, type Rollout } from '../model/rollout.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { podTemplate } from './pod-template.ts'
import { replicasOf } from './replicas.ts'
import { toData, type WantedObject } from './wanted-object.ts'
import { workloadFields } from './workload-fields.ts'

const serviceDrainSeconds = 10

export function deployment(resolved: ResolvedPlatform, component: Service | Worker): WantedObject {
  const platform = resolved.platform.name
  const { settings } = component
  const object: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: objectName(platform, component),
      namespace: resolved.namespace,
      labels: componentLabels(platform, component),
    },
    spec: {
      replicas: replicasOf(component).count,
      selector: { matchLabels: selectorLabels(platform, component) },
      strategy: strategy(rolloutOf(component)),
      template: podTemplate(resolved, component, {
        probes: settings.probes,
        drainSeconds: settings.drainSeconds ?? (component.type === 'service' ? serviceDrainSeconds : 0),
        shutdownSeconds: settings.shutdownSeconds,
        spread: replicasOf(component).several,
      }),
    },
  }
  return {
    object: toData(object),
    file: component.type === 'service' ? 'deployment.yaml' : `${component.name}.yaml`,
    component: component.name,
    entry: { site: component.site, path: [] },
    fields: workloadFields,
  }
}

function rolloutOf(component: Service | Worker): Rollout {
  if (component.type === 'worker' && component.settings.singleton === true) return { type: 'recreate' }
  return component.settings.rollout ?? rolling()
}

function strategy(rollout: Rollout): DeploymentStrategy {
  if (rollout.type === 'recreate') return { type: 'Recreate' }
  const { maxSurge, maxUnavailable } = rollout
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } }
}
