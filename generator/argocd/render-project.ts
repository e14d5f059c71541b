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
import type { ArgoCdEnvironment, ArgoCdInput, Role } from './argocd-input.ts'
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
    spec: { ...permissionSpec(input, environment, scopeOf), ...operations(environment, name) },
  }
}

function permissionSpec(input: ArgoCdInput, environment: ArgoCdEnvironment, scopeOf: ScopeOf): AppProjectSpec {
  const source = environment.repoURL ?? input.repoURL
  const rendered = environment.hydrator?.repoURL
  return {
    description: `${input.platform}, ${environment.name}`,
    sourceRepos: [...new Set([source, ...(rendered === undefined ? [] : [rendered])])],
    ...permissionsFor(environment, scopeOf),
  }
}

function operations(environment: ArgoCdEnvironment, project: string): Partial<AppProjectSpec> {
  return present({
    orphanedResources: orphanedOf(environment.orphanedResources),
    roles: environment.roles?.map(role => projectRole(role, project)),
    syncWindows: environment.syncWindows?.map(window => selecting(window, project)),
    sourceIntegrity: environment.sourceIntegrity,
    destinationServiceAccounts: environment.serviceAccounts,
  })
}

function orphanedOf(setting: OrphanedResources | false | undefined): OrphanedResources | undefined {
  if (setting === false) return undefined
  return setting ?? { warn: true }
}

/**
 * Policies are bound to the one Application of the project (grammar: validatePolicy in
 * pkg/apis/application/v1alpha1/app_project_types.go).
 */
function projectRole(role: Role, project: string): ProjectRole {
  const subject = `proj:${project}:${role.name}`
  const actions = (role.actions ?? ['sync']).map(
    action => `p, ${subject}, applications, ${action}, ${project}/${project}, allow`,
  )
  const logs = role.logs === true ? [`p, ${subject}, logs, get, ${project}/${project}, allow`] : []
  return {
    name: role.name,
    ...present({ description: role.description }),
    policies: [...actions, ...logs],
    ...present({ groups: role.groups }),
  }
}

/** Argo CD refuses a window that selects nothing. */
function selecting(window: SyncWindow, application: string): SyncWindow {
  const selectors = [window.applications, window.namespaces, window.clusters]
  return selectors.some(selector => selector !== undefined && selector.length > 0)
    ? window
    : { ...window, applications: [application] }
}
