// A repository as the checks over all its Applications see it: who deploys what, from where, to where, by which project.

import type { Diagnostic, DiagnosticCode, Result, Severity } from '../../../diagnostics/diagnostic.ts'
import type { FileTree } from '../../../manifest/file-tree.ts'
import { locationOf, type Place, type Resource } from '../../../manifest/resource.ts'
import type { Profile } from '../../../model/profile.ts'
import type { SchemaScope, ScopeOf } from '../../../argocd/resource-scope.ts'
import type { Expansion } from '../../../argocd/simulate/expansion.ts'
import type { RenderedApplication } from '../../../argocd/simulate/ownership.ts'
import type { KnownClusters } from '../../../argocd/simulate/project-permission.ts'
import type { SourceView } from '../../../argocd/simulate/read-argocd.ts'
import { identityOf } from '../../run-rules.ts'

/** What the checks over a repository need; nothing is read from disk. */
export interface ArgoCdCheckInput {
  /** Every Application, AppProject and ApplicationSet found: rendered ones and those in loose files. Repetitions are dropped. */
  readonly applications: readonly Resource[]
  readonly projects: readonly Resource[]
  readonly applicationSets: readonly Resource[]
  readonly tree: FileTree
  /** Builds a kustomization directory, of `tree` or of another version of it. */
  readonly render: (directory: string, edited?: FileTree) => Result<readonly Resource[]>
  readonly profile: Profile
  /** The URLs of this repository (as declared, its remotes); sources elsewhere are not evaluated. None known: paths decide. */
  readonly repoURLs: Iterable<string>
  /** Clusters whose name and URL are both known. */
  readonly clusters?: KnownClusters
  /** Scope of custom kinds whose definition nothing renders. */
  readonly schemaScope?: SchemaScope
}

export type SourceState =
  | { readonly kind: 'rendered'; readonly directory: string; readonly resources: readonly Resource[] }
  /** Only lends files to other sources. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'not-evaluated'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly reason: string; readonly help: string }

export interface ResolvedSource {
  readonly source: SourceView
  readonly state: SourceState
}

export interface DeployedApplication extends RenderedApplication {
  readonly project: string
  readonly sources: readonly ResolvedSource[]
  /** Whether `resources` is all it deploys: every source was rendered. */
  readonly complete: boolean
}

/** An ApplicationSet with what it generates, as far as that is known. */
export interface ExpandedSet {
  readonly set: Resource
  readonly expansion: Expansion<readonly Resource[]>
}

export interface Repository {
  readonly input: ArgoCdCheckInput
  readonly sets: readonly ExpandedSet[]
  /** Generated ones too. */
  readonly applications: readonly DeployedApplication[]
  readonly projects: readonly Resource[]
  readonly controlPlane: string
  readonly scopeOf: ScopeOf
}

export type Check = (repository: Repository) => Iterable<Diagnostic>

interface Report {
  readonly code: DiagnosticCode
  readonly severity: Severity
  readonly at: Place
  readonly message: string
  readonly help: string
  readonly related?: readonly { readonly at: Place; readonly note: string }[]
}

export function report({ code, severity, at, message, help, related = [] }: Report): Diagnostic {
  return {
    code,
    severity,
    message,
    help,
    at: locationOf(at),
    resource: identityOf(at.resource),
    ...(related.length === 0 ? {} : { related: related.map(each => ({ at: locationOf(each.at), note: each.note })) }),
  }
}

/** Up to three of a list, and how many more there are. */
export function some(items: readonly string[]): string {
  const shown = items.slice(0, 3).join(', ')
  return items.length > 3 ? `${shown} and ${items.length - 3} more` : shown
}
