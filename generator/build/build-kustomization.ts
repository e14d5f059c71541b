// `kustomize build` inside the process: a kustomization directory of a FileTree to rendered objects, and their text.
// Follows api/krusty/kustomizer.go of kustomize 5.8.1; what it cannot do (network, Helm, functions) it refuses.

import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { printDocuments } from '../manifest/print-yaml.ts'
import type { Resource } from '../manifest/resource.ts'
import { kubernetesSchema } from '../merge/merge-keys.ts'
import type { BuildContext } from './build-context.ts'
import { BuildFault, refuse } from './build-fault.ts'
import type { BuildResource } from './build-resource.ts'
import { FileLoader, joinPath, type LoadRestrictor } from './file-loader.ts'
import { finishResources } from './finish-resources.ts'
import { KustomizationTarget } from './kustomization-target.ts'
import { Accumulator } from './accumulator.ts'
import { hashNames } from './plugin-kinds.ts'
import { Run } from './run.ts'
import { fixNameReferences } from './transform/fix-name-references.ts'
import { resolveVariables } from './transform/resolve-variables.ts'
import { sortResources } from './transform/sort-resources.ts'

export interface BuildOptions {
  /** `--load-restrictor`; root-only where absent. */
  readonly loadRestrictor?: LoadRestrictor
  /** `--reorder`; kustomize's default, `legacy`, unless the kustomization's sortOptions say otherwise. */
  readonly reorder?: 'legacy' | 'none'
}

/** Builds directories of one tree; what they share is read and built once. */
export interface Builder {
  /** Builds one directory (path relative to the tree's root; '.' is the root). The value is empty where there are errors. */
  readonly build: (directory: string, options?: BuildOptions) => Result<readonly Resource[]>
}

export function createBuilder(tree: FileTree): Builder {
  const run = new Run(tree)
  return { build: (directory, options = {}) => buildDirectory(run, directory, options) }
}

/** Builds one directory. For several directories of one tree, `createBuilder` shares the work. */
export function buildKustomization(
  tree: FileTree,
  directory: string,
  options: BuildOptions = {},
): Result<readonly Resource[]> {
  return createBuilder(tree).build(directory, options)
}

/** The text `kustomize build` prints for these objects. */
export function renderBuild(resources: readonly Resource[]): string {
  return printDocuments(resources.map(resource => resource.object))
}

function buildDirectory(run: Run, directory: string, options: BuildOptions): Result<readonly Resource[]> {
  const diagnostics: Diagnostic[] = []
  try {
    return { value: render(run, directory, options), diagnostics }
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error
    diagnostics.push(error.toDiagnostic({ file: directory, document: 1, pointer: '' }))
    return { value: [], diagnostics }
  }
}

function render(run: Run, directory: string, options: BuildOptions): readonly Resource[] {
  const root = joinPath('', directory)
  if (root === undefined || !run.files.isDirectory(root)) {
    return refuse('kustomize/missing-directory', `there is no directory "${directory}"`, {
      at: { file: directory, document: 1, pointer: '' },
      help: 'Name a directory with a kustomization.yaml.',
    })
  }
  const restrictor = options.loadRestrictor ?? 'LoadRestrictionsRootOnly'
  const loader = new FileLoader(run.files, root, restrictor)
  const loaded = run.kustomization(loader)
  const { buildMetadata = [], sortOptions } = loaded.fields
  const context: BuildContext = { run, restrictor, buildMetadata, schema: kubernetesSchema, schemaIsSet: false }
  const target = new KustomizationTarget(context, loader, loaded, buildMetadata.length === 0 ? undefined : { path: '' })
  target.setSchema()
  const gathered = target.accumulate(new Accumulator())
  hashNames(gathered.resources)
  fixNameReferences(gathered.resources.all, gathered.config.nameReference)
  resolveVariables(gathered.resources.all, gathered.variables, gathered.config.varReference)
  const order = sortOptions ?? { order: options.reorder === 'none' ? 'fifo' : 'legacy' }
  for (const resource of gathered.resources.all) refuseNameless(resource)
  const kept = gathered.resources.all.filter(resource => !isLocal(resource.textMap('annotations')))
  gathered.resources.reorder(kept)
  gathered.resources.refuseDuplicates()
  return finishResources(sortResources(kept, order), buildMetadata, directory)
}

function refuseNameless({ kind, name, readFrom }: BuildResource): void {
  if (kind !== '' && (name !== '' || kind.endsWith('List'))) return
  refuse('kustomize/not-an-object', kind === '' ? 'an object has lost its kind' : `a ${kind} has lost its name`, {
    at: readFrom,
    help: 'Correct the patch that removes it.',
  })
}

function isLocal(annotations: ReadonlyMap<string, string>): boolean {
  const local = annotations.get('config.kubernetes.io/local-config')
  return local !== undefined && local !== 'false'
}
