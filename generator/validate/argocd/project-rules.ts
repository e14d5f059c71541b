// AppProjects by themselves: entries that never match, entries that permit more than they say, entries that Argo CD
// refuses (pkg/apis/application/v1alpha1/app_project_types.go and types.go).

import { hint } from '../../diagnostics/suggest.ts'
import { pointer } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { destinationView, isAppProject } from '../../argocd/simulate/read-argocd.ts'
import type { Finding, Rule } from '../rule.ts'
import { builtInGroupsOf } from './built-in-groups.ts'
import { projectKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'

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
  summary: 'Kind lists of a project name API groups, without versions, that the kind is in.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    for (const list of lists) {
      for (const [index, value] of asList(specOf(resource)[list]).entries()) {
        const wrong = groupMistake(asMap(value))
        if (wrong !== undefined) yield { at: field(resource, list, index, 'group'), ...wrong }
      }
    }
  },
}

function groupMistake(entry: YamlMap): Omit<Finding, 'at'> | undefined {
  const group = asString(entry['group']) ?? ''
  const kind = asString(entry['kind']) ?? ''
  if (group.includes('/')) {
    return {
      message: `group "${group}" has a version, so the entry never matches`,
      help: `Write "${group.slice(0, group.indexOf('/'))}".`,
    }
  }
  if (group === 'core' || group === 'v1') {
    return {
      message: `"${group}" is not the core group, so the entry never matches`,
      help: 'Write an empty group: "".',
    }
  }
  const groups = builtInGroupsOf(kind)
  if (groups === undefined || groups.includes(group) || /[*?[\\]/.test(group)) return undefined
  if (group !== '' && !group.endsWith('.k8s.io')) return undefined
  const written = group === '' ? 'the core group' : `group "${group}"`
  return {
    message: `kind "${kind}" is not in ${written}, so the entry never matches${hint(group, groups)}`,
    help: `Write group ${groups.map(name => `"${name}"`).join(' or ')}.`,
  }
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
      message: `"${key}" is in ${list} twice, and Argo CD refuses the project`,
      help: 'Remove one of them.',
    }
  }
}
