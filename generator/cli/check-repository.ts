// The checks that need all Applications of a repository at once, and what each of them deploys.

import { posix } from 'node:path'
import { createBuilder, type Builder } from '../build/build-kustomization.ts'
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts'
import { diskTree } from '../io/disk-tree.ts'
import { runGit } from '../io/run-git.ts'
import { groupOf, type Resource } from '../manifest/resource.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import type { Scope } from '../argocd/resource-scope.ts'
import type { Profile } from '../model/profile.ts'
import { checkArgoCd, readRepository } from '../validate/argocd/repository/check-argocd.ts'
import type { ArgoCdCheckInput, Repository } from '../validate/argocd/repository/repository.ts'
import { isWanted } from '../validate/check-environment.ts'
import type { SchemaCatalog } from '../validate/schema/catalog.ts'

export interface RepositoryInput {
  readonly root: string
  readonly tree: FileTree
  /** Outside a repository the tree is the whole disk: the directory (path in it) to take for the repository; absent: none is. */
  readonly within?: string | undefined
  readonly builder: Builder
  /** Everything that was rendered or read in this run. */
  readonly resources: readonly Resource[]
  readonly profile: Profile
  /** The schemas at hand: what kinds are cluster-scoped. */
  readonly catalog: SchemaCatalog
  /** The repository's URL as the platform declares it. */
  readonly repository?: string | undefined
  /** Empty: everything. */
  readonly only: readonly string[]
}

/** Nothing where the run saw no Argo CD objects, or did not ask for them. */
export function checkRepository(input: RepositoryInput): readonly Diagnostic[] {
  const argocd = argoCdInput(input)
  if (argocd === undefined) return []
  const { only } = input
  return inTree(checkArgoCd(argocd), input).filter(({ code }) => isWanted(code, only.length === 0 ? undefined : only))
}

/** Who deploys what, as Argo CD would see it; undefined where the run saw no Application. */
export function repositoryOf(input: RepositoryInput): Repository | undefined {
  const argocd = argoCdInput(input)
  return argocd === undefined ? undefined : readRepository(argocd)
}

function argoCdInput(input: RepositoryInput): ArgoCdCheckInput | undefined {
  const { root, resources, profile, repository, catalog } = input
  const argocd = resources.filter(({ apiVersion }) => groupOf(apiVersion) === 'argoproj.io')
  const ofKind = (kind: string): readonly Resource[] => argocd.filter(resource => resource.kind === kind)
  const applications = ofKind('Application')
  const applicationSets = ofKind('ApplicationSet')
  if (applications.length + applicationSets.length === 0) return undefined
  return {
    applications,
    projects: ofKind('AppProject'),
    applicationSets,
    ...sourcesIn(input),
    profile,
    schemaScope: (apiVersion, kind) => scopeIn(catalog, apiVersion, kind),
    repoURLs: repositoryUrls(root, repository),
  }
}

function scopeIn(catalog: SchemaCatalog, apiVersion: string, kind: string): Scope | undefined {
  const scope = catalog.scopeOf(apiVersion, kind)
  return scope === undefined ? undefined : scope === 'Cluster' ? 'cluster' : 'namespaced'
}

/** Where the sources of Applications are looked for: never the whole disk, which nobody wants listed for the sake of one file. */
function sourcesIn({ root, tree, builder, within }: RepositoryInput): Pick<ArgoCdCheckInput, 'tree' | 'render'> {
  const render = (directory: string, edited?: FileTree): ReturnType<Builder['build']> =>
    (edited === undefined ? builder : createBuilder(edited)).build(directory)
  if (root !== '/') return { tree, render }
  if (within === undefined) return { tree: new Map(), render }
  return {
    tree: diskTree(posix.join(root, within)),
    render: (directory, edited) =>
      edited === undefined ? render(posix.join(within, directory)) : render(directory, edited),
  }
}

/** Places in files that were read relative to `within` become places of the tree, as all others are. */
function inTree(found: readonly Diagnostic[], { root, within }: RepositoryInput): readonly Diagnostic[] {
  if (root !== '/' || within === undefined) return found
  const placed = (at: SourceLocation): SourceLocation =>
    at.file === within || at.file.startsWith(`${within}/`) ? at : { ...at, file: posix.join(within, at.file) }
  return found.map(diagnostic => ({
    ...diagnostic,
    at: placed(diagnostic.at),
    ...(diagnostic.related === undefined
      ? {}
      : { related: diagnostic.related.map(related => ({ ...related, at: placed(related.at) })) }),
  }))
}

/** Starting Git takes longer than most checks: it is asked once, by who is not content with what the platform declares. */
function repositoryUrls(root: string, declared: string | undefined): Iterable<string> {
  let known: readonly string[] | undefined
  return {
    *[Symbol.iterator]() {
      if (declared !== undefined) yield declared
      yield* (known ??= remotes(root))
    },
  }
}

function remotes(root: string): readonly string[] {
  if (root === '/' || root === '-') return []
  const answer = runGit(root, ['config', '--get-regexp', String.raw`^remote\..*\.url$`])
  return answer.ok ? answer.text.split('\n').flatMap(line => line.split(' ')[1] ?? []) : []
}
