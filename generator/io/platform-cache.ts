// Compiled platforms on disk, each beside the text of everything it was compiled from: a warm run never starts esbuild.
// Safe to delete, safe to share between processes (written aside and renamed), and never in a folder that others can write to.

import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledPlatform, CompileOptions } from './compile-platform.ts'

interface CacheEntry extends CompiledPlatform {
  /** The text of each input. */
  readonly texts: readonly string[]
  readonly key: string
}

/** The compiled form of a platform whose inputs are unchanged. */
export function readCompiled(
  options: CompileOptions,
  folder = cacheFolder(options.root),
): CompiledPlatform | undefined {
  if (folder === undefined) return undefined
  try {
    const entry = JSON.parse(readFileSync(cachePath(options, folder), 'utf8')) as Partial<CacheEntry> | null
    if (!isWhole(entry) || entry.key !== keyOf(options) || entry.inputs.length !== entry.texts.length) return undefined
    return entry.inputs.every((input, i) => textOf(input, options) === entry.texts[i]) ? entry : undefined
  } catch {
    return undefined
  }
}

function isWhole(entry: Partial<CacheEntry> | null): entry is CacheEntry {
  return (
    typeof entry?.code === 'string' &&
    typeof entry.map === 'string' &&
    (entry.inputs?.length ?? 0) > 0 &&
    entry.texts !== undefined
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
    const texts = compiled.inputs.map(input => textOf(input, options) ?? '')
    const entry: CacheEntry = { ...compiled, texts, key: keyOf(options) }
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
  const folder = join(process.getBuiltinModule('node:os').tmpdir(), `gitops-${user ?? 'cache'}`)
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
function cachePath(options: CompileOptions, folder: string): string {
  return join(folder, `platform-${textSum(keyOf(options))}-${textSum(options.tree.get(options.file) ?? '')}.json`)
}

function keyOf({ root, file, packageRoot }: CompileOptions): string {
  return [cacheVersion, root, packageRoot, file].join('\0')
}

/** Raised when the shape of entries, or how platforms are compiled, changes. */
const cacheVersion = '2'

/** Undefined for a file that is not there any more. */
function textOf(input: string, { root, tree }: CompileOptions): string | undefined {
  if (input.startsWith('tree:')) return tree.get(input.slice('tree:'.length))
  return readFileSync(join(root, input.slice('file:'.length)), 'utf8')
}

/** For the name of a file alone: what is in it is compared, text by text. */
function textSum(text: string): string {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0
  return sum.toString(16).padStart(8, '0')
}
