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
  readonly description?: string
}

export interface ArgoCdSettings {
  /** `automated` where absent; `frozen` keeps the settings but switches it off; `manual` leaves syncing to a person or Kargo. */
  readonly sync?: 'automated' | 'frozen' | 'manual'
  readonly prune?: boolean
  readonly selfHeal?: boolean
  readonly applyOutOfSyncOnly?: boolean
  readonly serverSideApply?: boolean
  /** What deleting the Application does to its objects; they stay (`orphan`) where absent. */
  readonly deletion?: 'orphan' | 'cascade' | 'cascade-background'
  readonly syncWindows?: readonly SyncWindow[]
  readonly notifications?: readonly {
    readonly service: string
    readonly recipients: readonly string[]
    readonly triggers?: readonly string[]
  }[]
  /** Who may do what with the Application, beside Argo CD's global roles; `sync` where no action is named. */
  readonly roles?: readonly {
    readonly name: string
    readonly description?: string
    readonly groups?: readonly string[]
    readonly actions?: readonly string[]
    readonly logs?: boolean
  }[]
  readonly hydrator?: {
    readonly targetBranch: string
    readonly path?: string
    readonly repoURL?: string
    readonly stagingBranch?: string
  }
  readonly kargo?: { readonly project: string; readonly stage: string }
}
