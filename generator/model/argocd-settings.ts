// How Argo CD treats an environment, where the defaults do not suit. Each field is explained where it is used:
// generator/argocd/argocd-input.ts.

/** Weekly or daily times at which an environment may (allow) or may not (deny) be synced. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny'
  /** Five cron fields: when it opens. */
  readonly schedule: string
  /** Go duration: how long it stays open. */
  readonly duration: string
  /** IANA name; UTC where absent. */
  readonly timeZone?: string
  /** Whether a person may still sync by hand. */
  readonly manualSync?: true
  /** Whether a sync that has begun goes on when the window closes. */
  readonly syncOverrun?: true
  readonly description?: string
}

/** A group and a kind as manifests write them; '' is the core group, and `*` stands for anything. */
export interface KindEntry {
  readonly group: string
  readonly kind: string
}

/** Kinds for the lists of a project; cluster-scoped ones by name, where one is given. */
export interface KindLists {
  readonly cluster?: readonly (KindEntry & { readonly name?: string })[]
  readonly namespaced?: readonly KindEntry[]
}

export interface IgnoredDifference {
  /** API group without version; the core group where absent. */
  readonly group?: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
  readonly jsonPointers?: readonly string[]
  readonly jqPathExpressions?: readonly string[]
  readonly managedFieldsManagers?: readonly string[]
}

export interface ArgoCdNotification {
  /** Service of argocd-notifications-cm: `slack`, `email`, … */
  readonly service: string
  readonly recipients: readonly string[]
  /** Failures, and in production deployments too, where absent. */
  readonly triggers?: readonly string[]
}

/** `automated`; `frozen` keeps the settings but switches it off; `manual` leaves syncing to a person or Kargo. */
export type ArgoCdSync = 'automated' | 'frozen' | 'manual'

export interface ArgoCdSettings {
  /** `automated` where absent. */
  readonly sync?: ArgoCdSync
  /** Automated sync deletes what left Git. True where absent. */
  readonly prune?: boolean
  /** Automated sync undoes changes made in the cluster. True where absent. */
  readonly selfHeal?: boolean
  /** Five attempts from 5 s to 3 min, each on the newest revision, where absent. */
  readonly retry?: {
    readonly limit?: number
    readonly refresh?: true
    readonly backoff?: { readonly duration?: string; readonly factor?: number; readonly maxDuration?: string }
  }
  /** Deletes after everything else is healthy. True where absent. */
  readonly pruneLast?: boolean
  readonly prunePropagation?: 'foreground' | 'background' | 'orphan'
  /** Refuses to take over what another Application owns. True where absent. */
  readonly failOnSharedResource?: boolean
  readonly applyOutOfSyncOnly?: boolean
  /** Where absent: only when an object is too big for client-side apply. */
  readonly serverSideApply?: boolean
  /** Further sync options, written as they are. */
  readonly syncOptions?: readonly string[]
  /** Differences left alone beside the derived ones (autoscaled replicas, injected CA bundles). */
  readonly ignoreDifferences?: readonly IgnoredDifference[]
  /** What deleting the Application does to its objects; they stay (`orphan`) where absent. */
  readonly deletion?: 'orphan' | 'cascade' | 'cascade-background'
  readonly syncWindows?: readonly SyncWindow[]
  readonly notifications?: readonly ArgoCdNotification[]
  /** Who may do what with the Application, beside Argo CD's global roles; `sync` where no action is named. */
  readonly roles?: readonly {
    readonly name: string
    readonly description?: string
    readonly groups?: readonly string[]
    readonly actions?: readonly string[]
    readonly logs?: boolean
  }[]
  /** Warnings about objects that no Application owns: on where absent, with exceptions, or off (`false`). */
  readonly orphanedResources?:
    false | { readonly ignore: readonly { readonly group?: string; readonly kind?: string; readonly name?: string }[] }
  /** What the project refuses, whatever else permits it. */
  readonly deny?: KindLists
  /** What the project permits beside what renders: for what a hook or a controller makes, or is about to be removed. */
  readonly permit?: KindLists
  /** Permits what controllers make (ReplicaSet, Pod …), so that Argo CD shows it. False where absent. */
  readonly showChildren?: boolean
  /** Only commits signed with one of these keys are synced: `head` looks at the newest, `strict` (where absent) at all since the last sync. */
  readonly signedBy?: { readonly keys: readonly string[]; readonly mode?: 'head' | 'strict' }
  /** The service account Argo CD impersonates to sync: `name`, or `namespace:name`. */
  readonly serviceAccount?: string
  /** Keeps the project until no Application refers to it, by a finalizer the API server warns about. False where absent. */
  readonly projectFinalizer?: boolean
  /** Source Hydrator: rendered to a branch, and synced from there. */
  readonly hydrator?: {
    readonly targetBranch: string
    readonly path?: string
    readonly repoURL?: string
    readonly stagingBranch?: string
  }
  /** Kargo may promote into this environment. */
  readonly kargo?: { readonly project: string; readonly stage: string }
  /** Links and notes shown with the Application. */
  readonly info?: readonly { readonly name: string; readonly value: string }[]
  /** Argo CD keeps 10 where absent. */
  readonly revisionHistoryLimit?: number
  /** Order among the environments' Applications; needs `applicationHealthCheck`. */
  readonly syncWave?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** What is emitted for the platform as a whole. */
export interface ArgoCdEmission {
  /** The Application that syncs `argocd/` itself; `false`: something else applies it. */
  readonly root?: false | { readonly sync?: ArgoCdSync; readonly notifications?: readonly ArgoCdNotification[] }
  /** One ApplicationSet in place of an Application per environment. */
  readonly applicationSet?: {
    /** `list`: the environments. `git-directory`: the overlays found in Git. `matrix`: those on each of `clusters`. */
    readonly generator: 'list' | 'git-directory' | 'matrix'
    /** For `matrix`: clusters of the platform that have a name. */
    readonly clusters?: readonly string[]
    /** What may happen to Applications; nothing is deleted (`create-update`) where absent. */
    readonly policy?: 'create-only' | 'create-update' | 'create-delete' | 'sync'
    /** Whether objects stay when an Application is deleted. True where absent. */
    readonly preserveResourcesOnDeletion?: boolean
  }
  /** Labels of every object in `argocd/`. */
  readonly labels?: Readonly<Record<string, string>>
}
