// `kustomize build` inside the process: a kustomization directory of a FileTree to rendered objects, and their text.
// Follows api/krusty/kustomizer.go of kustomize 5.8.1; what it cannot do (network, Helm, functions) it refuses.

import type { Diagnostic, Result, SourceLocation } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { pointerTokens } from '../manifest/pointer.ts'
import { printDocuments } from '../manifest/print-yaml.ts'
import type { Resource } from '../manifest/resource.ts'
import { kubernetesSchema } from '../merge/merge-keys.ts'
import type { BuildContext } from './build-context.ts'
import { BuildFault, refuse } from './build-fault.ts'
import type { BuildResource } from './build-resource.ts'
import { FileLoader, joinPath, type LoadRestrictor } from './file-loader.ts'
import { checkBareNames } from './checks/check-bare-names.ts'
import { checkUnreached } from './checks/check-unreached.ts'
import { finishResources } from './finish-resources.ts'
import { KustomizationTarget } from './kustomization-target.ts'
import { Accumulator } from './accumulator.ts'
import { locateInline } from './locate-inline.ts'
import { configuredAt } from './locate-source.ts'
import type { OriginStep } from './provenance.ts'
import { hashNames } from './transform/hash-names.ts'
import { Run } from './run.ts'
import { fixNameReferences } from './transform/fix-name-references.ts'
import { resolveVariables } from './transform/resolve-variables.ts'
import { sortResources } from './transform/sort-resources.ts'

export interface BuildOptions {
  /** `--load-restrictor`; root-only where absent. */
  readonly loadRestrictor?: LoadRestrictor
  /** `--reorder`; kustomize's default, `legacy`, unless the kustomization's sortOptions say otherwise. */
  readonly reorder?: 'legacy' | 'none'
  /** Also report what kustomize passes over in silence; the output stays the same. */
  readonly checks?: boolean
}

/** Builds directories of one tree; what they share is read and built once. */
export interface Builder {
  /** Builds one directory (path relative to the tree's root; '.' is the root). The value is empty where there are errors. */
  readonly build: (directory: string, options?: BuildOptions) => Result<readonly Resource[]>
  /**
   * The places that gave a field of a rendered object its value, oldest first: the file of the base, patches, transformers.
   * The directory is built once more, following every field; plain builds pay nothing for it.
   * @param rendered a place in what a directory renders: `file` is the directory, `document` counts its objects from 1
   */
  readonly originOf: (rendered: SourceLocation, options?: BuildOptions) => readonly OriginStep[]
  /** YAML files in the directories built so far that no build has read. To be called after everything was built. */
  readonly unreachedFiles: () => readonly Diagnostic[]
}

export function createBuilder(tree: FileTree): Builder {
  const run = new Run(tree)
  const followed = new Map<string, readonly BuildResource[]>()
  return {
    build: (directory, options = {}) => buildDirectory(run, directory, options),
    originOf: (rendered, options = {}) => originOf(run, followed, rendered, options),
    unreachedFiles: () => checkUnreached(tree, run.files.reached, run.kustomizationDirectories()),
  }
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

function originOf(
  run: Run,
  followed: Map<string, readonly BuildResource[]>,
  { file, document, pointer }: SourceLocation,
  options: BuildOptions,
): readonly OriginStep[] {
  const key = `${options.loadRestrictor ?? ''} ${options.reorder ?? ''} ${file}`
  let built = followed.get(key)
  if (built === undefined) {
    built = follow(run, file, options)
    followed.set(key, built)
  }
  const steps = built[document - 1]?.provenance?.stepsOf(pointerTokens(pointer)) ?? []
  return steps.map(step => {
    const text = run.files.tree.get(step.at.file)
    if (step.inside === undefined || text === undefined) return step
    return { ...step, at: locateInline(text, step.at, step.inside) }
  })
}

function follow(run: Run, directory: string, options: BuildOptions): readonly BuildResource[] {
  try {
    return render(run, directory, options, true).built
  } catch (error) {
    if (error instanceof BuildFault) return []
    throw error
  }
}

function buildDirectory(run: Run, directory: string, options: BuildOptions): Result<readonly Resource[]> {
  const diagnostics: Diagnostic[] = []
  try {
    const { resources, findings } = render(run, directory, options)
    return { value: resources, diagnostics: findings }
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error
    diagnostics.push(error.toDiagnostic({ file: directory, document: 1, pointer: '' }))
    return { value: [], diagnostics }
  }
}

interface Rendered {
  readonly resources: readonly Resource[]
  readonly built: readonly BuildResource[]
  readonly findings: readonly Diagnostic[]
}

function render(run: Run, directory: string, options: BuildOptions, tracking = false): Rendered {
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
  const checks = options.checks ?? false
  const context: BuildContext = {
    run,
    restrictor,
    buildMetadata,
    tracking,
    checks,
    schema: kubernetesSchema,
    schemaIsSet: false,
    schemaUse: { before: 'unread', here: 'unread' },
  }
  const target = new KustomizationTarget(context, loader, loaded, buildMetadata.length === 0 ? undefined : { path: '' })
  target.setSchema()
  const gathered = target.accumulate(new Accumulator(context))
  finishNames(gathered, loaded.file)
  for (const resource of gathered.resources.all) refuseNameless(resource)
  const kept = gathered.resources.all.filter(resource => !isLocal(resource.textMap('annotations')))
  gathered.resources.reorder(kept)
  gathered.resources.refuseDuplicates()
  const order = sortOptions ?? { order: options.reorder === 'none' ? 'fifo' : 'legacy' }
  const built = sortResources(kept, order)
  const resources = finishResources(built, buildMetadata, directory)
  gathered.resources.observe(built, configuredAt({ file: loaded.file, document: 1, pointer: '/buildMetadata' }))
  const findings = gathered.resources.findings
  return { resources, built, findings: findings === undefined ? [] : [...findings, ...checkRendered(built, directory)] }
}

function checkRendered(built: readonly BuildResource[], directory: string): readonly Diagnostic[] {
  if (built.length > 0) return checkBareNames(built, directory)
  return [
    {
      code: 'kustomize/empty-build',
      severity: 'error',
      message: `"${directory}" renders no object`,
      at: { file: directory, document: 1, pointer: '' },
      help: 'Add resources; an environment without objects would be pruned as a whole.',
    },
  ]
}

/** What can be done only when everything is gathered: hashes, references to renamed objects, variables. */
function finishNames({ resources, config, variables }: Accumulator, file: string): void {
  hashNames(resources)
  for (const resource of resources.all) resources.observe([resource], configuredAt(resource.readFrom, 'generator'))
  fixNameReferences(resources.all, config.nameReference)
  const at = { file, document: 1, pointer: '' }
  resources.observe(resources.all, configuredAt(at))
  resolveVariables(resources.all, variables, config.varReference)
  resources.observe(resources.all, configuredAt(at))
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
