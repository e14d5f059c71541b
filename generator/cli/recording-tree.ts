// A tree that remembers which files were read: what a build depends on, and which files of a directory no build uses.

import { directoryTest, filesUnder, type DemandTree, type FileTree } from '../manifest/file-tree.ts'

export interface RecordingTree {
  readonly tree: DemandTree
  /** Paths whose text was asked for. */
  readonly read: ReadonlySet<string>
}

export function recordingTree(inner: FileTree): RecordingTree {
  const read = new Set<string>()
  const isDirectory = directoryTest(inner)
  const tree: DemandTree = {
    isDirectory,
    filesUnder: directory => filesUnder(inner, directory),
    get: path => {
      read.add(path)
      return inner.get(path)
    },
    has: path => inner.has(path),
    get size() {
      return inner.size
    },
    keys: () => inner.keys(),
    values: () => inner.values(),
    entries: () => inner.entries(),
    [Symbol.iterator]: () => inner.entries(),
    forEach: visit => inner.forEach(visit),
  }
  return { tree, read }
}
