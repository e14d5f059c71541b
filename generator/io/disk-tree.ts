// A directory of the disk as a FileTree, read as it is asked for: building one overlay reads its files, not the repository.
// What cannot be read safely (too large, no permission, a link that leaves the root) throws UnreadableInput: a file that is
// there but unread must never look like a file that is not there.

import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs'
import { dirname, join } from 'node:path'
import { decodeFile, type FileTree } from '../manifest/file-tree.ts'
import { lazyTree } from './lazy-tree.ts'
import { unreadable } from './unreadable-input.ts'

/** Larger files are refused: no manifest comes near it, and everything after would take its time and memory. */
export const largestFile = 64 * 1024 * 1024

const skippedDirectories: ReadonlySet<string> = new Set(['.git', 'node_modules'])

/** The files under an absolute directory; iteration lists them all, `get` and `has` look only at the one asked for, once. */
export function diskTree(root: string): FileTree {
  const guard = root === '/' ? () => {} : escapeGuard(root)
  const known = new Map<string, Entry | undefined>()
  const entryAt = (path: string): Entry | undefined => {
    let entry = known.get(path)
    if (entry === undefined && !known.has(path)) known.set(path, (entry = guarded(path, lookAt)))
    return entry
  }
  return lazyTree({
    read: path => {
      const entry = entryAt(path)
      return entry?.kind === 'file' ? guarded(path, full => readText(full, path, entry, guard)) : undefined
    },
    has: path => entryAt(path)?.kind === 'file',
    isDirectory: path => entryAt(path)?.kind === 'directory',
    list: directory => (isListed(directory) ? [...listFiles(root, directory)].sort() : []),
  })

  /** Whether listing the root comes to a directory: not through links, and not below what is skipped. */
  function isListed(directory: string): boolean {
    const names = directory === '' ? [] : directory.split('/')
    return names.every((name, at) => {
      const entry = entryAt(names.slice(0, at + 1).join('/'))
      return entry?.kind === 'directory' && !entry.isLink && !skippedDirectories.has(name)
    })
  }

  function guarded<T>(path: string, look: (full: string) => T | undefined): T | undefined {
    if (!isInside(path)) return undefined
    try {
      return look(join(root, path))
    } catch (error) {
      return refuse(error, path)
    }
  }
}

/** What a path leads to. */
interface Entry {
  readonly kind: 'file' | 'directory' | 'other'
  readonly isLink: boolean
  /** In bytes. */
  readonly size: number
}

function lookAt(full: string): Entry | undefined {
  const own = lstatSync(full, { throwIfNoEntry: false })
  const isLink = own?.isSymbolicLink() === true
  const stat = isLink ? statSync(full, { throwIfNoEntry: false }) : own
  if (stat === undefined) return undefined
  return { kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other', isLink, size: stat.size }
}

type EscapeGuard = (full: string, path: string, isLink: boolean) => void

function readText(full: string, path: string, { size, isLink }: Entry, guard: EscapeGuard): string {
  if (size > largestFile) throw tooLarge(path, size)
  guard(full, path, isLink)
  return decodeFile(readFileSync(full))
}

/** Refuses what a link leads out of the root; directories are looked at once, files only where they are links themselves. */
function escapeGuard(root: string): EscapeGuard {
  const realRoot = realpathSync.native(root)
  const inside = new Set<string>()
  const isInsideRoot = (real: string): boolean => real === realRoot || real.startsWith(`${realRoot}/`)
  return (full, path, isLink) => {
    const directory = dirname(full)
    if (!inside.has(directory)) {
      if (!isInsideRoot(realpathSync.native(directory))) throw linkOutside(path)
      inside.add(directory)
    }
    if (isLink && !isInsideRoot(realpathSync.native(full))) throw linkOutside(path)
  }
}

/** Relative paths of the files under a directory, without those of Git and of installed packages. */
export function* listFiles(root: string, under: string): Generator<string> {
  for (const entry of entriesOf(root, under)) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) {
      if (!skippedDirectories.has(entry.name)) yield* listFiles(root, path)
    } else if (entry.isFile() || (entry.isSymbolicLink() && pointsToFile(join(root, path)))) yield path
  }
}

/** Relative paths of the links to directories under a directory: listing does not follow them, as kubectl and git do not. */
export function* listDirectoryLinks(root: string, under: string): Generator<string> {
  for (const entry of entriesOf(root, under)) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory() && !skippedDirectories.has(entry.name)) yield* listDirectoryLinks(root, path)
    if (entry.isSymbolicLink() && entryKind(join(root, path)) === 'directory') yield path
  }
}

function entriesOf(root: string, under: string): readonly Dirent[] {
  try {
    return readdirSync(join(root, under), { withFileTypes: true })
  } catch (error) {
    return refuse(error, under) ?? []
  }
}

/** Whether a path is a directory, a file, or nothing. */
export function entryKind(path: string): 'directory' | 'file' | 'other' | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : 'other'
  if (stat.isDirectory()) return 'directory'
  return stat.isFile() ? 'file' : 'other'
}

/** A link that cannot be followed counts as a file: whoever reads it hears of it. */
function pointsToFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    return true
  }
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
