// Reads a directory into a FileTree, for fixtures.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { FileTree } from '../../generator/manifest/file-tree.ts'

export function readTree(root: string): FileTree {
  const tree = new Map<string, string>()
  const walk = (directory: string): void => {
    for (const name of readdirSync(directory).toSorted()) {
      const path = join(directory, name)
      if (statSync(path).isDirectory()) walk(path)
      else tree.set(relative(root, path).split('\\').join('/'), readFileSync(path, 'utf8'))
    }
  }
  try {
    walk(root)
  } catch {
    // A case without files has no directory.
  }
  return tree
}
