// AppProjects by themselves: entries that never match, entries that permit more than they say, entries that Argo CD
// refuses (pkg/apis/application/v1alpha1/app_project_types.go and types.go).

import { pointer } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { destinationView, isAppProject } from '../../argocd/simulate/read-argocd.ts'
import type { Finding, Rule } from '../rule.ts'
import { projectKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'
import { kindMistake } from '../../argocd/kind-mistake.ts'

const lists = [
  'clusterResourceWhitelist',
  'clusterResourceBlacklist',
  'namespaceResourceWhitelist',
  'namespaceResourceBlacklist',
] as const

function specOf(resource: Resource): YamlMap {
  return asMap(resource.object['spec'])
}

function field(resource: Resource, ...tokens: readonly (string | number)[]): Place {
  return { resource, pointer: pointer('spec', ...tokens) }
}

export const projectGroup: Rule = {
  code: 'argocd/project-group',
  severity: 'error',
  summary: 'Kind lists of a project name kinds as manifests do, and API groups, without versions, that the kind is in.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    for (const list of lists) {
      for (const [index, value] of asList(specOf(resource)[list]).entries()) {
        yield* entryFindings(field(resource, list, index), asMap(value))
      }
    }
    for (const [index, value] of asList(asMap(specOf(resource)['orphanedResources'])['ignore']).entries()) {
      yield* entryFindings(field(resource, 'orphanedResources', 'ignore', index), asMap(value))
    }
  },
}

function* entryFindings(entry: Place, written: YamlMap): Iterable<Finding> {
  const wrong = kindMistake(asString(written['group']) ?? '', asString(written['kind']) ?? '')
  if (wrong === undefined) return
  const { field: name, ...finding } = wrong
  const pointer = written[name] === undefined ? entry.pointer : `${entry.pointer}/${name}`
  yield { at: { ...entry, pointer }, ...finding }
}

export const projectDenial: Rule = {
  code: 'argocd/project-denial',
  severity: 'error',
  summary: 'A `!` entry stands beside entries that say what is permitted.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    const spec = specOf(resource)
    const sources = asList(spec['sourceRepos']).map(value => asString(value) ?? '')
    yield* denialFindings(
      sources.map((source, index) => ({
        denial: source.startsWith('!') ? source : undefined,
        widest: source === '*',
        at: field(resource, 'sourceRepos', index),
      })),
      'repository',
    )
    const destinations = asList(spec['destinations']).map(destinationView)
    yield* denialFindings(
      destinations.map(({ server, name, namespace }, index) => ({
        denial: [server, name, namespace].find(part => part.startsWith('!')),
        widest: namespace === '*' && (server === '*' || name === '*'),
        at: field(resource, 'destinations', index),
      })),
      'destination',
    )
  },
}

interface Entry {
  readonly denial: string | undefined
  readonly widest: boolean
  readonly at: Place
}

/** A denial that matches what is asked permits it (IsSourcePermitted, isDestinationMatched): only beside `*` is that harmless. */
function* denialFindings(entries: readonly Entry[], what: string): Iterable<Finding> {
  if (entries.some(entry => entry.widest)) return
  for (const { denial, at } of entries) {
    if (denial === undefined) continue
    yield denial === '!*'
      ? {
          at,
          message: `"!*" refuses everything, and Argo CD does not accept it`,
          help: 'Remove the entry: what is not permitted is refused anyway.',
        }
      : {
          at,
          message: `"${denial}" refuses one ${what} and thereby permits every other`,
          help: 'Remove the entry: what is not permitted is refused anyway. To permit all but one, write "*" beside it.',
        }
  }
}

export const wildcardProject: Rule = {
  code: 'argocd/wildcard-project',
  severity: 'error',
  summary: 'Production projects name their sources, destinations and cluster-scoped kinds.',
  kinds: projectKinds,
  appliesTo: resource => isAppProject(resource) && resource.name !== 'default' && isProduction(resource),
  *check(resource) {
    const spec = specOf(resource)
    const help = 'Name exactly what production needs.'
    for (const [index, source] of asList(spec['sourceRepos']).entries()) {
      if (source === '*')
        yield { at: field(resource, 'sourceRepos', index), message: 'production permits every repository: "*"', help }
    }
    for (const [index, value] of asList(spec['destinations']).entries()) {
      const { server, name, namespace } = destinationView(value)
      if (namespace !== '*' && server !== '*' && name !== '*') continue
      yield {
        at: field(resource, 'destinations', index),
        message: `production permits every ${namespace === '*' ? 'namespace' : 'cluster'}: "*"`,
        help,
      }
    }
    for (const [index, value] of asList(spec['clusterResourceWhitelist']).entries()) {
      if (asMap(value)['kind'] === '*')
        yield {
          at: field(resource, 'clusterResourceWhitelist', index),
          message: 'production permits every cluster-scoped kind: "*"',
          help,
        }
    }
  },
}

export const projectEntry: Rule = {
  code: 'argocd/project-entry',
  severity: 'error',
  summary: 'No source, destination or role is in a project twice.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    const spec = specOf(resource)
    yield* repeated(
      resource,
      'sourceRepos',
      asList(spec['sourceRepos']).map(value => asString(value) ?? ''),
    )
    const destinations = asList(spec['destinations']).map(destinationView)
    yield* repeated(
      resource,
      'destinations',
      destinations.map(({ server, name, namespace }) => `${server === '' ? name : server}/${namespace}`),
    )
    yield* repeated(
      resource,
      'roles',
      asList(spec['roles']).map(value => asString(asMap(value)['name']) ?? ''),
    )
  },
}

function* repeated(resource: Resource, list: string, keys: readonly string[]): Iterable<Finding> {
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) === index) continue
    yield {
      at: field(resource, list, index),
      message: `"${key}" is in ${list} twice, and Argo CD's API refuses every edit of the project`,
      help: 'Remove one of them.',
    }
  }
}
