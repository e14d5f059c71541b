// The Argo CD manifests of a platform: a project and an Application per environment, a root that syncs them all, and the
// kustomization that lists them, so that `kubectl apply -k` bootstraps what the root then keeps true.

import type { YamlMap } from '../manifest/value.ts'
import type { Application, AppProject } from './application.ts'
import type { ArgoCdInput } from './argocd-input.ts'
import { renderApplicationSet, type ApplicationSet } from './render-application-set.ts'
import { renderApplication } from './render-application.ts'
import { renderProject } from './render-project.ts'
import { renderRootApplication, renderRootProject } from './render-root.ts'
import { scopesOf } from './resource-scope.ts'

/** One written file: its path from the repository root, and its one object. */
export interface ArgoCdFile {
  readonly path: string
  readonly object: YamlMap
}

type Written = { readonly path: string; readonly object: Application | AppProject | ApplicationSet }

/**
 * All files under `argocd/`, sorted by path: `kustomization.yaml`, `applications/<environment>.yaml`,
 * `projects/<environment>.yaml`, `applicationsets/<platform>.yaml` when asked for.
 */
export function renderArgoCd(input: ArgoCdInput): readonly ArgoCdFile[] {
  const directory = input.path ?? 'argocd'
  const all = [...projects(input), ...applications(input)]
  const written = [...all, ...root(input, all)].sort((a, b) => (a.path < b.path ? -1 : 1))
  const kustomization: YamlMap = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: written.map(({ path }) => path),
  }
  return [{ path: 'kustomization.yaml', object: kustomization }, ...written].map(({ path, object }) => ({
    path: `${directory}/${path}`,
    object,
  }))
}

function projects(input: ArgoCdInput): readonly Written[] {
  return [...input.environments, ...(input.additional ?? [])].map(environment => ({
    path: `projects/${environment.name}.yaml`,
    object: renderProject(input, environment, scopesOf(environment.resources, input.customKinds)),
  }))
}

function applications(input: ArgoCdInput): readonly Written[] {
  const { applicationSet } = input
  const plain = [...(applicationSet === undefined ? input.environments : []), ...(input.additional ?? [])]
  const own = plain.map(environment => ({
    path: `applications/${environment.name}.yaml`,
    object: renderApplication(input, environment),
  }))
  if (applicationSet === undefined) return own
  const set = { path: `applicationsets/${input.platform}.yaml`, object: renderApplicationSet(input, applicationSet) }
  return [...own, set]
}

function root(input: ArgoCdInput, all: readonly Written[]): readonly Written[] {
  if (input.root === false) return []
  const kinds = ['AppProject', 'Application', ...all.map(({ object }) => object.kind)]
  return [
    { path: 'projects/root.yaml', object: renderRootProject(input, kinds) },
    { path: 'applications/root.yaml', object: renderRootApplication(input, input.root ?? {}) },
  ]
}
