// A small repository in one text: `=== path` begins a file. `profile.json` overrides the fixture profile.

import { dirname } from 'node:path/posix'
import { createBuilder } from '../../generator/build/build-kustomization.ts'
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts'
import { locatePointer } from '../../generator/manifest/locate-pointer.ts'
import type { FileTree } from '../../generator/manifest/file-tree.ts'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'
import type { Profile } from '../../generator/model/profile.ts'
import { isApplication, isApplicationSet, isAppProject } from '../../generator/argocd/simulate/read-argocd.ts'
import { kustomizationFile } from '../../generator/argocd/simulate/kustomization-inputs.ts'
import type { ArgoCdCheckInput } from '../../generator/validate/argocd/repository/repository.ts'

export function treeOf(text: string): FileTree {
  const files = text.split(/^=== /m).slice(1)
  return new Map(files.map(file => [file.slice(0, file.indexOf('\n')), file.slice(file.indexOf('\n') + 1)]))
}

export function objectsIn(tree: FileTree, file: string): readonly Resource[] {
  return parseYaml(tree.get(file) ?? '', file).value.flatMap(
    ({ value, document }) => toResource(value, { file, document }) ?? [],
  )
}

export function checkInputOf(tree: FileTree): ArgoCdCheckInput {
  const builder = createBuilder(tree)
  const all = [...tree.keys()]
    .filter(path => path.endsWith('.yaml') && !isInOverlay(path, tree))
    .flatMap(path => objectsIn(tree, path))
  const profile: Profile = {
    production: true,
    kubernetes: ['1.34'],
    ...(JSON.parse(tree.get('profile.json') ?? '{}') as Partial<Profile>),
  }
  return {
    applications: all.filter(isApplication),
    projects: all.filter(isAppProject),
    applicationSets: all.filter(isApplicationSet),
    tree,
    render: (directory, edited) => (edited === undefined ? builder : createBuilder(edited)).build(directory),
    profile,
    repoURLs: ['https://github.com/hustlex/gitops.git'],
  }
}

function isInOverlay(path: string, tree: FileTree): boolean {
  return kustomizationFile(tree, dirname(path)) !== undefined
}

/** `file:line:column severity message [code]`, in the order of the files. */
export function formatFound(found: readonly Diagnostic[], tree: FileTree): string {
  return found
    .map(({ at, severity, message, code }) => {
      const { line, column } = locatePointer(tree.get(at.file) ?? '', at.document, at.pointer, at.on)
      return `${at.file}:${line}:${column} ${severity} ${message} [${code}]\n`
    })
    .sort()
    .join('')
}
