// The AppProject of one environment: exact source, exact destinations, exactly the kinds that render, and who may sync.

import {
  argoApiVersion,
  cascadeFinalizer,
  type AppProject,
  type AppProjectSpec,
  type OrphanedResources,
  type ProjectRole,
  type SyncWindow,
} from './application.ts'
import type { ArgoCdEnvironment, ArgoCdInput, Cluster, Role } from './argocd-input.ts'
import { permissionsFor } from './permissions.ts'
import { present } from './present.ts'
import { commonLabels } from './render-application.ts'
import type { ScopeOf } from './resource-scope.ts'

export function renderProject(input: ArgoCdInput, environment: ArgoCdEnvironment, scopeOf: ScopeOf): AppProject {
  const name = `${input.platform}-${environment.name}`
  return {
    apiVersion: argoApiVersion,
    kind: 'AppProject',
    metadata: {
      name,
      namespace: input.controlPlaneNamespace ?? 'argocd',
      labels: { ...commonLabels(input), environment: environment.name },
      // An Application created before its project is invalid until Argo CD looks again, minutes later.
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
      ...present({ finalizers: environment.projectFinalizer === true ? [cascadeFinalizer] : [] }),
    },
    spec: {
      ...permissionSpec(input, environment, scopeOf),
      ...operations(environment, name, applicationNames(input, environment)),
    },
  }
}

function permissionSpec(input: ArgoCdInput, environment: ArgoCdEnvironment, scopeOf: ScopeOf): AppProjectSpec {
  const source = environment.repoURL ?? input.repoURL
  const rendered = environment.hydrator?.repoURL
  return {
    description: `${input.platform}, ${environment.name}`,
    sourceRepos: [...new Set([source, ...(rendered === undefined ? [] : [rendered])])],
    ...permissionsFor(environment, scopeOf, matrixClusters(input, environment)),
  }
}

/** The clusters of a matrix, where the environment is part of one. */
function matrixClusters(input: ArgoCdInput, environment: ArgoCdEnvironment): readonly Cluster[] | undefined {
  const { applicationSet, environments } = input
  return applicationSet?.generator === 'matrix' && environments.includes(environment)
    ? applicationSet.clusters
    : undefined
}

/** An Application by the name of its project; in a matrix one per cluster. */
function applicationNames(input: ArgoCdInput, environment: ArgoCdEnvironment): readonly string[] {
  const name = `${input.platform}-${environment.name}`
  const clusters = matrixClusters(input, environment)
  return clusters === undefined
    ? [name]
    : (input.applicationSet?.clusters ?? []).map(cluster => `${name}-${cluster.name}`)
}

function operations(
  environment: ArgoCdEnvironment,
  project: string,
  applications: readonly string[],
): Partial<AppProjectSpec> {
  return present({
    orphanedResources: orphanedOf(environment.orphanedResources),
    roles: environment.roles?.map(role => projectRole(role, project, applications)),
    syncWindows: environment.syncWindows?.map(window => selecting(window, applications)),
    sourceIntegrity: environment.sourceIntegrity,
    destinationServiceAccounts: environment.serviceAccounts,
  })
}

function orphanedOf(setting: OrphanedResources | false | undefined): OrphanedResources | undefined {
  if (setting === false) return undefined
  return setting ?? { warn: true }
}

/**
 * Policies are bound to the Applications of the project (grammar: validatePolicy in
 * pkg/apis/application/v1alpha1/app_project_types.go).
 */
function projectRole(role: Role, project: string, applications: readonly string[]): ProjectRole {
  const subject = `proj:${project}:${role.name}`
  const actions = applications.flatMap(application =>
    (role.actions ?? ['sync']).map(
      action => `p, ${subject}, applications, ${action}, ${project}/${application}, allow`,
    ),
  )
  const logs =
    role.logs === true
      ? applications.map(application => `p, ${subject}, logs, get, ${project}/${application}, allow`)
      : []
  return {
    name: role.name,
    ...present({ description: role.description }),
    policies: [...actions, ...logs],
    ...present({ groups: role.groups }),
  }
}

/** Argo CD's API refuses a window that selects nothing. */
function selecting(window: SyncWindow, applications: readonly string[]): SyncWindow {
  const selectors = [window.applications, window.namespaces, window.clusters]
  return selectors.some(selector => selector !== undefined && selector.length > 0)
    ? window
    : { ...window, applications }
}
