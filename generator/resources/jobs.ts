// Jobs: on a schedule (CronJob), or before each new version (a migration, as an Argo CD Sync hook).

import type { CronJob as KubernetesCronJob, Job, JobSpec } from 'kubernetes-types/batch/v1.js'
import type { CronJob, JobSettings, Migration } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels } from './labels.ts'
import { podTemplate } from './pod-template.ts'
import { migrationWave } from './waves.ts'
import { toData, type Draft, type WantedObject } from './wanted-object.ts'

const defaultDeadlineSeconds = 600
const defaultBackoffLimit = 3

export function cronJob(resolved: ResolvedPlatform, component: CronJob): WantedObject {
  const { schedule, timeZone = 'Etc/UTC', concurrency = 'Forbid' } = component.settings
  return jobObject(component, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(resolved, component),
    spec: { schedule, timeZone, concurrencyPolicy: concurrency, jobTemplate: { spec: jobSpec(resolved, component) } },
  } satisfies KubernetesCronJob)
}

/**
 * A Sync hook in a wave of its own: after the configuration, secrets and datastores of wave 0, before what waits for it.
 * Not PreSync: on a first sync nothing it needs would exist yet (https://github.com/formbricks/hub/issues/27).
 * The previous run's Job is deleted first, since a Job's template cannot be changed.
 */
export function migration(resolved: ResolvedPlatform, component: Migration): WantedObject {
  return jobObject(component, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...metadata(resolved, component),
      annotations: {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
        'argocd.argoproj.io/sync-wave': String(migrationWave),
      },
    },
    spec: jobSpec(resolved, component),
  } satisfies Job)
}

function metadata(resolved: ResolvedPlatform, component: CronJob | Migration) {
  const platform = resolved.platform.name
  return {
    name: objectName(platform, component),
    namespace: resolved.namespace,
    labels: componentLabels(platform, component),
  }
}

function jobSpec(resolved: ResolvedPlatform, component: CronJob | Migration): JobSpec {
  const settings: JobSettings = component.settings
  return {
    backoffLimit: settings.backoffLimit ?? defaultBackoffLimit,
    activeDeadlineSeconds: settings.deadlineSeconds ?? defaultDeadlineSeconds,
    template: podTemplate(resolved, component, { restartPolicy: 'Never' }),
  }
}

function jobObject(component: CronJob | Migration, object: Draft): WantedObject {
  return {
    object: toData(object),
    file: `${component.name}.yaml`,
    component: component.name,
    entry: { site: component.site, path: [] },
    fields: [
      { pointer: '/spec/schedule', path: ['schedule'] },
      { pointer: '/spec/timeZone', path: ['timeZone'] },
      { pointer: '/spec/concurrencyPolicy', path: ['concurrency'] },
      { pointer: '/spec/backoffLimit', path: ['backoffLimit'] },
    ],
  }
}
