// The parts a platform is made of, as the team declares them. Every field that has a sensible default is optional.

import type { DeclarationSite } from './declaration-site.ts'
import type { Exposure } from './exposure.ts'
import type { Probe, Probes } from './probe.ts'
import type { Bytes, Resources } from './quantities.ts'
import type { Autoscale, Percentage, Rollout } from './rollout.ts'
import type { SecretReferences } from './secret-backend.ts'

/** Traffic that leaves the namespace: which addresses (CIDR) on which TCP ports. */
export interface Egress {
  readonly cidr: string
  readonly except?: readonly string[]
  readonly ports: readonly number[]
}

/** What every container has. */
export interface ContainerSettings {
  /**
   * Image without a version for what this team releases (the version comes from releases.yaml);
   * with a tag or digest for third-party images.
   */
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  /** Plain environment variables, besides the platform's config and secrets. */
  readonly env?: Readonly<Record<string, string>>
  readonly resources?: Resources
  /** Numeric user (and group) the process runs as; 10001 where absent. Never 0. */
  readonly user?: number
  readonly group?: number
  /** Directories the process writes to, besides /tmp; each an empty directory that dies with the pod. */
  readonly writablePaths?: readonly `/${string}`[]
  /** Components this one talks to: network policies, configuration and order follow. */
  readonly uses?: readonly Component[]
  readonly egress?: readonly Egress[]
  /** Extra annotations on the pods. */
  readonly podAnnotations?: Readonly<Record<string, string>>
}

interface ReplicatedSettings extends ContainerSettings {
  readonly replicas?: number
  readonly probes?: Probes
  readonly rollout?: Rollout
  readonly autoscale?: Autoscale
  /** Most pods that may be away during a voluntary disruption; 1 where there are several replicas. */
  readonly disruption?: { readonly maxUnavailable: number | Percentage }
  /** Seconds a pod keeps serving after it was told to stop, before the process is. 10 for services, 0 for workers. */
  readonly drainSeconds?: number
  /** Seconds the process then has to finish its work; 30 where absent. */
  readonly shutdownSeconds?: number
}

export interface ServiceSettings extends ReplicatedSettings {
  /** The port the container listens on. */
  readonly port: number
  readonly expose?: Exposure
}

export interface WorkerSettings extends ReplicatedSettings {
  /** True for what must never run twice: one replica, Recreate, no autoscaling. */
  readonly singleton?: boolean
}

export interface JobSettings extends ContainerSettings {
  readonly backoffLimit?: number
  /** Seconds after which a run is given up; 600 where absent. */
  readonly deadlineSeconds?: number
}

export interface CronJobSettings extends JobSettings {
  /** Five cron fields or @daily and the like. */
  readonly schedule: string
  /** IANA name; Etc/UTC where absent. */
  readonly timeZone?: string
  readonly concurrency?: 'Allow' | 'Forbid' | 'Replace'
}

/** A one-off job before each new version: database migrations. */
export interface MigrationSettings extends JobSettings {
  /** Components that wait for it. */
  readonly before: readonly Component[]
}

interface DatastoreSettings {
  readonly image: string
  readonly resources?: Resources
  readonly user?: number
  readonly group?: number
  readonly probes?: { readonly liveness?: Probe; readonly readiness?: Probe }
}

export interface PostgresSettings extends DatastoreSettings {
  readonly storage: Bytes
  readonly storageClass?: string
  /** Keys of the Secret `<name>-secrets`; user, password and database where absent. */
  readonly secrets?: SecretReferences
}

export interface RedisSettings extends DatastoreSettings {
  readonly args?: readonly string[]
}

interface Declared<Type extends string, Name extends string, Settings> {
  readonly type: Type
  readonly name: Name
  readonly settings: Settings
  readonly site: DeclarationSite
}

export type Service<Name extends string = string> = Declared<'service', Name, ServiceSettings>
export type Worker<Name extends string = string> = Declared<'worker', Name, WorkerSettings>
export type CronJob<Name extends string = string> = Declared<'cron-job', Name, CronJobSettings>
export type Migration<Name extends string = string> = Declared<'migration', Name, MigrationSettings>
export type Postgres<Name extends string = string> = Declared<'postgres', Name, PostgresSettings>
export type Redis<Name extends string = string> = Declared<'redis', Name, RedisSettings>

export type Component<Name extends string = string> =
  Service<Name> | Worker<Name> | CronJob<Name> | Migration<Name> | Postgres<Name> | Redis<Name>

export type ComponentType = Component['type']
