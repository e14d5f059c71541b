// What the Argo CD manifests are made from, read off the model and the rendered environments.

import { present } from '../argocd/present.ts'
import type { DestinationServiceAccount, SourceIntegrity } from '../argocd/application.ts'
import type {
  ApplicationSetSettings,
  ArgoCdEnvironment,
  ArgoCdInput,
  Cluster,
  RootSettings,
} from '../argocd/argocd-input.ts'
import { baseDirectory } from '../kustomize/render-base.ts'
import { policiesDirectory } from '../kustomize/render-policies.ts'
import { overlayDirectory } from '../kustomize/render-overlay.ts'
import type { Resource } from '../manifest/resource.ts'
import { clusterOf } from '../model/checks/check-environments.ts'
import type { ArgoCdSettings } from '../model/argocd-settings.ts'
import type { Environment, Platform, PlatformSettings } from '../model/platform.ts'
import { isProduction } from '../model/resolve.ts'

/** @param rendered environment name to what its overlay renders */
export function argoCdInput(
  platform: Platform,
  rendered: ReadonlyMap<string, readonly Resource[]>,
  policies: readonly Resource[],
): ArgoCdInput {
  const { settings } = platform
  const emission = settings.argocd ?? {}
  return {
    platform: platform.name,
    repoURL: settings.repository,
    ...present({
      controlPlaneNamespace: emission.namespace,
      labels: emission.labels,
      applicationSet: applicationSetOf(settings),
    }),
    root: rootOf(settings),
    environments: [...rendered].flatMap(([name, resources]) => {
      const environment = settings.environments[name]
      return environment === undefined ? [] : [environmentInput(platform, name, environment, resources)]
    }),
    additional: policyInputs(platform, policies),
  }
}

function rootOf({ branch, argocd }: PlatformSettings): RootSettings | false {
  if (argocd?.root === false) return false
  return { ...argocd?.root, ...(branch === undefined ? {} : { targetRevision: branch }) }
}

function applicationSetOf({ argocd, branch, clusters }: PlatformSettings): ApplicationSetSettings | undefined {
  if (argocd?.applicationSet === undefined) return undefined
  const { clusters: names, ...set } = argocd.applicationSet
  const named = names?.flatMap(name => {
    const cluster = clusters[name]
    return cluster !== undefined && 'name' in cluster ? [cluster] : []
  })
  return { ...set, ...present({ revision: branch, clusters: named }) }
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
  const cluster = platform.settings.clusters[clusterOf(platform, environment)] ?? { name: 'in-cluster' }
  const { signedBy, serviceAccount, ...argocd } = environment.argocd ?? {}
  return {
    name,
    production: isProduction(name, environment),
    targetRevision: environment.revision,
    path,
    cluster,
    namespace: environment.namespace,
    resources,
    inputs: [path, baseDirectory],
    ...argocd,
    ...(signedBy === undefined ? {} : { sourceIntegrity: signedCommits(platform.settings.repository, signedBy) }),
    ...(serviceAccount === undefined
      ? {}
      : { serviceAccounts: [impersonated(cluster, environment.namespace, serviceAccount)] }),
  }
}

function signedCommits(
  url: string,
  { keys, mode = 'strict' }: NonNullable<ArgoCdSettings['signedBy']>,
): SourceIntegrity {
  return { git: { policies: [{ repos: [{ url }], gpg: { mode, keys } }] } }
}

/** Argo CD matches the account by the cluster's URL, which a name does not tell. */
function impersonated(cluster: Cluster, namespace: string, account: string): DestinationServiceAccount {
  return { server: 'server' in cluster ? cluster.server : '*', namespace, defaultServiceAccount: account }
}
