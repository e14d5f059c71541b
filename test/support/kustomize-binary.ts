// The real binary, where it is installed: `kustomize` on PATH or in $HOME/go/bin, in the release whose behaviour the build follows.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FileTree } from '../../generator/manifest/file-tree.ts'

const wanted = '5.8'

/** The path of the binary, or undefined. */
export function findKustomize(): string | undefined {
  const candidates = ['kustomize', join(process.env['HOME'] ?? '', 'go/bin/kustomize')]
  return candidates.find(candidate => {
    try {
      return execFileSync(candidate, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
        wanted,
      )
    } catch {
      return false
    }
  })
}

/** What the binary prints; undefined when it refuses, with what it says. */
export function realBuild(
  binary: string,
  root: string,
  directory: string,
  flags: readonly string[] = [],
): { readonly text: string | undefined; readonly error: string } {
  const { status, stdout, stderr } = spawnSync(binary, ['build', directory, ...flags], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return status === 0 ? { text: stdout, error: '' } : { text: undefined, error: stderr }
}

/** Writes a tree into an empty directory. */
export function writeTree(root: string, tree: FileTree): void {
  if (existsSync(root)) rmSync(root, { recursive: true })
  for (const [path, text] of tree) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
