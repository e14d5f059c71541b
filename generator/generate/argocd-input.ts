// What the Argo CD manifests are made from, read off the model and the rendered environments.

import type { ArgoCdEnvironment, ArgoCdInput } from '../argocd/argocd-input.ts'
import { baseDirectory } from '../kustomize/render-base.ts'
import { policiesDirectory } from '../kustomize/render-policies.ts'
import { overlayDirectory } from '../kustomize/render-overlay.ts'
import type { Resource } from '../manifest/resource.ts'
import { clusterOf } from '../model/checks/check-environments.ts'
import type { Environment, Platform } from '../model/platform.ts'
import { isProduction } from '../model/resolve.ts'

/** @param rendered environment name to what its overlay renders */
export function argoCdInput(
  platform: Platform,
  rendered: ReadonlyMap<string, readonly Resource[]>,
  policies: readonly Resource[],
): ArgoCdInput {
  const { settings } = platform
  return {
    platform: platform.name,
    repoURL: settings.repository,
    ...(settings.argocd?.namespace === undefined ? {} : { controlPlaneNamespace: settings.argocd.namespace }),
    root: settings.branch === undefined ? {} : { targetRevision: settings.branch },
    environments: [...rendered].flatMap(([name, resources]) => {
      const environment = settings.environments[name]
      return environment === undefined ? [] : [environmentInput(platform, name, environment, resources)]
    }),
    additional: policyInputs(platform, policies),
  }
}

/** One Application per cluster for the admission policies: they belong to no environment, and to each cluster. */
function policyInputs({ settings }: Platform, policies: readonly Resource[]): readonly ArgoCdEnvironment[] {
  const { admission, clusters } = settings
  if (admission === undefined) return []
  const names = Object.keys(clusters)
  return names.map(name => ({
    name: names.length === 1 ? 'policies' : `policies-${name}`,
    production: Object.entries(settings.environments).some(([one, environment]) => isProduction(one, environment)),
    targetRevision: admission.revision,
    path: policiesDirectory,
    cluster: clusters[name] ?? { name },
    resources: policies,
    inputs: [policiesDirectory],
  }))
}

function environmentInput(
  platform: Platform,
  name: string,
  environment: Environment,
  resources: readonly Resource[],
): ArgoCdEnvironment {
  const path = overlayDirectory(name)
  return {
    name,
    production: isProduction(name, environment),
    targetRevision: environment.revision,
    path,
    cluster: platform.settings.clusters[clusterOf(platform, environment)] ?? { name: 'in-cluster' },
    namespace: environment.namespace,
    resources,
    inputs: [path, baseDirectory],
    ...environment.argocd,
  }
}
