// Compiled platforms on disk, keyed by the content of everything they were compiled from: a warm run never starts esbuild.
// Safe to delete, safe to share between processes (written aside and renamed), and never in a folder that others can write to.

import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeFile } from '../manifest/file-tree.ts'
import type { CompiledPlatform, CompileOptions } from './compile-platform.ts'

interface CacheEntry extends CompiledPlatform {
  readonly hashes: readonly string[]
}

/** The compiled form of a platform whose inputs are unchanged. */
export function readCompiled(
  options: CompileOptions,
  folder = cacheFolder(options.root),
): CompiledPlatform | undefined {
  if (folder === undefined) return undefined
  try {
    const entry = JSON.parse(readFileSync(cachePath(options, folder), 'utf8')) as Partial<CacheEntry> | null
    if (!isWhole(entry)) return undefined
    const fresh = entry.inputs.every((input, i) => hashInput(input, options) === entry.hashes[i])
    return fresh && entry.inputs.length === entry.hashes.length ? entry : undefined
  } catch {
    return undefined
  }
}

function isWhole(entry: Partial<CacheEntry> | null): entry is CacheEntry {
  return (
    typeof entry?.code === 'string' &&
    typeof entry.map === 'string' &&
    (entry.inputs?.length ?? 0) > 0 &&
    entry.hashes !== undefined
  )
}

/** Keeps a compiled platform. Failing to is no failure of the run. */
export function keepCompiled(
  compiled: CompiledPlatform,
  options: CompileOptions,
  folder = cacheFolder(options.root),
): void {
  if (folder === undefined) return
  try {
    const path = cachePath(options, folder)
    const entry: CacheEntry = { ...compiled, hashes: compiled.inputs.map(input => hashInput(input, options)) }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(entry))
    renameSync(`${path}.${process.pid}`, path)
  } catch {
    // A read-only checkout compiles anew each time.
  }
}

/** `node_modules/.cache/gitops`, else a folder of this user alone under the system's temporary one; undefined where neither is safe. */
function cacheFolder(root: string): string | undefined {
  if (existsSync(join(root, 'node_modules'))) return join(root, 'node_modules/.cache/gitops')
  const user = process.getuid?.()
  const folder = join(tmpdir(), `gitops-${user ?? 'cache'}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    const mine =
      stat !== undefined &&
      stat.isDirectory() &&
      (user === undefined || (stat.uid === user && (stat.mode & 0o022) === 0))
    if (!mine) return undefined
  }
  return folder
}

/** One entry per state of the platform's own file, so that a staged and an unstaged version do not push each other out. */
function cachePath({ root, file, tree, packageRoot }: CompileOptions, folder: string): string {
  const key = [cacheVersion, root, packageRoot, file, tree.get(file) ?? ''].join('\0')
  return join(folder, `platform-${hash(key)}.json`)
}

/** Raised when the shape of entries, or how platforms are compiled, changes. */
const cacheVersion = '1'

function hashInput(input: string, { root, tree }: CompileOptions): string {
  if (input.startsWith('tree:')) return hash(encodeFile(tree.get(input.slice('tree:'.length)) ?? '\0'))
  return hash(readFileSync(join(root, input.slice('file:'.length))))
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}
