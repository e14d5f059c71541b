// Where a repository begins, without starting git: the nearest directory upwards that holds `.git`.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The repository that holds a directory (absolute path), or undefined outside any. A worktree's `.git` is a file; that counts. */
export function findRepositoryRoot(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
  }
}
