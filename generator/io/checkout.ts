// A repository as a command sees it: its files on disk, or what is staged in Git's index. Everything that reads a repository
// takes one of these, so the hook runs the very code that the commands run.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FileTree } from '../manifest/file-tree.ts'
import { diskTree, listDirectoryLinks, listFiles } from './disk-tree.ts'

export interface Checkout {
  /** Absolute path of the repository. */
  readonly root: string
  readonly tree: FileTree
  /** All files below a directory, as sorted paths of the tree; empty where there is no such directory. */
  readonly filesUnder: (directory: string) => readonly string[]
  /** Links to directories below a directory, sorted: what stands behind them is in no listing. */
  readonly directoryLinksUnder: (directory: string) => readonly string[]
}

/** The files on disk, read when asked for. */
export function diskCheckout(root: string, tree: FileTree = diskTree(root)): Checkout {
  const listed = (list: typeof listFiles, directory: string): readonly string[] =>
    isDirectory(join(root, directory)) ? [...list(root, directory === '.' ? '' : directory)].sort() : []
  return {
    root,
    tree,
    filesUnder: directory => listed(listFiles, directory),
    directoryLinksUnder: directory => listed(listDirectoryLinks, directory),
  }
}

function isDirectory(path: string): boolean {
  try {
    readdirSync(path)
    return true
  } catch {
    return false
  }
}
