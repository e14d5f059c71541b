// Where Applications find their manifests: paths that exist, annotations that cover what a build reads, overrides that a
// local build does not see, and a root that does not sync itself.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { filesUnder, type FileTree } from '../../../manifest/file-tree.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { matchesFilePath } from '../../../argocd/simulate/glob.ts'
import { kustomizationInputs, normalize, join } from '../../../argocd/simulate/kustomization-inputs.ts'
import { harmlessOptions } from '../../../argocd/simulate/kustomize-options.ts'
import { annotationOf, argoGroup, type SourceView } from '../../../argocd/simulate/read-argocd.ts'
import { annotationPlace } from '../annotation-place.ts'
import { report, some, type Check, type DeployedApplication, type Repository } from './repository.ts'
import { isHere } from './resolve-sources.ts'

/** The path of every source that points here exists and builds. */
export function* checkSourcePaths({ applications }: Repository): Iterable<Diagnostic> {
  for (const { application, sources } of applications) {
    for (const { source, state } of sources) {
      if (state.kind === 'rendered' && state.resources.length === 0) yield rendersNothing(application, source)
      if (state.kind !== 'wrong') continue
      yield report({
        code: 'argocd/source-path',
        severity: 'error',
        at: { resource: application, pointer: `${source.pointer}/path` },
        message: state.reason,
        help: state.help,
      })
    }
  }
}

/** Argo CD refuses to prune everything, so what was deployed stays; and a first sync deploys nothing, and is green. */
function rendersNothing(application: Resource, source: SourceView): Diagnostic {
  return report({
    code: 'argocd/source-path',
    severity: 'warning',
    at: { resource: application, pointer: `${source.pointer}/path` },
    message: `path "${source.path ?? ''}" renders nothing, so the Application deploys nothing, and is healthy all the same`,
    help: 'Correct the path, or what directory.include and directory.exclude leave of it.',
  })
}

/** Says what was not looked at, and what was taken for this repository, so that silence means "checked". */
export function* checkEvaluated({ applications, input }: Repository): Iterable<Diagnostic> {
  for (const { application, sources } of applications) {
    for (const { source, state } of sources) {
      const assumed = state.kind === 'rendered' && isHere(source, input) === 'unknown'
      if (state.kind !== 'not-evaluated' && !assumed) continue
      yield report({
        code: 'argocd/not-evaluated',
        severity: 'info',
        at: { resource: application, pointer: source.pointer },
        message: assumed
          ? `whether "${source.repoURL}" is this repository is not known; its path is here, so it is taken for it`
          : `what this source deploys is not evaluated: ${state.kind === 'not-evaluated' ? state.reason : ''}`,
        help: assumed
          ? 'Add the URL as a Git remote to be sure.'
          : 'Nothing is said here about its objects, their project or their owners.',
      })
    }
  }
}

const pathsAnnotation = 'argocd.argoproj.io/manifest-generate-paths'

/** The manifest-generate-paths annotation covers everything the build reads (util/app/path/path.go). */
export function* checkGeneratePaths({ applications, input }: Repository): Iterable<Diagnostic> {
  for (const { application, sources } of applications) {
    const annotation = annotationOf(application.object, pathsAnnotation)
    if (annotation === undefined || annotation.trim() === '') continue
    for (const { state } of sources) {
      if (state.kind !== 'rendered') continue
      const covered = refreshPaths(annotation, state.directory)
      const inputs = kustomizationInputs(input.tree, state.directory) ?? [state.directory]
      const missing = inputs.filter(path => !isCovered(path, covered, input.tree))
      if (missing.length === 0) continue
      yield report({
        code: 'argocd/generate-paths',
        severity: 'error',
        at: annotationPlace(application, pathsAnnotation),
        message: `"${annotation}" leaves out ${some(missing.map(path => `"${path}"`))}, so a change there is not deployed`,
        help: 'Name every directory the overlay reads, relative to its path.',
      })
    }
  }
}

function refreshPaths(annotation: string, directory: string): readonly string[] {
  const items = annotation.split(';').map(item => item.trim())
  return items
    .filter(item => item !== '')
    .flatMap(item => normalize(item.startsWith('/') ? item : join(directory, item)) ?? [])
}

function isCovered(path: string, covered: readonly string[], tree: FileTree): boolean {
  const matches = (file: string): boolean =>
    covered.some(item => file === item || item === '' || file.startsWith(`${item}/`) || matchesFilePath(item, file))
  if (matches(path)) return true
  const inside = filesUnder(tree, path).filter(file => !file.slice(path.length + 1).includes('/'))
  return inside.length > 0 && inside.every(matches)
}

/** Parameters on top of a committed overlay render something else than what was reviewed, and one at a time. */
export function* checkKustomizeOverrides({ applications }: Repository): Iterable<Diagnostic> {
  for (const { application, sources } of applications) {
    for (const { source, state } of sources) {
      if (state.kind === 'not-evaluated') continue
      const options = Object.keys(asMap(source.object['kustomize'])).filter(name => !harmlessOptions.has(name))
      if (options.length === 0) continue
      yield report({
        code: 'argocd/kustomize-override',
        severity: 'warning',
        at: { resource: application, pointer: `${source.pointer}/kustomize` },
        message: `the Application changes what the overlay renders (${some(options)}), so the committed overlay is not what is deployed`,
        help: 'Write it into the overlay.',
      })
    }
  }
}

/** An app of apps that nothing syncs: its own revision and settings drift unseen. */
export const checkRoots: Check = function* ({ applications }) {
  const synced = new Set(
    applications.flatMap(({ resources }) => resources.filter(isArgoApplication).map(({ name }) => name)),
  )
  for (const { application, resources } of applications) {
    if (!resources.some(isArgoApplication) || synced.has(application.name) || isGenerated(application)) continue
    yield report({
      code: 'argocd/root-leaves-itself-out',
      severity: 'info',
      at: { resource: application, pointer: '/metadata/name' },
      message:
        'this Application syncs other Applications but is synced by none, so a change of itself in Git has no effect',
      help: 'Put it into the directory it syncs, or apply it by hand after every change.',
    })
  }
}

function isArgoApplication({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return kind === 'Application' && groupOf(apiVersion) === argoGroup
}

function isGenerated({ source }: DeployedApplication['application']): boolean {
  return source.pointer !== undefined && source.pointer !== ''
}
