// Which paths of the repository a kustomization directory is made from: what its Application's manifest-generate-paths
// annotation has to cover. Follows resources, bases and components; other files count with the directory they are in.

import type { FileTree } from '../../manifest/file-tree.ts'
import { parseYaml } from '../../manifest/parse-yaml.ts'
import { asMap, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** The kustomization file of a directory, if it has one. */
export function kustomizationFile(tree: FileTree, directory: string): string | undefined {
  return names.map(name => join(directory, name)).find(path => tree.has(path))
}

/** Directories and files a build of `directory` reads, itself first; undefined where it is no kustomization. */
export function kustomizationInputs(tree: FileTree, directory: string): readonly string[] | undefined {
  const start = normalize(directory)
  if (start === undefined || kustomizationFile(tree, start) === undefined) return undefined
  const inputs = new Set<string>()
  const open = [start]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (inputs.has(next)) continue
    inputs.add(next)
    const file = kustomizationFile(tree, next)
    const text = file === undefined ? undefined : tree.get(file)
    if (file === undefined || text === undefined) continue
    for (const path of pathsIn(asMap(parseYaml(text, file).value[0]?.value), next, tree)) open.push(path)
  }
  return [...inputs].filter(path => path === start || !isInside(path, inputs))
}

function isInside(path: string, others: ReadonlySet<string>): boolean {
  return [...others].some(other => other !== path && (other === '' || path.startsWith(`${other}/`)))
}

/** Every string in the kustomization that names a file or a directory of the tree. */
function pathsIn(kustomization: YamlMap, directory: string, tree: FileTree): readonly string[] {
  return stringsIn(kustomization).flatMap(text => {
    const written = /^[-._A-Za-z0-9]+=(.+)$/.exec(text)?.[1] ?? text
    if (/[\s:]/.test(written)) return []
    const path = normalize(join(directory, written))
    return path !== undefined && exists(tree, path) ? [path] : []
  })
}

function stringsIn(value: YamlValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(stringsIn)
  return isMap(value) ? Object.values(value).flatMap(stringsIn) : []
}

function exists(tree: FileTree, path: string): boolean {
  return tree.has(path) || kustomizationFile(tree, path) !== undefined
}

/** Joins a path relative to a directory; '' and '.' are the root. */
export function join(directory: string, path: string): string {
  return directory === '' || directory === '.' ? path : `${directory}/${path}`
}

/** Without `.`, `..` and doubled slashes; undefined where it leaves the repository. */
export function normalize(path: string): string | undefined {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.pop() === undefined) return undefined
  }
  return kept.join('/')
}
