// The checks over all Applications of a repository: they need projects, other Applications, and what every source renders.
// Left out: what depends on history (a shared base that changes production, versions written back by bots) is change/'s.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { resourceKey, type Resource } from '../../../manifest/resource.ts'
import { scopesOf } from '../../../argocd/resource-scope.ts'
import {
  destinationOfApplication,
  isApplication,
  isApplicationSet,
  isAppProject,
  projectOf,
  sourcesOf,
} from '../../../argocd/simulate/read-argocd.ts'
import { expandApplicationSet } from '../../../argocd/simulate/application-set.ts'
import { checkApplicationSets } from './application-set-checks.ts'
import { checkGeneratedApplications } from './generated-application-checks.ts'
import { checkIgnoredDifferences, checkServerSideConflicts } from './difference-checks.ts'
import {
  checkNamespaceMismatch,
  checkNamespaceOwners,
  checkNamespaceRaces,
  checkNamespacesExist,
} from './namespace-checks.ts'
import { checkCascadingDeletion, checkRepeatedObjects, checkSharedObjects } from './ownership-checks.ts'
import {
  checkApplicationNamespaces,
  checkProjectPermissions,
  checkProjectsKnown,
  checkUnusedPermissions,
} from './project-checks.ts'
import type { ArgoCdCheckInput, Check, DeployedApplication, ExpandedSet, Repository } from './repository.ts'
import { resolveSource } from './resolve-sources.ts'
import {
  checkEvaluated,
  checkGeneratePaths,
  checkKustomizeOverrides,
  checkRoots,
  checkSourcePaths,
} from './source-checks.ts'
import { checkValueFiles } from './value-file-checks.ts'
import { checkIdleWindows } from './window-checks.ts'

/** Every check with the codes it may report; the codes have pages beside this file. */
export const repositoryChecks: readonly { readonly code: `argocd/${string}`; readonly check: Check }[] = [
  { code: 'argocd/application-set', check: checkApplicationSets },
  { code: 'argocd/source-path', check: checkSourcePaths },
  { code: 'argocd/value-file', check: checkValueFiles },
  { code: 'argocd/not-evaluated', check: checkEvaluated },
  { code: 'argocd/generate-paths', check: checkGeneratePaths },
  { code: 'argocd/kustomize-override', check: checkKustomizeOverrides },
  { code: 'argocd/root-leaves-itself-out', check: checkRoots },
  { code: 'argocd/project-forbids', check: checkProjectPermissions },
  { code: 'argocd/unknown-project', check: checkProjectsKnown },
  { code: 'argocd/application-namespace', check: checkApplicationNamespaces },
  { code: 'argocd/unused-permission', check: checkUnusedPermissions },
  { code: 'argocd/namespace-mismatch', check: checkNamespaceMismatch },
  { code: 'argocd/missing-namespace', check: checkNamespacesExist },
  { code: 'argocd/namespace-owners', check: checkNamespaceOwners },
  { code: 'argocd/namespace-race', check: checkNamespaceRaces },
  { code: 'argocd/shared-object', check: checkSharedObjects },
  { code: 'argocd/repeated-object', check: checkRepeatedObjects },
  { code: 'argocd/cascading-deletion', check: checkCascadingDeletion },
  { code: 'argocd/ignored-difference', check: checkIgnoredDifferences },
  { code: 'argocd/server-side-apply-conflict', check: checkServerSideConflicts },
  { code: 'argocd/idle-sync-window', check: checkIdleWindows },
]

/** All findings over a repository, in the order of the checks. The rules on single objects are argocdRules; generated
 *  Applications, which are in no rendered set, are held to them here. */
export function checkArgoCd(input: ArgoCdCheckInput): readonly Diagnostic[] {
  const repository = readRepository(input)
  return [...repositoryChecks.flatMap(({ check }) => [...check(repository)]), ...checkGeneratedApplications(repository)]
}

/**
 * Who deploys what: every Application once, with its sources resolved. Generated ones too, and those that other Applications deploy:
 * an app of apps leads to its children wherever they are.
 */
export function readRepository(input: ArgoCdCheckInput): Repository {
  const applications = new Map<string, DeployedApplication>()
  const sets = new Map<string, ExpandedSet>()
  const projects = new Map<string, Resource>()
  const open = [...input.applications, ...input.applicationSets, ...input.projects]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const key = resourceKey(next)
    if (isAppProject(next)) {
      if (!projects.has(key)) projects.set(key, next)
    } else if (isApplicationSet(next) && !sets.has(key)) {
      const expansion = expandApplicationSet(next, input)
      sets.set(key, { set: next, expansion })
      if (expansion.kind === 'expanded') open.push(...expansion.value)
    } else if (isApplication(next) && !applications.has(key)) {
      const found = deployed(next, input)
      applications.set(key, found)
      open.push(...found.resources.filter(isOfArgoCd).map(child => inNamespace(child, found.destination.namespace)))
    }
  }
  const all = [...applications.values()].flatMap(({ resources }) => resources)
  return {
    input,
    sets: [...sets.values()],
    applications: [...applications.values()],
    projects: [...projects.values()],
    controlPlane: input.profile.argocd?.namespace ?? 'argocd',
    scopeOf: scopesOf(all, [], input.schemaScope),
  }
}

function isOfArgoCd(resource: Resource): boolean {
  return isApplication(resource) || isApplicationSet(resource) || isAppProject(resource)
}

/** What a parent deploys without a namespace lands in the parent's destination. */
function inNamespace(child: Resource, namespace: string): Resource {
  return child.namespace !== undefined || namespace === '' ? child : { ...child, namespace }
}

function deployed(application: Resource, input: ArgoCdCheckInput): DeployedApplication {
  const sources = sourcesOf(application.object).map(source => ({
    source,
    state: resolveSource(application, source, input),
  }))
  return {
    application,
    destination: destinationOfApplication(application.object),
    project: projectOf(application.object),
    sources,
    resources: sources.flatMap(({ state }) => (state.kind === 'rendered' ? state.resources : [])),
    complete:
      sources.length > 0 && sources.every(({ state }) => state.kind === 'rendered' || state.kind === 'reference'),
  }
}
