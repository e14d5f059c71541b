// A FileTree that reads a file when it is asked for, once, and lists its files only when somebody iterates.

import type { DemandTree } from '../manifest/file-tree.ts'

export interface TreeSource {
  readonly read: (path: string) => string | undefined
  readonly has: (path: string) => boolean
  readonly isDirectory: (path: string) => boolean
  /** The paths below a directory ('': all), sorted. */
  readonly list: (directory: string) => readonly string[]
}

export function lazyTree(source: TreeSource): DemandTree {
  return new LazyTree(source)
}

class LazyTree implements ReadonlyMap<string, string>, DemandTree {
  readonly #source: TreeSource
  readonly #texts = new Map<string, string | undefined>()
  #paths: readonly string[] | undefined

  constructor(source: TreeSource) {
    this.#source = source
  }

  get(path: string): string | undefined {
    const known = this.#texts.get(path)
    if (known !== undefined || this.#texts.has(path)) return known
    const text = this.#source.read(path)
    this.#texts.set(path, text)
    return text
  }

  has(path: string): boolean {
    return this.#texts.get(path) !== undefined || this.#source.has(path)
  }

  isDirectory(path: string): boolean {
    return this.#source.isDirectory(path)
  }

  filesUnder(directory: string): readonly string[] {
    return directory === '' ? this.#list() : this.#source.list(directory)
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

  #list(): readonly string[] {
    this.#paths ??= this.#source.list('')
    return this.#paths
  }
}
