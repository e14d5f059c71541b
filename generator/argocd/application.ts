// The Argo CD objects this tool writes, as types: the fields it sets, spelt as Argo CD 3.5's API spells them.
// Type aliases, not interfaces, so that a value is a YamlMap too. What Argo CD would drop or default is never written.

/** A cluster by its registered name or by its API server's URL (never both), and the namespace for objects without one. */
export type ApplicationDestination = {
  readonly name?: string
  readonly server?: string
  readonly namespace?: string
}

export type ApplicationSource = {
  readonly repoURL: string
  readonly targetRevision: string
  readonly path: string
}

/** Source Hydrator: rendered from `drySource`, committed to `syncSource`, optionally by way of `hydrateTo`. */
export type SourceHydratorSpec = {
  readonly drySource: ApplicationSource
  readonly syncSource: { readonly repoURL?: string; readonly targetBranch: string; readonly path: string }
  readonly hydrateTo?: { readonly targetBranch: string }
}

export type ResourceIgnoreDifferences = {
  readonly group?: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
  readonly jsonPointers?: readonly string[]
  readonly jqPathExpressions?: readonly string[]
  readonly managedFieldsManagers?: readonly string[]
}

export type SyncPolicy = {
  readonly automated?: { readonly prune?: true; readonly selfHeal?: true; readonly enabled?: false }
  readonly syncOptions?: readonly string[]
  readonly retry?: RetryStrategy
  readonly managedNamespaceMetadata?: ManagedNamespaceMetadata
}

export type RetryStrategy = {
  readonly limit?: number
  readonly refresh?: true
  readonly backoff?: { readonly duration?: string; readonly factor?: number; readonly maxDuration?: string }
}

export type ManagedNamespaceMetadata = {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

export type ObjectMeta = {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
}

export type ApplicationSpec = {
  readonly project: string
  readonly source?: ApplicationSource
  readonly sourceHydrator?: SourceHydratorSpec
  readonly destination: ApplicationDestination
  readonly syncPolicy?: SyncPolicy
  readonly ignoreDifferences?: readonly ResourceIgnoreDifferences[]
  readonly info?: readonly { readonly name: string; readonly value: string }[]
  readonly revisionHistoryLimit?: number
}

export type Application = {
  readonly apiVersion: 'argoproj.io/v1alpha1'
  readonly kind: 'Application'
  readonly metadata: ObjectMeta
  readonly spec: ApplicationSpec
}

export type GroupKind = { readonly group: string; readonly kind: string }

/** An entry of the cluster lists; without a name it stands for every object of the kind. */
export type ClusterResource = { readonly group: string; readonly kind: string; readonly name?: string }

export type SyncWindow = {
  readonly kind: 'allow' | 'deny'
  /** Five cron fields; Argo CD takes no descriptors such as `@daily`. */
  readonly schedule: string
  /** A Go duration: `1h`, `2h30m`. */
  readonly duration: string
  readonly timeZone?: string
  readonly applications?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly clusters?: readonly string[]
  readonly manualSync?: true
  readonly andOperator?: true
  readonly syncOverrun?: true
  readonly description?: string
}

export type ProjectRole = {
  readonly name: string
  readonly description?: string
  readonly policies?: readonly string[]
  readonly groups?: readonly string[]
}

export type DestinationServiceAccount = {
  readonly server: string
  readonly namespace?: string
  readonly defaultServiceAccount: string
}

/** Which commits may be synced: those signed with one of the keys. */
export type SourceIntegrity = {
  readonly git: {
    readonly policies: readonly {
      readonly repos: readonly { readonly url: string }[]
      readonly gpg: { readonly mode: 'none' | 'head' | 'strict'; readonly keys: readonly string[] }
    }[]
  }
}

export type OrphanedResources = {
  readonly warn?: true
  readonly ignore?: readonly { readonly group?: string; readonly kind?: string; readonly name?: string }[]
}

export type AppProjectSpec = {
  readonly description?: string
  readonly sourceRepos: readonly string[]
  readonly destinations: readonly ApplicationDestination[]
  readonly clusterResourceWhitelist?: readonly ClusterResource[]
  readonly clusterResourceBlacklist?: readonly ClusterResource[]
  readonly namespaceResourceWhitelist?: readonly GroupKind[]
  readonly namespaceResourceBlacklist?: readonly GroupKind[]
  readonly sourceNamespaces?: readonly string[]
  readonly orphanedResources?: OrphanedResources
  readonly roles?: readonly ProjectRole[]
  readonly syncWindows?: readonly SyncWindow[]
  readonly sourceIntegrity?: SourceIntegrity
  readonly destinationServiceAccounts?: readonly DestinationServiceAccount[]
  readonly permitOnlyProjectScopedClusters?: true
}

export type AppProject = {
  readonly apiVersion: 'argoproj.io/v1alpha1'
  readonly kind: 'AppProject'
  readonly metadata: ObjectMeta
  readonly spec: AppProjectSpec
}

export const argoApiVersion = 'argoproj.io/v1alpha1'

/** The cluster Argo CD runs in: its fixed URL, and the name it is registered under. */
export const inCluster = { server: 'https://kubernetes.default.svc', name: 'in-cluster' } as const

/**
 * Cascade: deleting the Application deletes what it deployed (docs/user-guide/app_deletion.md). With `/foreground` or
 * `/background` behind it, an API server takes it without a warning; a project has only this one.
 */
export const cascadeFinalizer = 'resources-finalizer.argocd.argoproj.io'
