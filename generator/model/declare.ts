// The words a platform file is written in.

import type {
  CronJob,
  CronJobSettings,
  Component,
  Migration,
  MigrationSettings,
  Postgres,
  PostgresSettings,
  Redis,
  RedisSettings,
  Service,
  ServiceSettings,
  Worker,
  WorkerSettings,
} from './component.ts'
import { captureSite } from './declaration-site.ts'
import type { Platform, PlatformSettings } from './platform.ts'

export { admissionPolicy } from './admission-policy.ts'
export { exec, http, tcp } from './probe.ts'
export { recreate, rolling } from './rollout.ts'
export { gateway, ingress, internal, loadBalancer } from './exposure.ts'
export { existingSecrets, externalSecrets, sealedSecrets } from './secret-backend.ts'

/** Something that answers requests: a Deployment behind a Service. */
export function service<const Name extends string>(name: Name, settings: ServiceSettings): Service<Name> {
  return { type: 'service', name, settings, site: captureSite(service) }
}

/** Something that works without being called: a Deployment alone. */
export function worker<const Name extends string>(name: Name, settings: WorkerSettings): Worker<Name> {
  return { type: 'worker', name, settings, site: captureSite(worker) }
}

/** A job on a schedule. */
export function cronJob<const Name extends string>(name: Name, settings: CronJobSettings): CronJob<Name> {
  return { type: 'cron-job', name, settings, site: captureSite(cronJob) }
}

/** A job that runs once before each new version of the components it names. */
export function migration<const Name extends string>(name: Name, settings: MigrationSettings): Migration<Name> {
  return { type: 'migration', name, settings, site: captureSite(migration) }
}

/** One PostgreSQL server with a volume of its own: a StatefulSet and its headless Service. */
export function postgres(settings: PostgresSettings): Postgres<'postgres'>
export function postgres<const Name extends string>(
  settings: PostgresSettings & { readonly name: Name },
): Postgres<Name>
export function postgres(settings: PostgresSettings & { readonly name?: string }): Postgres {
  const { name = 'postgres', ...rest } = settings
  return { type: 'postgres', name, settings: rest, site: captureSite(postgres) }
}

/** One Redis server without persistence: a Deployment and its Service. */
export function redis(settings: RedisSettings): Redis<'redis'>
export function redis<const Name extends string>(settings: RedisSettings & { readonly name: Name }): Redis<Name>
export function redis(settings: RedisSettings & { readonly name?: string }): Redis {
  const { name = 'redis', ...rest } = settings
  return { type: 'redis', name, settings: rest, site: captureSite(redis) }
}

/**
 * The whole platform; the default export of a platform file.
 * @param name prefix of what this team runs, and the base's namespace
 */
export function platform<const C extends readonly Component[]>(name: string, settings: PlatformSettings<C>): Platform {
  return { name, settings: settings as PlatformSettings, site: captureSite(platform) }
}
