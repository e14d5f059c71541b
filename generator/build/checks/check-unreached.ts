// Files that lie in a kustomization directory and are part of nothing that is built.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FileTree } from '../../manifest/file-tree.ts'

/**
 * YAML files beside the files that builds have read, which no build has read.
 * @param reached every file that was read
 * @param directories the directories whose kustomization was read; '' is the root
 */
export function checkUnreached(
  tree: FileTree,
  reached: ReadonlySet<string>,
  directories: ReadonlySet<string>,
): readonly Diagnostic[] {
  return [...tree.keys()]
    .filter(path => /\.ya?ml$/.test(path) && !reached.has(path) && directories.has(directoryOf(path)))
    .toSorted()
    .map(file => unreachedFile(file, 'warning'))
}

/** The finding about one such file. */
export function unreachedFile(file: string, severity: 'warning' | 'info'): Diagnostic {
  return {
    code: 'kustomize/unreached-file',
    severity,
    message: `"${file.slice(file.lastIndexOf('/') + 1)}" is listed by no kustomization that is built`,
    at: { file, document: 1, pointer: '' },
    help: 'List it in the kustomization beside it, or remove it.',
  }
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}
