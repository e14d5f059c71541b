// The whole declaration: components, environments, and what the platform says about the world around it.

import type {
  Component,
  CronJob,
  CronJobSettings,
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
import type { Admission } from './admission-policy.ts'
import type { ArgoCdEmission, ArgoCdSettings } from './argocd-settings.ts'
import type { DeclarationSite } from './declaration-site.ts'
import type { DeclaredRule } from './declared-rule.ts'
import type { BuiltInObject, BuiltInPatch, CustomObject } from './kubernetes-object.ts'
import type { ArgoCdProfile, ExternalObject, PolicyException, Profile, UnvalidatedKind } from './profile.ts'
import type { SecretBackend, SecretReferences } from './secret-backend.ts'

/** Settings that an environment may replace, by the kind of component. */
export type SettingsOf<C extends Component> =
  C extends Service<string>
    ? ServiceSettings
    : C extends Worker<string>
      ? WorkerSettings
      : C extends CronJob<string>
        ? CronJobSettings
        : C extends Migration<string>
          ? MigrationSettings
          : C extends Postgres<string>
            ? PostgresSettings
            : C extends Redis<string>
              ? RedisSettings
              : never

/** Component name to the settings an environment replaces, field by field; `env` is merged key by key. */
export type Overrides<C extends readonly Component[]> = {
  readonly [One in C[number] as One['name']]?: Partial<SettingsOf<One>>
}

export interface Environment<C extends readonly Component[] = readonly Component[]> {
  readonly namespace: string
  /** One of the platform's clusters; its only one where absent. */
  readonly cluster?: string
  /** Stricter rules, and a pinned revision; true for the environment named `production` where absent. */
  readonly production?: boolean
  /** Full Git ref, or commit: what Argo CD deploys. */
  readonly revision: string
  /** Kubernetes minor version(s) the cluster runs, or is about to; the platform's where absent. */
  readonly kubernetes?: string | readonly string[]
  /** Added to and replacing the platform's config. */
  readonly config?: Readonly<Record<string, string>>
  readonly overrides?: Overrides<C>
  /** Ciphertext per Secret and key, for the sealed-secrets backend. */
  readonly sealed?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Raw objects that only this environment has. */
  readonly objects?: readonly (BuiltInObject | CustomObject)[]
  /** Raw strategic merge patches of generated objects. */
  readonly patches?: readonly BuiltInPatch[]
  /** How Argo CD syncs this environment, where its defaults do not suit. */
  readonly argocd?: ArgoCdSettings
}

/** A cluster as Argo CD knows it: by API server address, or by the name it was registered under. */
export type Cluster = { readonly server: string } | { readonly name: string }

export interface PlatformSettings<C extends readonly Component[] = readonly Component[]> {
  /** URL of this repository, as Argo CD reaches it. */
  readonly repository: string
  /** Branch the root Application follows; refs/heads/main where absent. */
  readonly branch?: string
  readonly components: C
  readonly environments: Readonly<Record<string, Environment<C>>>
  readonly clusters: Readonly<Record<string, Cluster>>
  /** Kubernetes minor version, e.g. '1.34'. */
  readonly kubernetes: string
  /** Environment variables of every service, worker and job: ConfigMap `<platform>-config`. */
  readonly config?: Readonly<Record<string, string>>
  /** Secret `<platform>-secrets` of every service, worker and job. */
  readonly secrets?: SecretReferences
  readonly secretBackend?: SecretBackend
  /** Raw objects that every environment has. */
  readonly objects?: readonly (BuiltInObject | CustomObject)[]
  /** Rules that the clusters enforce as well: k8s/policies, synced by an Application of their own. */
  readonly admission?: Admission
  /** Facts about the Argo CD that syncs the platform, and what is emitted for it as a whole. */
  readonly argocd?: ArgoCdProfile & ArgoCdEmission
  readonly externalObjects?: readonly ExternalObject[]
  readonly unvalidatedKinds?: readonly UnvalidatedKind[]
  /** Rules of the platform's own, made with `definePolicyRule`: they run with this tool's own policy, in every environment. */
  readonly rules?: readonly DeclaredRule[]
  readonly exceptions?: readonly PolicyException[]
  /** Further facts about the clusters that checks rely on. */
  readonly facts?: Pick<
    Profile,
    | 'cloud'
    | 'dnsPorts'
    | 'drainSeconds'
    | 'gatewayClasses'
    | 'ingressClasses'
    | 'ingressControllerNamespace'
    | 'installedApiGroups'
    | 'podSecurityExemptions'
    | 'storageClasses'
    | 'traefikPublishesStatus'
  >
}

export interface Platform {
  readonly name: string
  readonly settings: PlatformSettings
  readonly site: DeclarationSite
}
