// A directory of the disk as a FileTree, read as it is asked for: building one overlay reads its files, not the repository.
// What cannot be read safely (too large, no permission, a link that leaves the root) throws UnreadableInput: a file that is
// there but unread must never look like a file that is not there.

import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFile, type FileTree } from '../manifest/file-tree.ts'
import { unreadable } from './unreadable-input.ts'

/** Larger files are refused: no manifest comes near it, and everything after would take its time and memory. */
export const largestFile = 64 * 1024 * 1024

const skippedDirectories: ReadonlySet<string> = new Set(['.git', 'node_modules'])

/** The files under `root`; `size` and iteration list them all, `get` and `has` look only at the one asked for. */
export function diskTree(root: string): FileTree {
  return new DiskTree(root)
}

class DiskTree implements ReadonlyMap<string, string> {
  readonly #root: string
  readonly #texts = new Map<string, string | undefined>()
  #realRoot: string | undefined
  #paths: readonly string[] | undefined

  constructor(root: string) {
    this.#root = root
  }

  get(path: string): string | undefined {
    if (this.#texts.has(path)) return this.#texts.get(path)
    const text = this.#read(path)
    this.#texts.set(path, text)
    return text
  }

  has(path: string): boolean {
    return this.#texts.get(path) !== undefined || (isInside(path) && this.#isFile(path))
  }

  get size(): number {
    return this.#list().length
  }

  *keys(): MapIterator<string> {
    yield* this.#list()
  }

  *values(): MapIterator<string> {
    for (const path of this.#list()) yield this.get(path) ?? ''
  }

  *entries(): MapIterator<[string, string]> {
    for (const path of this.#list()) yield [path, this.get(path) ?? '']
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries()
  }

  forEach(visit: (text: string, path: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [path, text] of this.entries()) visit(text, path, this)
  }

  #isFile(path: string): boolean {
    try {
      return statSync(join(this.#root, path), { throwIfNoEntry: false })?.isFile() ?? false
    } catch (error) {
      return refuse(error, path) !== undefined
    }
  }

  #read(path: string): string | undefined {
    if (!isInside(path)) return undefined
    const full = join(this.#root, path)
    try {
      const stat = statSync(full, { throwIfNoEntry: false })
      if (stat === undefined || !stat.isFile()) return undefined
      if (stat.size > largestFile) throw tooLarge(path, stat.size)
      this.#refuseEscape(full, path)
      return decodeFile(readFileSync(full))
    } catch (error) {
      return refuse(error, path)
    }
  }

  #refuseEscape(full: string, path: string): void {
    if (this.#root === '/') return
    this.#realRoot ??= realpathSync(this.#root)
    const real = realpathSync(full)
    if (real === join(this.#realRoot, path) || real.startsWith(`${this.#realRoot}/`)) return
    throw unreadable(
      'repository/link-outside',
      path,
      `"${path}" is reached through a link that leaves the repository`,
      'Replace the link by the file itself: another checkout has nothing at the place it points to.',
    )
  }

  #list(): readonly string[] {
    this.#paths ??= [...listFiles(this.#root, '')].sort()
    return this.#paths
  }
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
