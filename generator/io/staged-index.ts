// What is staged in Git's index as a Checkout: the state a commit would record, whatever the working tree looks like.
// Blobs are read in batches, a top-level folder at a time, with one `git cat-file --batch`.

import { posix } from 'node:path'
import { decodeFile, directoryTest } from '../manifest/file-tree.ts'
import type { Checkout } from './checkout.ts'
import { lazyTree } from './lazy-tree.ts'
import { runGit } from './run-git.ts'
import { unreadable } from './unreadable-input.ts'

interface Entry {
  readonly mode: string
  readonly object: string
}

const symbolicLink = '120000'
const submodule = '160000'

/** The index of the repository at `root`. Throws UnreadableInput while a merge has left conflicts in it. */
export function stagedCheckout(root: string): Checkout {
  const entries = readEntries(root)
  const texts = new Map<string, string>()
  const fetched = new Set<string>()
  const read = (path: string, depth = 0): string | undefined => {
    const entry = entries.get(path)
    if (entry === undefined || depth > 8) return undefined
    const folder = path.split('/', 1)[0] ?? ''
    if (!fetched.has(folder)) {
      fetched.add(folder)
      fetchFolder(root, folder, entries, texts)
    }
    const text = texts.get(path)
    if (entry.mode !== symbolicLink || text === undefined) return text
    return read(posix.join(posix.dirname(path), text), depth + 1)
  }
  const paths = [...entries.keys()].sort()
  const filesUnder: Checkout['filesUnder'] = directory =>
    paths.filter(path => directory === '.' || path.startsWith(`${directory}/`))
  return {
    root,
    tree: lazyTree({
      isDirectory: directoryTest(new Map(paths.map(path => [path, '']))),
      read,
      has: path => entries.has(path) && read(path) !== undefined,
      list: directory => (directory === '' ? paths : filesUnder(directory)),
    }),
    filesUnder,
    directoryLinksUnder: directory =>
      filesUnder(directory).filter(path => entries.get(path)?.mode === symbolicLink && read(path) === undefined),
  }
}

/** Paths whose staged content differs from the last commit (all of them where there is none), deletions included. */
export function stagedChanges(root: string): readonly string[] {
  const head = runGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  const answer = head.ok
    ? runGit(root, ['diff', '--cached', '--name-only', '--no-renames', '-z', 'HEAD'])
    : runGit(root, ['ls-files', '-z'])
  if (!answer.ok) throw gitFailed(answer.error)
  return answer.text.split('\0').filter(path => path !== '')
}

function readEntries(root: string): ReadonlyMap<string, Entry> {
  const answer = runGit(root, ['ls-files', '--stage', '-z'])
  if (!answer.ok) throw gitFailed(answer.error)
  const entries = new Map<string, Entry>()
  for (const line of answer.text.split('\0')) {
    const match = /^(\d{6}) ([0-9a-f]+) (\d)\t([\s\S]+)$/.exec(line)
    if (match === null) continue
    const [, mode = '', object = '', stage = '', path = ''] = match
    if (stage !== '0') throw unmerged(path)
    if (mode !== submodule) entries.set(path, { mode, object })
  }
  return entries
}

function fetchFolder(
  root: string,
  folder: string,
  entries: ReadonlyMap<string, Entry>,
  texts: Map<string, string>,
): void {
  const wanted = [...entries].filter(([path]) => path === folder || path.startsWith(`${folder}/`))
  const input = wanted.map(([, { object }]) => `${object}\n`).join('')
  const answer = runGit(root, ['cat-file', '--batch'], input)
  if (!answer.ok) throw gitFailed(answer.error)
  let at = 0
  for (const [path, { object }] of wanted) {
    const end = answer.bytes.indexOf(0x0a, at)
    const size = new RegExp(`^${object} blob (\\d+)$`).exec(answer.bytes.toString('latin1', at, end))?.[1]
    if (end < 0 || size === undefined) throw gitFailed(`no blob ${object} for "${path}"`)
    const next = end + 1 + Number(size)
    texts.set(path, decodeFile(answer.bytes.subarray(end + 1, next)))
    at = next + 1
  }
}

function unmerged(path: string): Error {
  return unreadable(
    'repository/unmerged',
    path,
    `"${path}" has merge conflicts in the index`,
    'Resolve the conflict and stage the file with "git add"; a conflict in a generated file is resolved by "gitops generate".',
  )
}

function gitFailed(message: string): Error {
  return unreadable(
    'repository/git-failed',
    '',
    `git cannot say what is staged: "${message}"`,
    'Run the command inside a Git repository, with git installed.',
  )
}
