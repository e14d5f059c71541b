// Which overlays a set of changed files can affect: everything below a directory an overlay builds upon, and every path its
// kustomizations name. Errs on the side of too many.

import { posix } from 'node:path'
import type { FileTree } from '../manifest/file-tree.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { isList, isMap, type YamlValue } from '../manifest/value.ts'
import { kustomizationFile } from './find-targets.ts'

/** Those of `directories` that a change of one of `changed` may concern. */
export function affectedDirectories(
  tree: FileTree,
  directories: readonly string[],
  changed: readonly string[],
): readonly string[] {
  const inputs = new Map<string, Inputs>()
  return directories.filter(directory => {
    const { visited, named } = closure(tree, directory, inputs)
    return changed.some(path => named.has(path) || ancestors(path).some(ancestor => visited.has(ancestor)))
  })
}

interface Inputs {
  /** Kustomization directories named directly. */
  readonly bases: readonly string[]
  /** Everything else that is named. */
  readonly paths: readonly string[]
}

function closure(
  tree: FileTree,
  start: string,
  known: Map<string, Inputs>,
): { visited: ReadonlySet<string>; named: ReadonlySet<string> } {
  const visited = new Set<string>()
  const named = new Set<string>()
  const waiting = [start]
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    if (visited.has(directory)) continue
    visited.add(directory)
    const inputs = known.get(directory) ?? inputsOf(tree, directory)
    known.set(directory, inputs)
    for (const path of inputs.paths) named.add(path)
    waiting.push(...inputs.bases)
  }
  return { visited, named }
}

function inputsOf(tree: FileTree, directory: string): Inputs {
  const file = kustomizationFile(tree, directory)
  if (file === undefined) return { bases: [], paths: [] }
  const paths = parseYaml(tree.get(file) ?? '', file)
    .value.flatMap(({ value }) => stringsIn(value))
    .map(text => posix.join(directory, text.replace(/^[^=]*=/, '')).replace(/\/$/, ''))
  return { bases: paths.filter(path => kustomizationFile(tree, path) !== undefined), paths }
}

function stringsIn(value: YamlValue | undefined): readonly string[] {
  if (typeof value === 'string') return value.length < 1024 && !value.includes('\n') ? [value] : []
  if (isList(value)) return value.flatMap(stringsIn)
  return isMap(value) ? Object.values(value).flatMap(stringsIn) : []
}

/** `a/b/c.yaml` → `a/b`, `a`, `.`. */
function ancestors(path: string): readonly string[] {
  const parent = posix.dirname(path)
  return parent === '.' ? ['.'] : [parent, ...ancestors(parent)]
}
