// Generated files against what is there: which would be written, which were hand-edited, which are left over. Reads only.
// Ownership is a committed list; nothing that is not on it is ever removed.

import type { FileTree } from '../manifest/file-tree.ts'
import type { Checkout } from './checkout.ts'
import { temporarySuffix } from './write-files.ts'

/** The list of every generated file, itself generated. */
export const ownedList = 'k8s/.gitops-files'

const listHeader = '# The files that "gitops generate" writes and may remove. Generated: do not edit.\n'

export interface Drift {
  /** There, but with other content. */
  readonly modified: readonly string[]
  /** Generated, but not there. */
  readonly missing: readonly string[]
  /** Generated once, not any more: will be removed. */
  readonly orphaned: readonly string[]
  /** Never generated, in a directory that holds nothing but generated files: reported, never removed. */
  readonly foreign: readonly string[]
}

/** The generated files with the list that says they are. */
export function withOwnedList(generated: FileTree): FileTree {
  const paths = [...generated.keys(), ownedList].sort()
  return new Map([...generated, [ownedList, `${listHeader}${paths.join('\n')}\n`]])
}

/** Compares generated files (with their list) with a checkout. */
export function compareGenerated(checkout: Checkout, wanted: FileTree): Drift {
  const { tree } = checkout
  const listed = readOwnedList(tree.get(ownedList), wanted)
  const paths = [...wanted.keys()].sort()
  return {
    modified: paths.filter(path => tree.get(path) !== undefined && tree.get(path) !== wanted.get(path)),
    missing: paths.filter(path => tree.get(path) === undefined),
    orphaned: listed.filter(path => !wanted.has(path) && tree.has(path)),
    foreign: foreignFiles(checkout, wanted, new Set(listed)),
  }
}

export function isUpToDate({ modified, missing, orphaned, foreign }: Drift): boolean {
  return modified.length + missing.length + orphaned.length + foreign.length === 0
}

/**
 * The files a list names. Only paths below the folders that generated files live in count, whatever the list says: a line
 * that a merge or a hand put there can never make a source file removable.
 */
export function readOwnedList(text: string | undefined, wanted: FileTree): readonly string[] {
  const folders = new Set([...wanted.keys()].map(topFolder))
  return (text ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^(#|<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(line))
    .filter(
      line =>
        folders.has(topFolder(line)) &&
        line.includes('/') &&
        !line.split('/').some(part => part === '..' || part === '.' || part === ''),
    )
    .sort()
}

function foreignFiles({ filesUnder }: Checkout, wanted: FileTree, listed: ReadonlySet<string>): readonly string[] {
  const directories = new Set(
    [...wanted.keys()].filter(path => path !== ownedList).map(path => path.slice(0, path.lastIndexOf('/'))),
  )
  const folders = [...new Set([...wanted.keys()].map(topFolder))].sort()
  return folders
    .flatMap(folder => filesUnder(folder))
    .filter(path => !wanted.has(path) && !listed.has(path) && directories.has(path.slice(0, path.lastIndexOf('/'))))
    .filter(path => !path.endsWith(temporarySuffix) && !path.includes('/.gitops-lock'))
}

function topFolder(path: string): string {
  return path.split('/', 1)[0] ?? ''
}
