// What an Application follows: repository, revision, path, and the branch of the Source Hydrator.

import { pointer, valueAt } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'
import { isSameRepository } from '../../argocd/simulate/git-url.ts'
import { isApplication, isAutomated, sourcesOf, type SourceView } from '../../argocd/simulate/read-argocd.ts'
import { namedTools } from '../../argocd/simulate/source-parameters.ts'
import type { Finding, Rule } from '../rule.ts'
import { applicationKinds } from './argo-kinds.ts'
import { isProduction, speaksOfProduction } from './is-production.ts'

function field(resource: Resource, ...tokens: readonly (string | number)[]): Place {
  return { resource, pointer: pointer(...tokens) }
}

function revisionPlace(resource: Resource, source: SourceView): Place {
  const name = source.role === 'hydrated' ? 'targetBranch' : 'targetRevision'
  return { resource, pointer: `${source.pointer}/${name}` }
}

const sha = /^[0-9a-f]{7,64}$/i
const range = /[\^~*<>|]|(^|\.)x(\.|$)|^\d+(\.\d+)?$/

export const movingProductionRevision: Rule = {
  code: 'argocd/moving-production-revision',
  severity: 'error',
  summary: 'Production follows a commit, a tag, or a branch of its own.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isProduction(resource),
  *check(resource) {
    for (const source of sourcesOf(resource.object)) {
      if (source.chart !== undefined || source.role === 'hydrated' || !isMoving(source.targetRevision)) continue
      const revision = source.targetRevision === '' ? 'HEAD' : source.targetRevision
      yield {
        at: revisionPlace(resource, source),
        severity: isAutomated(resource.object) ? 'error' : 'warning',
        message: `production follows "${revision}", so every merge there is a deployment`,
        help: 'Name a commit SHA or refs/tags/…, or a branch that only promotions write, such as environments/production.',
      }
    }
  },
}

/** HEAD, and branches that are not production's own. Short names may be tags: those that look like a version are taken for one. */
function isMoving(revision: string): boolean {
  if (revision === '' || revision === 'HEAD') return true
  if (sha.test(revision) || revision.startsWith('refs/tags/')) return false
  const branch = revision.replace(/^refs\/heads\//, '')
  if (speaksOfProduction(branch) || /release/i.test(branch)) return false
  return revision.startsWith('refs/heads/') || !/^v?\d/.test(branch)
}

export const ambiguousRevision: Rule = {
  code: 'argocd/ambiguous-revision',
  severity: 'info',
  summary: 'Git revisions are fully qualified: refs/heads/…, refs/tags/… or a commit.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    for (const source of sourcesOf(resource.object)) {
      const { targetRevision: revision } = source
      // A registry has tags and digests, no branches.
      if (source.chart !== undefined || source.repoURL.startsWith('oci://')) continue
      if (source.role === 'hydrated' || !isAmbiguous(revision)) continue
      yield {
        at: revisionPlace(resource, source),
        severity: isProduction(resource) ? 'warning' : 'info',
        message: `revision "${revision}" may be a branch or a tag; if both exist, Argo CD may go back and forth between them`,
        help: `Write refs/heads/${revision} or refs/tags/${revision}.`,
      }
    }
  },
}

function isAmbiguous(revision: string): boolean {
  return (
    revision !== '' &&
    revision !== 'HEAD' &&
    !revision.startsWith('refs/') &&
    !sha.test(revision) &&
    !range.test(revision)
  )
}

export const revisionRange: Rule = {
  code: 'argocd/revision-range',
  severity: 'warning',
  summary: 'Production names one version, not a range of versions.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isProduction(resource),
  *check(resource) {
    for (const source of sourcesOf(resource.object)) {
      const { targetRevision: revision } = source
      if (sha.test(revision) || revision.startsWith('refs/') || !range.test(revision)) continue
      yield {
        at: revisionPlace(resource, source),
        message: `production follows the range "${revision}", so publishing a version is a deployment`,
        help: 'Name the version.',
      }
    }
  },
}

export const applicationSource: Rule = {
  code: 'argocd/application-source',
  severity: 'error',
  summary: 'Every source says which repository and what in it.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    const spec = asMap(resource.object['spec'])
    const sources = sourcesOf(resource.object)
    // Without a destination either it is no whole Application, and the schema speaks.
    if (sources.length === 0 && isMap(spec['destination'])) {
      yield {
        at: field(resource, 'spec'),
        message: 'the Application has no source',
        help: 'Set source, sources or sourceHydrator.',
      }
    }
    const fields = ['sourceHydrator', 'sources', 'source'].filter(
      name => (spec[name] !== undefined && asList(spec[name]).length !== 0) || isMap(spec[name]),
    )
    const [used, ...ignored] = fields
    if (used !== undefined && ignored.length > 0) {
      yield {
        at: { ...field(resource, 'spec', ignored[0] ?? ''), on: 'key' },
        severity: 'warning',
        message: `"${ignored.join('" and "')}" has no effect beside "${used}"`,
        help: 'Keep one of them.',
      }
    }
    for (const source of sources.filter(each => each.role === 'plain'))
      yield* sourceFindings(resource, source, sources.length > 1)
  },
}

function* sourceFindings(resource: Resource, source: SourceView, several: boolean): Iterable<Finding> {
  const at: Place = { resource, pointer: source.pointer }
  if (source.repoURL === '') yield { at, message: 'the source has no repoURL', help: 'Name the repository.' }
  const lends = several && source.ref !== undefined
  if ((source.path ?? '') === '' && source.chart === undefined && !lends) {
    yield {
      at,
      message: 'the source has neither path nor chart, so there is nothing to deploy',
      help: 'Set path, or chart for a Helm repository.',
    }
  }
  if (source.path !== undefined && source.chart !== undefined) {
    yield {
      at,
      message: `the source has both path "${source.path}" and chart "${source.chart}"`,
      help: 'Keep path for Git, chart for a Helm repository.',
    }
  }
  const named = namedTools(source.object)
  if (named.length > 1) {
    yield {
      at,
      message: `the source sets ${named.map(tool => `"${tool}"`).join(' and ')}, and Argo CD refuses more than one tool`,
      help: 'Keep the settings of the tool that renders it.',
    }
  }
  if (source.chart !== undefined && source.targetRevision === '') {
    yield {
      at,
      message: `chart "${source.chart}" has no version`,
      help: 'Set targetRevision to the version of the chart.',
    }
  }
}

export const sourceHydrator: Rule = {
  code: 'argocd/source-hydrator',
  severity: 'error',
  summary: 'The Source Hydrator writes to a branch and directory of its own.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isMap(valueAt(resource.object, '/spec/sourceHydrator')),
  *check(resource) {
    const hydrator = asMap(valueAt(resource.object, '/spec/sourceHydrator'))
    const sync = asMap(hydrator['syncSource'])
    const path = (asString(sync['path']) ?? '').replace(/^\.?\/+|\/+$/g, '')
    if (path === '' || path === '.') {
      yield {
        at: field(resource, 'spec', 'sourceHydrator', 'syncSource', 'path'),
        message: `path "${asString(sync['path']) ?? ''}" is the root of the branch, and Argo CD hydrates only into a directory`,
        help: 'Name a directory.',
      }
    }
    yield* branchFindings(resource, hydrator)
  },
}

function* branchFindings(resource: Resource, hydrator: YamlMap): Iterable<Finding> {
  const dry = asMap(hydrator['drySource'])
  const sync = asMap(hydrator['syncSource'])
  const branches = [
    {
      branch: sync['targetBranch'],
      at: field(resource, 'spec', 'sourceHydrator', 'syncSource', 'targetBranch'),
      needed: true,
    },
    {
      branch: asMap(hydrator['hydrateTo'])['targetBranch'],
      at: field(resource, 'spec', 'sourceHydrator', 'hydrateTo', 'targetBranch'),
      needed: hydrator['hydrateTo'] !== undefined,
    },
  ]
  const elsewhere = asString(sync['repoURL'])
  const sameRepository = elsewhere === undefined || isSameRepository(elsewhere, asString(dry['repoURL']) ?? '')
  const source = (asString(dry['targetRevision']) ?? '').replace(/^refs\/heads\//, '')
  for (const { branch, at, needed } of branches) {
    const name = asString(branch) ?? ''
    if (name === '' && needed)
      yield { at, message: 'the hydrated manifests have no branch to go to', help: 'Set targetBranch.' }
    if (name !== '' && sameRepository && name.replace(/^refs\/heads\//, '') === source) {
      yield {
        at,
        message: `branch "${name}" is the one the manifests are rendered from, so rendering would write into its own source`,
        help: 'Hydrate into a branch of its own, such as environments/production.',
      }
    }
  }
}
