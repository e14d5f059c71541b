// Environments: where they run, what they deploy, and that no two of them own the same objects.

import { hint } from '../../diagnostics/suggest.ts'
import type { ModelFinding } from '../model-finding.ts'
import type { Environment, Platform } from '../platform.ts'
import { environmentNames, isProduction } from '../resolve.ts'

const pinned = /^([0-9a-f]{40}|[0-9a-f]{64}|refs\/tags\/.+)$/
const qualified = /^(refs\/(heads|tags)\/.+|[0-9a-f]{40}|[0-9a-f]{64})$/

export function* checkEnvironments(platform: Platform): Iterable<ModelFinding> {
  const names = environmentNames(platform)
  if (names.length === 0) {
    yield {
      entry: { site: platform.site, path: ['environments'] },
      code: 'model/no-environment',
      message: 'the platform has no environment',
      help: 'Declare at least one under `environments`.',
    }
  }
  const taken = new Map<string, string>()
  for (const name of names) {
    const environment = platform.settings.environments[name]
    if (environment === undefined) continue
    yield* checkRevision(platform, name, environment)
    yield* checkCluster(platform, name, environment)
    yield* checkOverrides(platform, name, environment)
    const cluster = clusterOf(platform, environment)
    const destination = `${cluster}/${environment.namespace}`
    const other = taken.get(destination)
    if (other === undefined) taken.set(destination, name)
    else {
      yield {
        entry: at(platform, name, 'namespace'),
        environment: name,
        code: 'model/shared-namespace',
        message: `"${name}" and "${other}" both deploy to namespace "${environment.namespace}" of cluster "${cluster}"`,
        help: 'Give each environment a namespace or cluster of its own: two Applications that own one object fight over it.',
      }
    }
  }
}

/** Name of the environment's cluster; the platform's only one where it names none. */
export function clusterOf(platform: Platform, environment: Environment): string {
  return environment.cluster ?? Object.keys(platform.settings.clusters)[0] ?? ''
}

function* checkRevision(platform: Platform, name: string, environment: Environment): Iterable<ModelFinding> {
  const { revision } = environment
  const entry = at(platform, name, 'revision')
  if (isProduction(name, environment) && !pinned.test(revision)) {
    yield {
      entry,
      environment: name,
      code: 'model/unpinned-production',
      message: `production deploys "${revision}", which moves`,
      help: 'Pin it: a commit (40 hex digits) or refs/tags/<tag>.',
    }
  } else if (!qualified.test(revision)) {
    yield {
      entry,
      environment: name,
      severity: 'warning',
      code: 'model/ambiguous-revision',
      message: `revision "${revision}" is not a full Git reference`,
      help: `Write refs/heads/${revision} or refs/tags/${revision}.`,
    }
  }
}

function* checkCluster(platform: Platform, name: string, environment: Environment): Iterable<ModelFinding> {
  const clusters = Object.keys(platform.settings.clusters)
  if (environment.cluster === undefined && clusters.length === 1) return
  if (environment.cluster !== undefined && clusters.includes(environment.cluster)) return
  yield {
    entry: at(platform, name, 'cluster'),
    environment: name,
    code: 'model/unknown-cluster',
    message:
      environment.cluster === undefined
        ? `"${name}" names no cluster, and the platform has ${clusters.length}`
        : `no cluster "${environment.cluster}"${hint(environment.cluster, clusters)}`,
    help: "Name one of the platform's `clusters`.",
  }
}

function* checkOverrides(platform: Platform, name: string, environment: Environment): Iterable<ModelFinding> {
  const names = platform.settings.components.map(component => component.name)
  for (const component of Object.keys(environment.overrides ?? {})) {
    if (names.includes(component)) continue
    yield {
      entry: at(platform, name, 'overrides', component),
      environment: name,
      code: 'model/unknown-component',
      message: `"${name}" overrides "${component}", which is not among the platform's components${hint(component, names)}`,
      help: 'Name a declared component.',
    }
  }
}

function at(platform: Platform, name: string, ...path: readonly string[]): ModelFinding['entry'] {
  return { site: platform.site, path: ['environments', name, ...path] }
}
