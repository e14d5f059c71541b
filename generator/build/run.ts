// One run: the files, what was read of them so far, and the directories already built. Shared by all overlays of the run.

import { parseAllDocuments } from 'yaml'
import { parseYaml } from '../manifest/parse-yaml.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { asMap, type YamlValue } from '../manifest/value.ts'
import type { Accumulator } from './accumulator.ts'
import { BuildFault, refuse } from './build-fault.ts'
import { Files, type FileLoader } from './file-loader.ts'
import { kustomizationFileNames, readKustomization, type Kustomization } from './kustomization-file.ts'
import { readObjects, type ReadObject } from './read-resources.ts'

export interface LoadedKustomization {
  /** The file's path in the tree. */
  readonly file: string
  readonly fields: Kustomization
  /** The names of the fields as they stand in the file. */
  readonly written: readonly string[]
}

/** What a file turned out to be: its value, or why it cannot be read. */
type Outcome<T> = { readonly value: T } | { readonly fault: BuildFault }

export class Run {
  readonly files: Files
  readonly #objects = new Map<string, Outcome<readonly ReadObject[]>>()
  readonly #kustomizations = new Map<string, Outcome<LoadedKustomization>>()
  readonly accumulated = new Map<string, Accumulator>()

  constructor(tree: FileTree) {
    this.files = new Files(tree)
  }

  /** The directories whose kustomization was read; '' is the root. */
  kustomizationDirectories(): ReadonlySet<string> {
    return new Set(this.#kustomizations.keys())
  }

  /** The objects of a file. */
  objects(file: string): readonly ReadObject[] {
    return remembered(this.#objects, file, () => readObjects(this.files.tree.get(file) ?? '', file))
  }

  /** The first document of a file that is data, not objects. */
  data(file: string): YamlValue | undefined {
    return parseData(this.files.tree.get(file) ?? '', file)
  }

  kustomization(loader: FileLoader): LoadedKustomization {
    return remembered(this.#kustomizations, loader.root, () => {
      const [name, ...more] = kustomizationFileNames.filter(candidate => loader.isFile(candidate))
      const at = { file: loader.root === '' ? '.' : loader.root, document: 1, pointer: '' }
      if (name === undefined) {
        refuse('kustomize/missing-kustomization', `there is no ${kustomizationFileNames.join(', ')} in "${at.file}"`, {
          at,
          help: 'Add a kustomization.yaml, or refer to the files in it.',
        })
      }
      if (more.length > 0) {
        refuse(
          'kustomize/kustomization',
          `Found multiple kustomization files under "${at.file}": ${[name, ...more].join(', ')}`,
          {
            at,
            help: 'Keep one of them.',
          },
        )
      }
      const file = loader.root === '' ? name : `${loader.root}/${name}`
      this.files.reached.add(file)
      const value = this.data(file)
      const fields = readKustomization(value, { file, document: 1, pointer: '' })
      return { file, fields, written: Object.keys(asMap(value)) }
    })
  }
}

/** The first document of a text that is read as YAML 1.1; undefined when it is empty, whatever follows. */
export function parseData(text: string, file: string): YamlValue | undefined {
  const { value: documents, diagnostics } = parseYaml(text, file, { scalars: 'yaml-1.1' })
  const problems = diagnostics.filter(({ severity }) => severity === 'error')
  const [problem] = problems
  if (problem === undefined) return documents.find(({ document }) => document === 1)?.value
  if (problems.every(({ code }) => code === 'yaml/duplicate-key')) return lastOfEachKey(text)
  throw new BuildFault(problem.code, problem.message, { at: problem.at })
}

/** Of a key that stands twice in a kustomization, kustomize takes the last. */
function lastOfEachKey(text: string): YamlValue | undefined {
  const [document] = parseAllDocuments(text, { uniqueKeys: false, version: '1.1' })
  return document?.toJS({ maxAliasCount: 1000 }) as YamlValue | undefined
}

function remembered<T>(cache: Map<string, Outcome<T>>, key: string, make: () => T): T {
  let outcome = cache.get(key)
  if (outcome === undefined) {
    outcome = attempt(make)
    cache.set(key, outcome)
  }
  if ('fault' in outcome) throw outcome.fault.copy()
  return outcome.value
}

function attempt<T>(make: () => T): Outcome<T> {
  try {
    return { value: make() }
  } catch (error) {
    if (error instanceof BuildFault) return { fault: error }
    throw error
  }
}
