// What decides how a source is rendered: which tool, and the parameters that files in the repository lay over those of the
// Application (reposerver/repository/repository.go, mergeSourceParameters; docs/user-guide/parameters.md). Image Updater writes these.

import { filesUnder, type FileTree } from '../../manifest/file-tree.ts'
import { parseYaml } from '../../manifest/parse-yaml.ts'
import { asMap, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { mergePatch } from '../../merge/merge-patch.ts'
import { join, kustomizationFile } from './kustomization-inputs.ts'

export const tools = ['kustomize', 'helm', 'directory', 'plugin'] as const
export type Tool = (typeof tools)[number]

/**
 * The tools a source names; Argo CD refuses more than one (ApplicationSource.ExplicitType). Empty settings count as none, but
 * for a directory's include and exclude (NormalizeApplicationSpec).
 */
export function namedTools(source: YamlMap): readonly Tool[] {
  return tools.filter(tool => source[tool] !== undefined && (tool === 'plugin' || !isZero(source[tool])))
}

function isZero(value: YamlValue | undefined): boolean {
  if (isList(value)) return value.length === 0
  if (isMap(value)) return Object.values(value).every(isZero)
  return value === undefined || value === null || value === '' || value === false || value === 0
}

/** The tool for a directory of the repository: the one named, else what its files say (util/app/discovery). */
export function toolFor(source: YamlMap, directory: string, tree: FileTree): Tool {
  const [named] = namedTools(source)
  if (named !== undefined) return named
  if (kustomizationFile(tree, directory) !== undefined) return 'kustomize'
  return hasChart(directory, tree) ? 'helm' : 'directory'
}

/** Whether Argo CD takes a directory for a chart: by any file there whose name ends in `Chart.yaml`. */
export function hasChart(directory: string, tree: FileTree): boolean {
  if (tree.has(join(directory, 'Chart.yaml'))) return true
  const start = directory === '' ? 0 : directory.length + 1
  return filesUnder(tree, directory).some(path => /^[^/]*Chart\.yaml$/.test(path.slice(start)))
}

/** Files whose content is laid over a source, in this order. */
export function parameterFiles(directory: string, application: string, tree: FileTree): readonly string[] {
  return ['.argocd-source.yaml', `.argocd-source-${application}.yaml`]
    .map(name => join(directory, name))
    .filter(path => tree.has(path))
}

/** A source with the parameters of those files; which repository, path and revision it is they cannot change. */
export function withParameterFiles(source: YamlMap, files: readonly string[], tree: FileTree): YamlMap {
  const merged = files.reduce(
    (result, file) => asMap(mergePatch(result, parseYaml(tree.get(file) ?? '', file).value[0]?.value)),
    source,
  )
  const { chart, path, repoURL, targetRevision } = source
  return { ...merged, chart, path, repoURL, targetRevision }
}
