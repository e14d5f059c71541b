// A path as the user wrote it to the tree it is read from. Inside a repository the tree is the repository; elsewhere it is the
// whole disk, because a kustomization may point anywhere upwards; either way files are read only when asked for.

import { relative, resolve, sep } from 'node:path'
import { diskTree, entryKind } from '../io/disk-tree.ts'
import { findRepositoryRoot } from '../io/find-root.ts'
import { unreadable } from '../io/unreadable-input.ts'
import type { FileTree } from '../manifest/file-tree.ts'

export interface Input {
  /** Absolute directory the tree starts at. */
  readonly root: string
  readonly tree: FileTree
  /** Path inside the tree, POSIX; '.' is its root. */
  readonly path: string
  readonly kind: 'directory' | 'file'
}

/** Finds trees for paths, one tree per root, so that files shared between the paths of a run are read once. */
export function inputLocator(cwd: string): (written: string) => Input {
  const trees = new Map<string, FileTree>()
  return written => {
    const full = resolve(cwd, written)
    const kind = entryKind(full)
    if (kind === undefined) throw noSuchPath(written)
    if (kind === 'other')
      throw unreadable(
        'repository/unreadable',
        written,
        `"${written}" is neither a file nor a directory`,
        'Name a kustomization directory or a YAML file.',
      )
    const root = findRepositoryRoot(kind === 'directory' ? full : resolve(full, '..')) ?? resolve('/')
    let tree = trees.get(root)
    if (tree === undefined) trees.set(root, (tree = diskTree(root)))
    const path = relative(root, full).split(sep).join('/')
    return { root, tree, path: path === '' ? '.' : path, kind }
  }
}

function noSuchPath(written: string): Error {
  return unreadable(
    'repository/not-found',
    written,
    `no file or directory "${written}"`,
    'Name a path that exists, relative to the current directory.',
  )
}
