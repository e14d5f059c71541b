// What the Argo CD manifests are made from: every choice this tool makes for them is a field here, with its default.
// The defaults are the practice of Argo CD's own documentation for a staging and a production environment.

import type { Resource } from '../manifest/resource.ts'
import type {
  ClusterResource,
  DestinationServiceAccount,
  GroupKind,
  ManagedNamespaceMetadata,
  OrphanedResources,
  ResourceIgnoreDifferences,
  RetryStrategy,
  SourceIntegrity,
  SyncWindow,
} from './application.ts'

/** A cluster: by registered name, or by API server URL. Exactly one, as Argo CD demands. */
export type Cluster = { readonly name: string } | { readonly server: string }

export interface ArgoCdInput {
  /** Prefix of every name: the Application of `production` is `<platform>-production`. */
  readonly platform: string
  /** The repository Argo CD reads, exactly as registered there. Also the only source the projects permit. */
  readonly repoURL: string
  /** Namespace of the Argo CD control plane, where all objects written here live. `argocd` where absent. */
  readonly controlPlaneNamespace?: string
  /** The cluster the control plane runs in, as the root Application names it. The in-cluster URL where absent. */
  readonly controlPlane?: Cluster
  /** Directory of the written manifests. `argocd` where absent. */
  readonly path?: string
  /** The Application that syncs `path` itself. Written with the defaults where absent; `false`: none (something else applies them). */
  readonly root?: RootSettings | false
  readonly environments: readonly ArgoCdEnvironment[]
  /**
   * Applications beside the environments', such as one for cluster-wide admission policies: each gets a project of its
   * own, computed the same way.
   */
  readonly additional?: readonly ArgoCdEnvironment[]
  /** One ApplicationSet in place of the environments' Applications. None where absent: plain Applications review better. */
  readonly applicationSet?: ApplicationSetSettings
  /** Scope of custom kinds whose CRD is not rendered; without it, an object with a namespace counts as namespaced. */
  readonly customKinds?: readonly CustomKind[]
  /** Labels of every written object, beside `app.kubernetes.io/part-of`. */
  readonly labels?: Readonly<Record<string, string>>
}

export interface CustomKind {
  readonly group: string
  readonly kind: string
  readonly scope: 'cluster' | 'namespaced'
}

export interface RootSettings {
  /** `refs/heads/main` where absent: what the root deploys is only which revision each environment runs. */
  readonly targetRevision?: string
  /** Automated with prune and self-heal where absent. */
  readonly sync?: SyncMode
  readonly notifications?: readonly Notification[]
}

/**
 * `automated`: sync on every change, prune, undo manual changes. `frozen`: the same, switched off for now by
 * `enabled: false`. `manual`: somebody, or Kargo, starts each sync.
 */
export type SyncMode = 'automated' | 'frozen' | 'manual'

export interface ArgoCdEnvironment {
  readonly name: string
  readonly production: boolean
  /**
   * Git revision. Production is pinned: a commit SHA or `refs/tags/…`. Others follow a branch: `refs/heads/main`.
   * Fully qualified names cannot be ambiguous and cost Argo CD less to resolve.
   */
  readonly targetRevision: string
  /** The overlay's directory, from the repository root. */
  readonly path: string
  readonly cluster: Cluster
  /** Namespace for objects that name none. Absent for an Application of cluster-scoped objects only. */
  readonly namespace?: string
  /** What the overlay renders. Permissions, ignored differences and sync options are computed from it. */
  readonly resources: readonly Resource[]
  /**
   * Objects that are deployed and that `resources` no longer holds: those of a pinned revision older than the tree at
   * hand, and those about to be pruned. The project goes on permitting them, because Argo CD refuses to sync, and
   * silently leaves running instead of pruning, what its project does not permit (controller/state.go).
   */
  readonly deployed?: readonly Resource[]
  /**
   * Permits the kinds that controllers make from the rendered ones (ReplicaSet, Pod, Job, PersistentVolumeClaim), so that
   * Argo CD shows them and their logs: it hides what the project does not permit. False where absent: then the project
   * permits exactly what renders.
   */
  readonly showChildren?: boolean
  /** Every directory or file the overlay reads, from the repository root: the manifest-generate-paths annotation. */
  readonly inputs: readonly string[]
  /** Another repository than the platform's. */
  readonly repoURL?: string
  /** `automated` where absent. */
  readonly sync?: SyncMode
  /** Automated sync deletes what left Git. True where absent. */
  readonly prune?: boolean
  /** Automated sync undoes changes made in the cluster. True where absent. */
  readonly selfHeal?: boolean
  /** Five attempts from 5 s to 3 min, each on the newest revision, where absent. */
  readonly retry?: RetryStrategy
  /** Deletes only after everything else is synced and healthy, so that old pods keep their old ConfigMap. True where absent. */
  readonly pruneLast?: boolean
  /** Refuses to take over an object that another Application owns. True where absent. */
  readonly failOnSharedResource?: boolean
  /** `foreground` is Argo CD's default and never written. */
  readonly prunePropagation?: 'foreground' | 'background' | 'orphan'
  /** Applies only what changed: for thousands of objects. Hooks do not run then. False where absent. */
  readonly applyOutOfSyncOnly?: boolean
  /**
   * Server-side apply, with server-side diff. Where absent: only when an object is too big for the last-applied
   * annotation of client-side apply (262144 bytes).
   */
  readonly serverSideApply?: boolean
  /** Where absent: only when the namespace is not rendered. Argo CD then creates it and the project permits it. */
  readonly createNamespace?: boolean
  /** Labels and annotations of a namespace that Argo CD creates. Never for a rendered one: two owners would fight. */
  readonly managedNamespaceMetadata?: ManagedNamespaceMetadata
  /** Further sync options, written as they are. */
  readonly syncOptions?: readonly string[]
  /** Differences to ignore beside the derived ones (autoscaled replicas, injected CA bundles). */
  readonly ignoreDifferences?: readonly ResourceIgnoreDifferences[]
  /**
   * What deleting the Application does to its objects. `orphan` (they stay) where absent; `cascade` for environments
   * that may vanish; `cascade-background` does not wait for dependents.
   */
  readonly deletion?: 'orphan' | 'cascade' | 'cascade-background'
  readonly notifications?: readonly Notification[]
  /** Who may do what with the Application, beside Argo CD's global roles. */
  readonly roles?: readonly Role[]
  /** When syncs may run. Windows without a selector get the Application of this environment. */
  readonly syncWindows?: readonly SyncWindow[]
  /** Warning about objects in the namespace that no Application owns. On, without exceptions, where absent. */
  readonly orphanedResources?: OrphanedResources | false
  /**
   * Kinds and objects the project refuses whatever else permits them. There is no field for refused destinations: the
   * computed list is exact, and in Argo CD a `!` destination by itself permits every other namespace.
   */
  readonly deny?: { readonly cluster?: readonly ClusterResource[]; readonly namespaced?: readonly GroupKind[] }
  /** Kinds permitted beside the rendered ones (for what is to come, or for hooks made by a controller). */
  readonly permit?: { readonly cluster?: readonly ClusterResource[]; readonly namespaced?: readonly GroupKind[] }
  /** Signed commits only. */
  readonly sourceIntegrity?: SourceIntegrity
  /** Service account Argo CD impersonates for the sync, by destination. */
  readonly serviceAccounts?: readonly DestinationServiceAccount[]
  /**
   * Keeps the project until no Application refers to it. False where absent: its name has no path, and the API server
   * warns about that each time the project is applied.
   */
  readonly projectFinalizer?: boolean
  /** Source Hydrator: Argo CD renders to a branch and syncs that. */
  readonly hydrator?: HydratorSettings
  /** Kargo may promote into this Application: `<project>:<stage>` of Kargo. */
  readonly kargo?: { readonly project: string; readonly stage: string }
  /** Links and notes shown with the Application. */
  readonly info?: readonly { readonly name: string; readonly value: string }[]
  /** Argo CD keeps 10 revisions where absent. */
  readonly revisionHistoryLimit?: number
  /** Order among the children of the root. Needs the health check for Application in argocd-cm. None where absent. */
  readonly syncWave?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

export interface HydratorSettings {
  /** Branch that holds the rendered manifests, such as `environments/production`. */
  readonly targetBranch: string
  /** Directory there, never the root. The overlay's path where absent. */
  readonly path?: string
  /** Repository of the rendered manifests; the source's where absent. */
  readonly repoURL?: string
  /** Branch rendered manifests are pushed to first, to be merged by a pull request. */
  readonly stagingBranch?: string
}

export interface Notification {
  /** Service of argocd-notifications-cm: `slack`, `email`, … */
  readonly service: string
  readonly recipients: readonly string[]
  /** Sync failures and degraded health, plus deployments and unknown status in production, where absent. */
  readonly triggers?: readonly string[]
}

export interface Role {
  readonly name: string
  readonly description?: string
  /** OIDC groups. */
  readonly groups?: readonly string[]
  /** Actions on Applications; `sync` where absent. Since Argo CD 3.0 `update` no longer reaches the objects inside. */
  readonly actions?: readonly string[]
  /** Whether the role may read container logs. */
  readonly logs?: boolean
}

/** One ApplicationSet for all environments. The safety set (missing keys are errors, nothing is deleted) is always on. */
export interface ApplicationSetSettings {
  /**
   * `list`: the environments, one element each. `git-directory`: whatever matches `directories`, with the environments'
   * settings by directory name. `matrix`: those directories on each of `clusters`.
   */
  readonly generator: 'list' | 'git-directory' | 'matrix'
  /** Glob of overlay directories; the parent of the first environment's path and `/*` where absent. */
  readonly directories?: string
  /** Revision the git generator looks at; `refs/heads/main` where absent. */
  readonly revision?: string
  /** For `matrix`. */
  readonly clusters?: readonly { readonly name: string }[]
  /** What the controller may do to Applications; `create-update` (never delete) where absent. */
  readonly policy?: 'create-only' | 'create-update' | 'create-delete' | 'sync'
  /** Whether objects stay when an Application is deleted. True where absent. */
  readonly preserveResourcesOnDeletion?: boolean
}
