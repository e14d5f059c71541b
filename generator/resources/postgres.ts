// PostgreSQL: a StatefulSet with one volume, behind a headless Service. Its data survives everything but a person's word.

import type { StatefulSet } from 'kubernetes-types/apps/v1.js'
import type { Service as KubernetesService } from 'kubernetes-types/core/v1.js'
import type { Postgres } from '../model/component.ts'
import { datastoreSecretName, objectName } from '../model/object-names.ts'
import { exec } from '../model/probe.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { datastoreObject, withDefaults, type DatastoreDefaults } from './datastore.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { protectedFromDeletion } from './protection.ts'
import { containerProbes } from './probes.ts'
import { portOf } from './ports.ts'
import { containerSecurityContext, podSecurityContext, runAs, writableDirectories } from './security-context.ts'
import { given, type WantedObject } from './wanted-object.ts'

const isReady: readonly [string, ...string[]] = ['sh', '-c', 'pg_isready -U "$POSTGRES_USER" -d "$POSTGRES_DB"']

const defaults: DatastoreDefaults = {
  resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
  liveness: exec(isReady, { delay: 30, period: 10, timeout: 5, failureThreshold: 6 }),
  readiness: exec(isReady, { delay: 5, period: 5, timeout: 5 }),
}

/** Until PostgreSQL 17 the image keeps its data here (https://github.com/docker-library/postgres/issues/1259). */
const dataDirectory = '/var/lib/postgresql/data'

/** A server needs time to finish its checkpoint. */
const shutdownSeconds = 60

export function postgres(resolved: ResolvedPlatform, component: Postgres): readonly WantedObject[] {
  const { name: platform } = resolved.platform
  const metadata = {
    name: objectName(platform, component),
    namespace: resolved.namespace,
    labels: componentLabels(platform, component),
  }
  const headless: KubernetesService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      selector: selectorLabels(platform, component),
      ports: [{ name: 'postgres', port: 5432, targetPort: 'postgres' }],
    },
  }
  return [
    datastoreObject(component, headless),
    datastoreObject(component, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...metadata, annotations: protectedFromDeletion },
      spec: statefulSetSpec(platform, component, metadata.name),
    } satisfies StatefulSet),
  ]
}

function statefulSetSpec(platform: string, component: Postgres, name: string): NonNullable<StatefulSet['spec']> {
  const { resources, liveness, readiness } = withDefaults(component, defaults)
  const volume = `${component.name}-data`
  const directories = writableDirectories(['/tmp', '/var/run/postgresql'])
  return {
    serviceName: name,
    replicas: 1,
    selector: { matchLabels: selectorLabels(platform, component) },
    template: {
      metadata: { labels: componentLabels(platform, component) },
      spec: {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: shutdownSeconds,
        securityContext: podSecurityContext(runAs(component.type, component.settings), true),
        containers: [
          {
            name: component.name,
            image: component.settings.image,
            ports: [{ name: 'postgres', containerPort: 5432 }],
            env: [{ name: 'PGDATA', value: `${dataDirectory}/pgdata` }],
            envFrom: [{ secretRef: { name: datastoreSecretName(component) } }],
            resources: resources as never,
            ...containerProbes({ liveness, readiness }, portOf(component)),
            securityContext: containerSecurityContext(),
            volumeMounts: [{ name: volume, mountPath: dataDirectory }, ...directories.volumeMounts],
          },
        ],
        volumes: directories.volumes,
      },
    },
    volumeClaimTemplates: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: volume },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...given('storageClassName', component.settings.storageClass),
          resources: { requests: { storage: component.settings.storage } },
        },
      },
    ],
  }
}
