// Files as a kustomization sees them: paths relative to its directory, the load restrictor, and bases that may not contain each other.
// Follows api/internal/loader/fileloader.go and loadrestrictions.go.

import { directoryTest, type FileTree } from '../manifest/file-tree.ts'
import { refuse } from './build-fault.ts'
import { isRemote } from './remote-path.ts'

export type LoadRestrictor = 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone'

/** Directories may refer to directories this deep: as far as the build's recursion is safe. */
const deepestNesting = 200

/** The files of a run, and the directories they make. */
export class Files {
  readonly tree: FileTree
  /** Every file that was read. */
  readonly reached = new Set<string>()
  readonly #isDirectory: (path: string) => boolean

  constructor(tree: FileTree) {
    this.tree = tree
    this.#isDirectory = directoryTest(tree)
  }

  isDirectory(path: string): boolean {
    return this.#isDirectory(path)
  }
}

/** Reads the files of one kustomization directory. */
export class FileLoader {
  readonly #files: Files
  readonly #restrictor: LoadRestrictor
  readonly #referrer: FileLoader | undefined
  readonly #depth: number
  /** Relative to the tree; '' is the tree's own root. */
  readonly root: string

  constructor(files: Files, root: string, restrictor: LoadRestrictor, referrer?: FileLoader) {
    this.#files = files
    this.root = root
    this.#restrictor = restrictor
    this.#referrer = referrer
    this.#depth = referrer === undefined ? 0 : referrer.#depth + 1
  }

  /** The path of a file in the tree; refused when it is not there, or out of bounds. */
  resolve(path: string): string {
    if (isRemote(path) && !this.exists(path)) refuseRemote(path)
    const resolved = this.#inside(path)
    if (!this.#files.tree.has(resolved)) {
      if (this.#files.isDirectory(resolved))
        refuse('kustomize/missing-file', `"${path}" is a directory, a file is wanted here`)
      refuse('kustomize/missing-file', `there is no file "${resolved}"`, { help: 'Correct the path, or add the file.' })
    }
    if (this.#restrictor === 'LoadRestrictionsRootOnly' && !contains(this.root, resolved)) {
      refuse('kustomize/load-restriction', `security; file "${resolved}" is not in or below "${this.root || '.'}"`, {
        help: 'Move the file into the directory, make it a base, or build with --load-restrictor LoadRestrictionsNone.',
      })
    }
    this.#files.reached.add(resolved)
    return resolved
  }

  text(resolved: string): string {
    return this.#files.tree.get(resolved) ?? ''
  }

  exists(path: string): boolean {
    const resolved = joinPath(this.root, path)
    return resolved !== undefined && (this.#files.tree.has(resolved) || this.#files.isDirectory(resolved))
  }

  isFile(path: string): boolean {
    const resolved = joinPath(this.root, path)
    return resolved !== undefined && this.#files.tree.has(resolved)
  }

  /** The loader of a base or component. */
  descend(path: string): FileLoader {
    if (path === '') refuse('kustomize/missing-directory', 'a path is empty', { help: 'Remove the entry.' })
    if (isRemote(path) && !this.exists(path)) refuseRemote(path)
    if (path.startsWith('/')) {
      refuse('kustomize/outside-root', `"${path}" is absolute`, { help: 'Write the path relative to this directory.' })
    }
    const root = this.#inside(path)
    if (!this.#files.isDirectory(root)) {
      refuse('kustomize/missing-directory', `there is no file or directory "${root}"`, {
        help: 'Correct the path, or add the directory.',
      })
    }
    this.#refuseCycle(root)
    if (this.#depth >= deepestNesting) {
      refuse('kustomize/too-large', `directories refer to each other more than ${deepestNesting} levels deep`, {
        help: 'Let overlays refer to their bases directly.',
      })
    }
    return new FileLoader(this.#files, root, this.#restrictor, this)
  }

  #inside(path: string): string {
    const resolved = joinPath(this.root, path)
    if (resolved === undefined) {
      return refuse('kustomize/outside-root', `"${path}" leaves the repository`, {
        help: 'Refer only to files of this repository.',
      })
    }
    return resolved
  }

  #refuseCycle(candidate: string): void {
    if (contains(candidate, this.root, 'or same')) {
      refuse(
        'kustomize/cycle',
        `cycle detected: "${candidate || '.'}" contains "${this.root || '.'}", which is being built from it`,
        {
          help: 'Let a directory refer only to directories that do not contain it.',
        },
      )
    }
    if (this.#referrer !== undefined) this.#referrer.#refuseCycle(candidate)
  }
}

/** Whether a directory contains a path. */
function contains(directory: string, path: string, same?: 'or same'): boolean {
  return directory === '' || path.startsWith(`${directory}/`) || (same !== undefined && path === directory)
}

/** Joins and cleans; undefined when the result leaves the tree. */
export function joinPath(directory: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  const parts = directory === '' ? [] : directory.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

function refuseRemote(path: string): never {
  return refuse('kustomize/remote-resource', `"${path}" is fetched over the network, which this build never does`, {
    help: 'Copy the files into the repository and refer to them there.',
  })
}
