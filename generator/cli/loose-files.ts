// Files that no build has read: manifests of their own outside kustomizations, and what a kustomization passes over inside.

import { posix } from 'node:path'
import { kustomizationFile } from '../argocd/simulate/kustomization-inputs.ts'
import { unreachedFile } from '../build/checks/check-unreached.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { asMap, asString, isMap, type YamlMap } from '../manifest/value.ts'
import { nearestDirectory, type Targets } from './find-targets.ts'
import { isTemplate, isToolConfiguration } from './foreign-files.ts'
import type { ReadOverlays } from './read-sets.ts'

export interface LooseFiles {
  /** To be read as they are. */
  readonly manifests: readonly string[]
  /** A finding for each object in a kustomization directory that nothing lists. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Kustomize, kubectl -k, Argo CD and Flux deploy of a kustomization's directory what the kustomization lists and nothing else: an
 * unlisted file there is a patch that is switched off, or a mistake, but no manifest whose fields could be wrong.
 */
export function sortLooseFiles(
  tree: FileTree,
  found: readonly Targets[],
  overlays: ReadOverlays,
  files: readonly string[],
): LooseFiles {
  const kustomized = new Set(found.flatMap(one => [...one.kustomized]))
  const unused = new Set(found.flatMap(one => [...one.unusedComponents]))
  const configuration = new Set(found.flatMap(one => [...one.configuration]))
  const broken = overlays.diagnostics.some(({ severity }) => severity === 'error')
  const listed = broken ? kustomizationTexts(tree, kustomized) : ''
  const manifests: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of files.filter(path => !overlays.used.has(path) && !configuration.has(path))) {
    const home = nearestDirectory(file, kustomized)
    const objects = home === undefined ? [] : objectsOf(tree, file)
    if (home === undefined || objects.length === 0) manifests.push(file)
    // What a build that failed would have read, and what an unused component holds, is unknown; both are said elsewhere.
    else if (!unused.has(home) && !listed.includes(posix.basename(file)))
      diagnostics.push(unreachedFile(file, isPatch(objects, overlays) ? 'info' : 'warning'))
  }
  return { manifests, diagnostics }
}

/** All that the kustomizations say: a file that none of them names is not waiting for a build to be mended. */
function kustomizationTexts(tree: FileTree, directories: ReadonlySet<string>): string {
  return [...directories].map(directory => tree.get(kustomizationFile(tree, directory) ?? '') ?? '').join('\n')
}

function objectsOf(tree: FileTree, file: string): readonly YamlMap[] {
  const text = tree.get(file) ?? ''
  const { value, diagnostics } = parseYaml(text, file)
  if (diagnostics.length > 0 && isTemplate(text)) return []
  return value.flatMap(document =>
    isMap(document.value) && document.value['kind'] !== undefined && !isToolConfiguration(document.value)
      ? [document.value]
      : [],
  )
}

/** Whether everything in a file bears the name of something that is rendered, prefixes and suffixes aside. */
function isPatch(objects: readonly YamlMap[], { built }: ReadOverlays): boolean {
  return objects.every(object => {
    const name = asString(asMap(object['metadata'])['name']) ?? ''
    return built.some(({ resources }) =>
      resources.some(resource => resource.kind === object['kind'] && resource.name.includes(name)),
    )
  })
}
