// From an Application's sources to what they deploy, where they point into this repository. What cannot be known offline
// (another repository, Helm, plugins) becomes "not evaluated" with its reason, never an empty list that looks clean.

import type { FileTree } from '../../../manifest/file-tree.ts'
import { filesUnder, withFile } from '../../../manifest/file-tree.ts'
import { parseYaml } from '../../../manifest/parse-yaml.ts'
import { printYaml } from '../../../manifest/print-yaml.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { whereIs } from '../../../argocd/simulate/git-url.ts'
import { join, kustomizationFile, normalize } from '../../../argocd/simulate/kustomization-inputs.ts'
import { editKustomization, harmlessOptions } from '../../../argocd/simulate/kustomize-options.ts'
import { destinationOfApplication, projectOf, type SourceView } from '../../../argocd/simulate/read-argocd.ts'
import {
  hasChart,
  namedTools,
  parameterFiles,
  toolFor,
  withParameterFiles,
} from '../../../argocd/simulate/source-parameters.ts'
import { plainDirectory } from './plain-directory.ts'
import type { ArgoCdCheckInput, SourceState } from './repository.ts'

/** What one source of an Application deploys. */
export function resolveSource(application: Resource, source: SourceView, input: ArgoCdCheckInput): SourceState {
  if (source.role === 'hydrated') return { kind: 'reference' }
  if (source.chart !== undefined) return notEvaluated(`chart "${source.chart}" is in a Helm repository`)
  if (source.path === undefined || source.path === '') {
    return source.ref === undefined ? notEvaluated('the source has no path') : { kind: 'reference' }
  }
  const here = isHere(source, input)
  if (here === 'elsewhere') return notEvaluated(`repository "${source.repoURL}" is not this one`)
  const directory = source.path.startsWith('/') ? undefined : normalize(source.path)
  if (directory === undefined || filesUnder(input.tree, directory).length === 0) return noSuchPath(source.path, here)
  const state = resolveDirectory(application, source, directory, input)
  if (here === 'here' || state.kind !== 'wrong') return state
  return notEvaluated(`the URL of this repository is not known; if it is this one: ${state.reason}`)
}

function notEvaluated(reason: string): Extract<SourceState, { kind: 'not-evaluated' }> {
  return { kind: 'not-evaluated', reason }
}

function noSuchPath(path: string, here: 'here' | 'unknown'): SourceState {
  if (here === 'unknown') return notEvaluated(`the URL of this repository is not known, and "${path}" is not in it`)
  return path.startsWith('/')
    ? {
        kind: 'wrong',
        reason: `path "${path}" begins with a slash, and Argo CD refuses absolute paths`,
        help: 'Write the path from the root of the repository, without a slash before it.',
      }
    : {
        kind: 'wrong',
        reason: `path "${path}" is not in this repository, so Argo CD finds no manifests`,
        help: 'Correct the path; it starts at the root of the repository.',
      }
}

/** Whether a source is in this repository, by its URL. */
export function isHere(
  { repoURL }: Pick<SourceView, 'repoURL'>,
  { repoURLs }: ArgoCdCheckInput,
): 'here' | 'elsewhere' | 'unknown' {
  if (repoURL.startsWith('oci://')) return 'elsewhere'
  return whereIs(repoURL, repoURLs)
}

function resolveDirectory(
  application: Resource,
  { object: written }: SourceView,
  directory: string,
  input: ArgoCdCheckInput,
): SourceState {
  const files = parameterFiles(directory, application.name, input.tree)
  const source = withParameterFiles(written, files, input.tree)
  const named = namedTools(source)
  if (named.length > 1) return notEvaluated(`it names several tools: ${named.join(', ')}`)
  const tool = toolFor(source, directory, input.tree)
  if (tool === 'plugin') return notEvaluated('a config management plugin renders it')
  if (tool === 'helm') return chart(directory, input.tree)
  if (tool === 'directory') return plainDirectory(asMap(source['directory']), directory, input.tree)
  return kustomization(application, source, directory, input)
}

function chart(directory: string, tree: FileTree): SourceState {
  if (hasChart(directory, tree)) return notEvaluated('it is a Helm chart')
  return {
    kind: 'wrong',
    reason: `"${directory}" is no Helm chart: it has no Chart.yaml`,
    help: 'Correct the path, or remove the helm settings.',
  }
}

function kustomization(
  application: Resource,
  source: YamlMap,
  directory: string,
  input: ArgoCdCheckInput,
): SourceState {
  const file = kustomizationFile(input.tree, directory)
  if (file === undefined) {
    return {
      kind: 'wrong',
      reason: `"${directory}" is no kustomization`,
      help: 'Correct the path, or remove the kustomize settings.',
    }
  }
  const options = asMap(source['kustomize'])
  const changes = Object.keys(options).some(name => !harmlessOptions.has(name))
  if (!changes) return built(directory, input.render(directory))
  const edit = editKustomization(asMap(parseYaml(input.tree.get(file) ?? '', file).value[0]?.value), options, {
    environment: buildEnvironment(application, source),
    isKustomization: path => {
      const component = normalize(join(directory, path))
      return component !== undefined && kustomizationFile(input.tree, component) !== undefined
    },
  })
  if (edit.kind === 'wrong')
    return {
      kind: 'wrong',
      reason: `Argo CD cannot apply source.kustomize: ${edit.reason}`,
      help: 'Correct source.kustomize.',
    }
  const tree = withFile(input.tree, file, printYaml(edit.kustomization))
  const state = built(directory, input.render(directory, tree))
  if (state.kind !== 'rendered') return state
  // Places in what was built from the edited file are not places of the repository: they all stand for the directory.
  const resources = state.resources.map(resource => ({ ...resource, source: { file, document: 1 } }))
  return { ...state, resources }
}

function built(directory: string, { value, diagnostics }: ReturnType<ArgoCdCheckInput['render']>): SourceState {
  const problem = diagnostics.find(found => found.severity === 'error')
  if (problem === undefined) return { kind: 'rendered', directory, resources: value }
  return {
    kind: 'wrong',
    reason: `"${directory}" does not build, so Argo CD cannot sync it`,
    help: 'Correct what kustomize says about the directory.',
  }
}

/** What Argo CD fills in (docs/user-guide/build-environment.md); what only a commit decides stays visible as such. */
function buildEnvironment(application: Resource, source: YamlMap): Readonly<Record<string, string>> {
  const revision = '0'.repeat(40)
  return {
    ARGOCD_APP_NAME: application.name,
    ARGOCD_APP_NAMESPACE: destinationOfApplication(application.object).namespace,
    ARGOCD_APP_PROJECT_NAME: projectOf(application.object),
    ARGOCD_APP_REVISION: revision,
    ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7),
    ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8),
    ARGOCD_APP_SOURCE_PATH: asString(source['path']) ?? '',
    ARGOCD_APP_SOURCE_REPO_URL: asString(source['repoURL']) ?? '',
    ARGOCD_APP_SOURCE_TARGET_REVISION: asString(source['targetRevision']) ?? '',
  }
}
