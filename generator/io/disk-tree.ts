// A directory of the disk as a FileTree, read as it is asked for: building one overlay reads its files, not the repository.
// What cannot be read safely (too large, no permission, a link that leaves the root) throws UnreadableInput: a file that is
// there but unread must never look like a file that is not there.

import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFile, type FileTree } from '../manifest/file-tree.ts'
import { lazyTree } from './lazy-tree.ts'
import { unreadable } from './unreadable-input.ts'

/** Larger files are refused: no manifest comes near it, and everything after would take its time and memory. */
export const largestFile = 64 * 1024 * 1024

const skippedDirectories: ReadonlySet<string> = new Set(['.git', 'node_modules'])

/** The files under an absolute directory; iteration lists them all, `get` and `has` look only at the one asked for. */
export function diskTree(root: string): FileTree {
  let realRoot: string | undefined
  const refuseEscape = (full: string, path: string): void => {
    if (root === '/') return
    realRoot ??= realpathSync(root)
    const real = realpathSync(full)
    if (real !== join(realRoot, path) && !real.startsWith(`${realRoot}/`)) throw linkOutside(path)
  }
  return lazyTree({
    read: path => guarded(path, full => readText(full, path, refuseEscape)),
    has: path => guarded(path, full => statSync(full, { throwIfNoEntry: false })?.isFile()) ?? false,
    isDirectory: path => guarded(path, full => statSync(full, { throwIfNoEntry: false })?.isDirectory()) ?? false,
    list: () => [...listFiles(root, '')].sort(),
  })

  function guarded<T>(path: string, look: (full: string) => T | undefined): T | undefined {
    if (!isInside(path)) return undefined
    try {
      return look(join(root, path))
    } catch (error) {
      return refuse(error, path)
    }
  }
}

function readText(full: string, path: string, refuseEscape: (full: string, path: string) => void): string | undefined {
  const stat = statSync(full, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isFile()) return undefined
  if (stat.size > largestFile) throw tooLarge(path, stat.size)
  refuseEscape(full, path)
  return decodeFile(readFileSync(full))
}

/** Relative paths of the files under a directory, without those of Git and of installed packages. */
export function* listFiles(root: string, under: string): Generator<string> {
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) {
      if (!skippedDirectories.has(entry.name)) yield* listFiles(root, path)
    } else if (entry.isFile() || (entry.isSymbolicLink() && pointsToFile(join(root, path)))) yield path
  }
}

/** Whether a path is a directory, a file, or nothing. */
export function entryKind(path: string): 'directory' | 'file' | 'other' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : 'other'
  if (stat.isDirectory()) return 'directory'
  return stat.isFile() ? 'file' : 'other'
}

function pointsToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isInside(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith('../') && !path.startsWith('/')
}

function linkOutside(path: string): Error {
  return unreadable(
    'repository/link-outside',
    path,
    `"${path}" is reached through a link that leaves the repository`,
    'Replace the link by the file itself: another checkout has nothing at the place it points to.',
  )
}

function tooLarge(path: string, size: number): Error {
  return unreadable(
    'repository/file-too-large',
    path,
    `"${path}" has ${Math.round(size / 1024 / 1024)} MB, the limit is ${largestFile / 1024 / 1024} MB`,
    'Keep data of this size out of the manifests.',
  )
}

function refuse(error: unknown, path: string): undefined | never {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
  if (code === 'EACCES' || code === 'EPERM' || code === 'ELOOP' || code === 'EIO') {
    throw unreadable(
      'repository/unreadable',
      path,
      `"${path}" cannot be read (${code})`,
      'Give read permission, or remove it.',
    )
  }
  throw error
}
