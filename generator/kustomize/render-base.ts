// k8s/base: the platform seen from no environment, one file per component or concern.

import type { FileTree } from '../manifest/file-tree.ts'
import type { WantedObject } from '../resources/wanted-object.ts'
import { generatedFile } from './generated-file.ts'
import { kustomization } from './kustomization-file.ts'

export const baseDirectory = 'k8s/base'

/** The files of the base. Objects keep their order within a file; files are listed in the order they first appear. */
export function renderBase(objects: readonly WantedObject[]): FileTree {
  const byFile = groupByFile(objects)
  return new Map([
    [`${baseDirectory}/kustomization.yaml`, generatedFile([kustomization({ resources: [...byFile.keys()] })])],
    ...[...byFile].map(
      ([file, group]) => [`${baseDirectory}/${file}`, generatedFile(group.map(wanted => wanted.object))] as const,
    ),
  ])
}

/** Objects by the file they belong to, in order of first appearance. */
export function groupByFile(objects: readonly WantedObject[]): ReadonlyMap<string, readonly WantedObject[]> {
  const groups = new Map<string, WantedObject[]>()
  for (const wanted of objects) {
    const group = groups.get(wanted.file)
    if (group === undefined) groups.set(wanted.file, [wanted])
    else group.push(wanted)
  }
  return groups
}
