// The checks that need all Applications of a repository at once, and what each of them deploys.

import type { Builder } from '../build/build-kustomization.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { runGit } from '../io/run-git.ts'
import { groupOf, type Resource } from '../manifest/resource.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import type { Profile } from '../model/profile.ts'
import { checkArgoCd } from '../validate/argocd/repository/check-argocd.ts'
import { isWanted } from '../validate/check-environment.ts'

export interface RepositoryInput {
  readonly root: string
  readonly tree: FileTree
  readonly builder: Builder
  /** Everything that was rendered or read in this run. */
  readonly resources: readonly Resource[]
  readonly profile: Profile
  /** The repository's URL as the platform declares it. */
  readonly repository?: string | undefined
  /** Empty: everything. */
  readonly only: readonly string[]
}

/** Nothing where the run saw no Argo CD objects, or did not ask for them. */
export function checkRepository(input: RepositoryInput): readonly Diagnostic[] {
  const { root, tree, builder, resources, profile, repository, only } = input
  const argocd = resources.filter(({ apiVersion }) => groupOf(apiVersion) === 'argoproj.io')
  const ofKind = (kind: string): readonly Resource[] => argocd.filter(resource => resource.kind === kind)
  const applications = ofKind('Application')
  const applicationSets = ofKind('ApplicationSet')
  if (applications.length + applicationSets.length === 0) return []
  const found = checkArgoCd({
    applications,
    projects: ofKind('AppProject'),
    applicationSets,
    tree,
    render: directory => builder.build(directory),
    profile,
    repoURLs: [...new Set([...(repository === undefined ? [] : [repository]), ...remotes(root)])],
  })
  return found.filter(({ code }) => isWanted(code, only.length === 0 ? undefined : only))
}

function remotes(root: string): readonly string[] {
  if (root === '/' || root === '-') return []
  const answer = runGit(root, ['config', '--get-regexp', String.raw`^remote\..*\.url$`])
  return answer.ok ? answer.text.split('\n').flatMap(line => line.split(' ')[1] ?? []) : []
}
