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

export interface RealKustomize {
  readonly name: string
  /** Builds a directory on disk; throws where the real one fails. */
  readonly build: (directory: string) => string
}

/** Every real Kustomize found: the binary in any release, and the one inside kubectl. Says so where there is none. */
export function realKustomizes(): readonly RealKustomize[] {
  const places = [...(process.env['PATH'] ?? '').split(':'), join(process.env['HOME'] ?? '', 'go/bin')]
  const found = [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ].flatMap(([name = '', command = '']) => {
    const binary = places.map(place => join(place, name)).find(existsSync)
    const build = (directory: string): string =>
      execFileSync(binary ?? name, [command, directory], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' })
    return binary === undefined ? [] : [{ name, build }]
  })
  if (found.length === 0) {
    process.stderr.write('SKIPPED: neither kustomize nor kubectl is installed; nothing was compared\n')
  }
  return found
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
