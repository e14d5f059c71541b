// Redis as a cache: a Deployment of one, replaced rather than doubled, behind a Service.

import type { Deployment } from 'kubernetes-types/apps/v1.js'
import type { Service as KubernetesService } from 'kubernetes-types/core/v1.js'
import type { Redis } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import { exec } from '../model/probe.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { datastoreObject, withDefaults, type DatastoreDefaults } from './datastore.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { portOf } from './ports.ts'
import { containerProbes } from './probes.ts'
import { containerSecurityContext, podSecurityContext, runAs, writableDirectories } from './security-context.ts'
import { given, type WantedObject } from './wanted-object.ts'

const ping: readonly [string, ...string[]] = ['redis-cli', 'ping']

const defaults: DatastoreDefaults = {
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
  liveness: exec(ping, { delay: 10, period: 10, timeout: 5 }),
  readiness: exec(ping, { delay: 5, period: 5, timeout: 5 }),
}

export function redis(resolved: ResolvedPlatform, component: Redis): readonly WantedObject[] {
  const { name: platform } = resolved.platform
  const metadata = {
    name: objectName(platform, component),
    namespace: resolved.namespace,
    labels: componentLabels(platform, component),
  }
  const service: KubernetesService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: selectorLabels(platform, component),
      ports: [{ name: 'redis', port: 6379, targetPort: 'redis' }],
    },
  }
  return [
    datastoreObject(component, service),
    datastoreObject(component, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: deploymentSpec(platform, component, metadata.name),
    } satisfies Deployment),
  ]
}

function deploymentSpec(platform: string, component: Redis, name: string): NonNullable<Deployment['spec']> {
  const { resources, liveness, readiness } = withDefaults(component, defaults)
  const directories = writableDirectories(['/data', '/tmp'])
  const { args } = component.settings
  return {
    replicas: 1,
    selector: { matchLabels: selectorLabels(platform, component) },
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels: componentLabels(platform, component) },
      spec: {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurityContext(runAs(component.type, component.settings), true),
        containers: [
          {
            name: component.name,
            image: component.settings.image,
            ...given('args', args === undefined ? undefined : [...args]),
            ports: [{ name: 'redis', containerPort: 6379 }],
            resources: resources as never,
            ...containerProbes({ liveness, readiness }, portOf(component)),
            securityContext: containerSecurityContext(),
            volumeMounts: directories.volumeMounts,
          },
        ],
        volumes: directories.volumes,
      },
    },
  }
}
