// The root: an Application that syncs the directory of all Argo CD manifests, itself among them, so that its own revision
// is under Git too (an app of apps that leaves itself out drifts unseen). Its project permits nothing but that.

import {
  argoApiVersion,
  inCluster,
  type Application,
  type ApplicationDestination,
  type AppProject,
} from './application.ts'
import type { ArgoCdInput, RootSettings } from './argocd-input.ts'
import { present } from './present.ts'
import { automatedOf, commonLabels, defaultRetry, subscriptions } from './render-application.ts'

/** The root's project: this repository, the control plane's namespace, and the Argo CD kinds among `kinds`. */
export function renderRootProject(input: ArgoCdInput, kinds: readonly string[]): AppProject {
  return {
    apiVersion: argoApiVersion,
    kind: 'AppProject',
    metadata: {
      name: rootName(input),
      namespace: controlPlaneNamespace(input),
      labels: commonLabels(input),
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: `${input.platform}, the Argo CD objects themselves`,
      sourceRepos: [input.repoURL],
      destinations: [rootDestination(input)],
      namespaceResourceWhitelist: [...new Set(kinds)].sort().map(kind => ({ group: 'argoproj.io', kind })),
    },
  }
}

export function renderRootApplication(input: ArgoCdInput, root: RootSettings): Application {
  return {
    apiVersion: argoApiVersion,
    kind: 'Application',
    metadata: {
      name: rootName(input),
      namespace: controlPlaneNamespace(input),
      labels: commonLabels(input),
      annotations: {
        'argocd.argoproj.io/manifest-generate-paths': '.',
        ...subscriptions(root.notifications ?? [], true),
      },
    },
    spec: {
      project: rootName(input),
      source: {
        repoURL: input.repoURL,
        targetRevision: root.targetRevision ?? 'refs/heads/main',
        path: input.path ?? 'argocd',
      },
      destination: rootDestination(input),
      syncPolicy: {
        ...present({ automated: automatedOf(root.sync ?? 'automated', true, true) }),
        retry: defaultRetry,
        syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
      },
    },
  }
}

function rootName(input: ArgoCdInput): string {
  return `${input.platform}-root`
}

function controlPlaneNamespace(input: ArgoCdInput): string {
  return input.controlPlaneNamespace ?? 'argocd'
}

function rootDestination(input: ArgoCdInput): ApplicationDestination {
  return { ...(input.controlPlane ?? { server: inCluster.server }), namespace: controlPlaneNamespace(input) }
}
