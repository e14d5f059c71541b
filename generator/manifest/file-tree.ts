// Files as data: what every stage that "writes" returns and every stage that "reads" takes. Tests need no disk.

/** Relative POSIX path (no leading `./`, no `..`) to the file's text. */
export type FileTree = ReadonlyMap<string, string>

/** Joins several trees; a path that occurs twice is a bug in the caller. */
export function joinTrees(...trees: readonly FileTree[]): FileTree {
  const all = new Map<string, string>()
  for (const tree of trees) {
    for (const [path, text] of tree) {
      if (all.has(path)) throw new Error(`two stages write ${path}`)
      all.set(path, text)
    }
  }
  return all
}
