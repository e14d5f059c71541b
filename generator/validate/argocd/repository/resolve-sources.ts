// From an Application's sources to what they deploy, where they point into this repository. What cannot be known offline
// (another repository, Helm, plugins) becomes "not evaluated" with its reason, never an empty list that looks clean.

import type { FileTree } from '../../../manifest/file-tree.ts'
import { parseYaml } from '../../../manifest/parse-yaml.ts'
import { toResource, type Resource } from '../../../manifest/resource.ts'
import { asMap, isList, isMap } from '../../../manifest/value.ts'
import { isSameRepository } from '../../../argocd/simulate/git-url.ts'
import { matchesGlob } from '../../../argocd/simulate/glob.ts'
import { join, kustomizationFile, normalize } from '../../../argocd/simulate/kustomization-inputs.ts'
import type { SourceView } from '../../../argocd/simulate/read-argocd.ts'
import type { ArgoCdCheckInput, SourceState } from './repository.ts'

/** What one source deploys. */
export function resolveSource(source: SourceView, input: ArgoCdCheckInput): SourceState {
  if (source.role === 'hydrated') return { kind: 'reference' }
  if (source.chart !== undefined) return notEvaluated(`chart "${source.chart}" is in a Helm repository`)
  if (source.path === undefined) {
    return source.ref === undefined ? notEvaluated('the source has no path') : { kind: 'reference' }
  }
  const directory = normalize(source.path)
  const here = isHere(source, input)
  if (here === 'elsewhere') return notEvaluated(`repository "${source.repoURL}" is not this one`)
  if (directory === undefined || !hasFiles(input.tree, directory)) {
    if (here === 'unknown')
      return notEvaluated(`the URL of this repository is not known, and "${source.path}" is not in it`)
    return {
      kind: 'wrong',
      reason: `path "${source.path}" is not in this repository, so Argo CD finds no manifests`,
      help: 'Correct the path; it starts at the root of the repository.',
    }
  }
  return resolveDirectory(source, directory, input)
}

function notEvaluated(reason: string): Extract<SourceState, { kind: 'not-evaluated' }> {
  return { kind: 'not-evaluated', reason }
}

function isHere({ repoURL }: SourceView, { repoURLs }: ArgoCdCheckInput): 'here' | 'elsewhere' | 'unknown' {
  if (repoURLs.length === 0) return 'unknown'
  return repoURLs.some(url => isSameRepository(url, repoURL)) ? 'here' : 'elsewhere'
}

function hasFiles(tree: FileTree, directory: string): boolean {
  const prefix = directory === '' ? '' : `${directory}/`
  for (const path of tree.keys()) if (path.startsWith(prefix)) return true
  return false
}

/** Options of source.kustomize that change which objects there are, or who they are. */
const identityOptions = ['namePrefix', 'nameSuffix', 'namespace', 'components', 'patches']

function resolveDirectory(source: SourceView, directory: string, input: ArgoCdCheckInput): SourceState {
  const { object } = source
  if (isMap(object['plugin'])) return notEvaluated('a config management plugin renders it')
  if (isMap(object['helm']) || input.tree.has(join(directory, 'Chart.yaml'))) return notEvaluated('it is a Helm chart')
  if (kustomizationFile(input.tree, directory) === undefined || isMap(object['directory'])) {
    return plainDirectory(source, directory, input.tree)
  }
  const options = asMap(object['kustomize'])
  const changed = identityOptions.filter(name => options[name] !== undefined)
  if (changed.length > 0) {
    return { ...notEvaluated(`source.kustomize changes what it renders: ${changed.join(', ')}`), overridden: true }
  }
  const { value, diagnostics } = input.render(directory)
  if (diagnostics.some(found => found.severity === 'error')) {
    return {
      kind: 'wrong',
      reason: `"${directory}" does not build, so Argo CD cannot sync it`,
      help: 'Correct what kustomize says about the directory.',
    }
  }
  return { kind: 'rendered', directory, resources: value }
}

/** A directory without kustomization: all its manifests, below it too with `recurse` (docs/user-guide/directory.md). */
function plainDirectory(source: SourceView, directory: string, tree: FileTree): SourceState {
  const options = asMap(source.object['directory'])
  if (isMap(options['jsonnet']) && Object.keys(options['jsonnet']).length > 0) return notEvaluated('jsonnet renders it')
  const prefix = directory === '' ? '' : `${directory}/`
  const files = [...tree.keys()].filter(path => {
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : undefined
    if (inside === undefined || !/\.(ya?ml|json)$/.test(inside)) return false
    if (inside.includes('/') && options['recurse'] !== true) return false
    return isChosen(inside, options['include'], options['exclude'])
  })
  if (options['recurse'] === true && files.some(path => /(^|\/)kustomization\.ya?ml$/.test(path))) {
    return notEvaluated('it has kustomizations below it, which a recursive directory source takes for manifests')
  }
  const jsonnet = [...tree.keys()].some(path => path.startsWith(prefix) && path.endsWith('.jsonnet'))
  if (jsonnet) return notEvaluated('jsonnet renders it')
  return { kind: 'rendered', directory, resources: files.sort().flatMap(file => manifestsOf(file, tree)) }
}

function isChosen(path: string, include: unknown, exclude: unknown): boolean {
  if (typeof exclude === 'string' && exclude !== '' && matchesGlob(exclude, path)) return false
  return typeof include !== 'string' || include === '' || matchesGlob(include, path)
}

function manifestsOf(file: string, tree: FileTree): readonly Resource[] {
  const text = tree.get(file)
  if (text === undefined) return []
  return parseYaml(text, file).value.flatMap(({ value, document }) => {
    const source = { file, document }
    const items = asMap(value)['items']
    const kind = asMap(value)['kind']
    if (typeof kind === 'string' && kind.endsWith('List') && isList(items)) {
      return items.flatMap((item, index) => toResource(item, { ...source, pointer: `/items/${index}` }) ?? [])
    }
    return toResource(value, source) ?? []
  })
}
