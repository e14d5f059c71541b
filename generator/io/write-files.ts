// Puts generated files on disk so that an interruption at any point leaves the old tree, the new one, or something the next run
// repairs: everything is written aside first (a full disk stops here, with nothing changed), then renamed into place, then left-over
// files are removed. Only files whose bytes change are touched.

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { encodeFile, type FileTree } from '../manifest/file-tree.ts'
import { diskRefusal } from './disk-refusal.ts'
import { unreadable } from './unreadable-input.ts'

export const temporarySuffix = '.gitops-new'

export const untouched = 'Nothing was changed; make the place writable and run again.'
const unfinished = 'Make room for it and run again: the next run completes this one.'

export interface FileChanges {
  readonly write: FileTree
  readonly remove: readonly string[]
  /** Written before anything else and completed last: says which files are the tool's, so that a killed run owns what it wrote. */
  readonly list: { readonly path: string; readonly during: string; readonly after: string }
}

/** Applies changes below `root`. Throws UnreadableInput, with nothing changed, where the disk does not allow it. */
export function writeFiles(root: string, { write, remove, list }: FileChanges): void {
  const files = [...write].filter(([path]) => path !== list.path)
  const staged: string[] = []
  const stage = (path: string, text: string): string => {
    const full = join(root, path)
    makeDirectory(root, path)
    staged.push(full + temporarySuffix)
    writeWhole(full + temporarySuffix, text)
    return full
  }
  const place = (full: string): void => renameSync(full + temporarySuffix, full)
  let begun = false
  try {
    const ready = files.map(([path, text]) => stage(path, text))
    const after = `${list.path}.after`
    stage(after, list.after)
    const listReady = stage(list.path, list.during)
    begun = true
    place(listReady)
    for (const full of ready) place(full)
    for (const path of remove) removeFile(root, path)
    renameSync(join(root, after + temporarySuffix), join(root, list.path))
  } catch (error) {
    for (const path of staged) rmSync(path, { force: true })
    throw diskRefusal(error, root, begun ? unfinished : untouched)
  }
}

/** Removes what a killed run left behind in directories that hold generated files. */
export function removeLeftovers(root: string, generated: FileTree): void {
  for (const directory of new Set([...generated.keys()].map(path => dirname(path)))) {
    const full = join(root, directory)
    if (!existsSync(full)) continue
    for (const name of readdirSync(full)) if (name.endsWith(temporarySuffix)) rmSync(join(full, name), { force: true })
  }
}

/** Creates the directories of a path, refusing to follow a link out of the repository. */
export function makeDirectory(root: string, path: string): void {
  const directory = dirname(join(root, path))
  if (existsSync(directory) && realpathSync(directory) === directory) return
  const realRoot = realpathSync(root)
  let existing = directory
  while (!existsSync(existing)) existing = dirname(existing)
  const real = realpathSync(existing)
  if (real !== realRoot && !real.startsWith(`${realRoot}/`)) {
    throw unreadable(
      'repository/link-outside',
      path,
      `"${dirname(path)}" is reached through a link that leaves the repository`,
      'Remove the link: generated files are written inside the repository only.',
    )
  }
  mkdirSync(directory, { recursive: true })
}

function writeWhole(full: string, text: string): void {
  const bytes = encodeFile(text)
  const descriptor = openSync(full, 'w', 0o666)
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done)
  } catch (error) {
    // A failed write knows its descriptor only.
    throw Object.assign(error as Error, { path: full })
  } finally {
    closeSync(descriptor)
  }
}

/** Removes a file, and the directories it leaves empty. */
function removeFile(root: string, path: string): void {
  rmSync(join(root, path), { force: true })
  for (let directory = dirname(path); directory !== '.'; directory = dirname(directory)) {
    try {
      rmdirSync(join(root, directory))
    } catch {
      return
    }
  }
}
