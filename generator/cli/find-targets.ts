// What the paths of a command line name: kustomization directories to build, and YAML files that no kustomization builds.
// In a tree, a base is checked as part of the overlays that use it; components and patches likewise.

import { posix } from 'node:path'
import type { Checkout } from '../io/checkout.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { asList, asMap, asString, isList, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { chartDirectories, isChartPart } from './foreign-files.ts'

const kustomizationNames: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

export interface Targets {
  /** Kustomization directories to build, sorted. */
  readonly directories: readonly string[]
  /** YAML files to read as they are, sorted; those a build turns out to use are left to the build. */
  readonly files: readonly string[]
  /** Every directory with a kustomization: what lies in or below it is deployed by a build, or not at all. */
  readonly kustomized: ReadonlySet<string>
  /** Files that kustomizations name as patches and configuration: no manifests, even where the build that would read them fails. */
  readonly configuration: ReadonlySet<string>
  /** Of these, the components that no build uses. */
  readonly unusedComponents: ReadonlySet<string>
  /** Directories below the one asked for that neither of the two covers, as sentences for the report. */
  readonly notChecked: readonly string[]
}

export const noTargets: Targets = {
  directories: [],
  files: [],
  kustomized: new Set(),
  configuration: new Set(),
  unusedComponents: new Set(),
  notChecked: [],
}

/** The name of a directory's kustomization file, if it has one. */
export function kustomizationFile(tree: FileTree, directory: string): string | undefined {
  return [...kustomizationNames].map(name => inDirectory(directory, name)).find(path => tree.has(path))
}

/** Whether a directory means all of its files: the top of a repository always does, another one where it is no kustomization. */
export function isTree(tree: FileTree, directory: string): boolean {
  return directory === '.' || kustomizationFile(tree, directory) === undefined
}

/**
 * Everything below a directory.
 * @param display how the report names a path of the tree
 */
export function targetsUnder(
  { tree, filesUnder, directoryLinksUnder }: Checkout,
  directory: string,
  display: (path: string) => string = path => path,
): Targets {
  const files = filesUnder(directory)
  const kustomizations = kustomizationsAmong(tree, files)
  const { built, components } = directoriesToBuild(kustomizations)
  const charts = chartDirectories(files)
  const sentence = sentences(display)
  return {
    directories: built,
    files: files.filter(path => isManifest(path) && !isChartPart(path, charts)),
    kustomized: new Set(kustomizations.keys()),
    configuration: new Set([...kustomizations].flatMap(([at, content]) => configurationOf(at, content))),
    unusedComponents: new Set(components),
    notChecked: [
      ...sentence(unrenderedCharts, [...charts].sort()),
      ...sentence('components that nothing here uses', components),
      ...sentence('what links to directories lead to', directoryLinksUnder(directory)),
    ],
  }
}

/**
 * One kustomization, and what lies beside and below it, up to the next kustomizations.
 * @param display how the report names a path of the tree
 */
export function targetsOf(
  { tree, filesUnder }: Checkout,
  directory: string,
  display: (path: string) => string,
): Targets {
  const files = filesUnder(directory)
  const kustomizations = kustomizationsAmong(tree, files)
  const built = new Set([directory])
  for (const at of built) for (const base of basesOf(at, kustomizations.get(at) ?? {})) built.add(base)
  const others = [...kustomizations.keys()].filter(at => !built.has(at)).sort()
  const homes = new Set(kustomizations.keys())
  const own = files.filter(path => nearestDirectory(path, homes) === directory)
  const charts = chartDirectories(own)
  const sentence = sentences(display)
  return {
    ...noTargets,
    directories: [directory],
    files: own.filter(path => isManifest(path) && !isChartPart(path, charts)),
    kustomized: new Set([directory]),
    configuration: new Set(configurationOf(directory, kustomizations.get(directory) ?? {})),
    notChecked: [
      ...sentence(unrenderedCharts, [...charts].sort()),
      ...sentence('kustomizations below a directory that does not build them', others),
    ],
  }
}

const unrenderedCharts = 'Helm charts, which only Helm can render'

/** The deepest of some directories that a file lies in or below; the top of a repository counts for the files beside it alone. */
export function nearestDirectory(file: string, directories: ReadonlySet<string>): string | undefined {
  if (directories.has(posix.dirname(file))) return posix.dirname(file)
  for (let at = posix.dirname(file); at !== '.'; at = posix.dirname(at)) {
    if (directories.has(at)) return at
  }
  return undefined
}

function sentences(display: (path: string) => string): (what: string, paths: readonly string[]) => readonly string[] {
  return (what, paths) => (paths.length === 0 ? [] : [`${what}: ${paths.map(display).join(', ')}`])
}

function kustomizationsAmong(tree: FileTree, files: readonly string[]): ReadonlyMap<string, YamlMap> {
  return new Map(
    files
      .filter(path => kustomizationNames.has(posix.basename(path)))
      .map(path => [posix.dirname(path), contentOf(tree, path)] as const),
  )
}

/**
 * Those that nothing else builds upon, and one of each ring of directories that build upon each other: every kustomization is
 * part of some build, but for components that nothing uses.
 */
function directoriesToBuild(kustomizations: ReadonlyMap<string, YamlMap>): {
  readonly built: readonly string[]
  readonly components: readonly string[]
} {
  const bases = new Map([...kustomizations].map(([at, content]) => [at, basesOf(at, content)]))
  const used = new Set([...bases.values()].flat())
  const [components, others] = partition(
    [...bases.keys()].sort(),
    at => kustomizations.get(at)?.['kind'] === 'Component',
  )
  const reached = new Set<string>()
  const reach = (start: string): boolean => {
    const waiting = [start].filter(at => !reached.has(at))
    const isNew = waiting.length > 0
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (reached.has(at)) continue
      reached.add(at)
      waiting.push(...(bases.get(at) ?? []))
    }
    return isNew
  }
  const ends = others.filter(at => !used.has(at))
  ends.forEach(reach)
  const rings = others.filter(reach)
  return { built: [...ends, ...rings].sort(), components: components.filter(at => !reached.has(at)) }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter(item => !test(item))]
}

/** Whether a file name says YAML (or JSON that kubectl would apply), and it is not a kustomization itself. */
export function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !kustomizationNames.has(posix.basename(path))
}

const builtUpon: readonly string[] = ['resources', 'bases', 'components']

/** Directories that a kustomization builds upon, or takes its plugins' configuration from. */
function basesOf(directory: string, content: YamlMap): readonly string[] {
  return [...builtUpon, 'generators', 'transformers', 'validators']
    .flatMap(field => asList(content[field]))
    .map(entry => asString(entry))
    .filter(entry => entry !== undefined)
    .map(entry => posix.join(directory, entry).replace(/\/$/, ''))
}

/** Files that a kustomization names elsewhere than among what it builds upon. */
function configurationOf(directory: string, content: YamlMap): readonly string[] {
  return Object.keys(content)
    .filter(field => !builtUpon.includes(field))
    .flatMap(field => textsIn(content[field]))
    .filter(text => /\.(?:ya?ml|json)$/.test(text) && !text.includes('\n'))
    .map(text => posix.join(directory, text))
}

function textsIn(value: YamlValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return isList(value) ? value.flatMap(textsIn) : Object.values(asMap(value)).flatMap(textsIn)
}

/** The content of a kustomization; what cannot be read is empty here, and a finding of the build. */
function contentOf(tree: FileTree, path: string): YamlMap {
  return asMap(parseYaml(tree.get(path) ?? '', path).value[0]?.value)
}

export function inDirectory(directory: string, name: string): string {
  return directory === '.' || directory === '' ? name : `${directory}/${name}`
}
