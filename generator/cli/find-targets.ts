// What the paths of a command line name: kustomization directories to build, and YAML files that no kustomization builds.
// In a tree, a base is checked as part of the overlays that use it; components and patches likewise.

import { posix } from 'node:path'
import type { Checkout } from '../io/checkout.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { asList, asMap, asString, type YamlMap } from '../manifest/value.ts'

const kustomizationNames: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

export interface Targets {
  /** Kustomization directories to build, sorted. */
  readonly directories: readonly string[]
  /** YAML files to read as they are, sorted; those a build turns out to use are left to the build. */
  readonly files: readonly string[]
}

/** The name of a directory's kustomization file, if it has one. */
export function kustomizationFile(tree: FileTree, directory: string): string | undefined {
  return [...kustomizationNames].map(name => inDirectory(directory, name)).find(path => tree.has(path))
}

/** Everything below a directory. */
export function targetsUnder({ tree, filesUnder }: Checkout, directory: string): Targets {
  const files = filesUnder(directory)
  const kustomizations = new Map(
    files
      .filter(path => kustomizationNames.has(posix.basename(path)))
      .map(path => [posix.dirname(path), contentOf(tree, path)] as const),
  )
  const used = new Set([...kustomizations].flatMap(([at, content]) => basesOf(at, content)))
  const directories = [...kustomizations]
    .filter(([at, { kind }]) => !used.has(at) && kind !== 'Component')
    .map(([at]) => at)
  return { directories: directories.sort(), files: files.filter(path => isManifest(path)) }
}

/** Whether a file name says YAML (or JSON that kubectl would apply), and it is not a kustomization itself. */
export function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !kustomizationNames.has(posix.basename(path))
}

/** Directories that a kustomization builds upon. */
function basesOf(directory: string, content: YamlMap): readonly string[] {
  return ['resources', 'bases', 'components']
    .flatMap(field => asList(content[field]))
    .map(entry => asString(entry))
    .filter(entry => entry !== undefined)
    .map(entry => posix.join(directory, entry).replace(/\/$/, ''))
}

/** The content of a kustomization; what cannot be read is empty here, and a finding of the build. */
function contentOf(tree: FileTree, path: string): YamlMap {
  return asMap(parseYaml(tree.get(path) ?? '', path).value[0]?.value)
}

export function inDirectory(directory: string, name: string): string {
  return directory === '.' || directory === '' ? name : `${directory}/${name}`
}
