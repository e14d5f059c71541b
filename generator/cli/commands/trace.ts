// `gitops trace KIND/NAME [POINTER]`: which base, patches and transformers shaped an object or a field, and the model entry behind it.

import type { Builder } from '../../build/build-kustomization.ts'
import { hint } from '../../diagnostics/suggest.ts'
import { diskCheckout, type Checkout } from '../../io/checkout.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import { unreadable } from '../../io/unreadable-input.ts'
import { valueAt } from '../../manifest/pointer.ts'
import { locatePointer } from '../../manifest/locate-pointer.ts'
import { describeResource, type Resource } from '../../manifest/resource.ts'
import { UsageError, type Command } from '../command.ts'
import { repositoryOf } from '../check-repository.ts'
import { undeclaredProfile } from '../default-profile.ts'
import { placementLines } from '../placement-lines.ts'
import { CLEAN, type ExitCode } from '../exit-code.ts'
import { declaredProfiles, type DeclaredProfiles } from '../declared-profiles.ts'
import { targetsUnder, type Targets } from '../find-targets.ts'
import type { SchemaCatalog } from '../../validate/schema/catalog.ts'
import type { Repository } from '../../validate/argocd/repository/repository.ts'
import { readSchemas } from '../read-schemas.ts'
import { readManifests, readOverlays, type ReadOverlays } from '../read-sets.ts'

export const trace: Command = {
  name: 'trace',
  summary: 'show the base, patches and model entry that shaped an object or a field',
  usage: 'KIND/NAME [POINTER]',
  about: [
    'POINTER is a JSON pointer into the rendered object, such as /spec/replicas. Each overlay that renders the object is shown:\nthe places that gave the field its value, oldest first, and the entry of the platform to change.\nThen what Argo CD does with the object: Application, phase, wave, whether its project permits it, and whether it ignores\ndifferences of the field.',
  ],
  options: { env: { type: 'string', value: 'NAME', multiple: true, about: 'only these environments' } },
  examples: [
    ['trace Deployment/hustlex-api /spec/replicas', 'why there are as many replicas in each environment'],
    ['trace Service/hustlex-api --env production', 'where an object comes from'],
  ],
  async run(args, world): Promise<ExitCode> {
    const [name, pointer = '', ...more] = args.positionals
    if (name === undefined || !/^[^/]+\/.+$/.test(name)) throw new UsageError('trace wants an object as KIND/NAME')
    if (more.length > 0)
      throw new UsageError(`trace takes one object and one pointer, got ${args.positionals.length} arguments`)
    if (pointer !== '' && !pointer.startsWith('/'))
      throw new UsageError(`"${pointer}" is no JSON pointer: it starts with "/"`)
    const root = findRepositoryRoot(world.cwd) ?? world.cwd
    const checkout = diskCheckout(root)
    const { directories, files } = tracedTargets(checkout)
    const overlays = readOverlays(checkout.tree, directories)
    const declared = await declaredProfiles(checkout, world)
    const found = objectsNamed(name, overlays, declared, args.list('env'))
    if (found.length === 0) throw notRendered(name, overlays)
    const repository = deployedBy(checkout, overlays, files, declared, readSchemas(world.packageRoot, checkout.tree))
    const context = { checkout, builder: overlays.builder, declared, repository }
    world.stdout.write(found.map(one => describeTrace(one, pointer, context)).join('\n'))
    return CLEAN
  },
}

/** The generated trees where there are any, else everything in the repository. */
function tracedTargets(checkout: Checkout): Pick<Targets, 'directories' | 'files'> {
  const own = ['k8s', 'argocd'].map(folder => targetsUnder(checkout, folder))
  const found = own.some(({ directories }) => directories.length > 0) ? own : [targetsUnder(checkout, '.')]
  return {
    directories: found.flatMap(({ directories }) => directories),
    files: found.flatMap(({ files }) => files),
  }
}

interface Found {
  readonly resource: Resource
  readonly environment: string | undefined
}

function objectsNamed(
  written: string,
  { built }: ReadOverlays,
  declared: DeclaredProfiles | undefined,
  environments: readonly string[],
): readonly Found[] {
  const [kind = '', ...rest] = written.split('/')
  const [name = '', namespace] = rest.toReversed()
  return built
    .flatMap(({ directory, resources }) => {
      const environment = declared?.profiles.get(directory)?.environment ?? directory.split('/').at(-1)
      return resources.map(resource => ({ resource, environment }))
    })
    .filter(({ resource }) => resource.kind.toLowerCase() === kind.toLowerCase() && resource.name === name)
    .filter(({ resource }) => namespace === undefined || resource.namespace === namespace)
    .filter(
      ({ environment }) =>
        environments.length === 0 || (environment !== undefined && environments.includes(environment)),
    )
}

interface TraceContext {
  readonly checkout: Checkout
  readonly builder: Builder
  readonly declared: DeclaredProfiles | undefined
  readonly repository: Repository | undefined
}

function deployedBy(
  { root, tree }: Checkout,
  { built, builder, used }: ReadOverlays,
  files: readonly string[],
  declared: DeclaredProfiles | undefined,
  catalog: SchemaCatalog,
): Repository | undefined {
  const loose = files.filter(file => !used.has(file) && tree.get(file)?.includes('argoproj.io/') === true)
  return repositoryOf({
    root,
    tree,
    builder,
    resources: [
      ...built.flatMap(({ resources }) => resources),
      ...readManifests(tree, { named: [], found: loose }).resources,
    ],
    profile: declared?.general ?? undeclaredProfile('.'),
    catalog,
    repository: declared?.repository,
    only: [],
  })
}

function describeTrace(
  { resource, environment }: Found,
  pointer: string,
  { checkout, builder, declared, repository }: TraceContext,
): string {
  const value = valueAt(resource.object, pointer)
  if (value === undefined)
    throw new UsageError(`${describeResource(resource)} has nothing at "${pointer}" in ${resource.source.file}`)
  const at = { file: resource.source.file, document: resource.source.document, pointer }
  const steps = builder.originOf(at).map(({ kind, at: place }) => {
    const text = checkout.tree.get(place.file)
    const { line, column } =
      place.line === undefined && text !== undefined
        ? locatePointer(text, place.document, place.pointer, place.on)
        : { line: place.line ?? 1, column: place.column ?? 1 }
    return `  ${kind.padEnd(12)}${place.file}:${line}:${column}`
  })
  const entry = declared?.declaredAt({
    code: 'model/traced',
    severity: 'info',
    message: '',
    at,
    resource,
    ...(environment === undefined ? {} : { environment }),
  })
  const shown = typeof value === 'object' && value !== null ? '' : ` = ${secretSafe(resource, pointer, value)}`
  return [
    `${describeResource(resource)}${pointer === '' ? '' : ` ${pointer}`}${shown} (${resource.source.file})`,
    ...steps,
    ...(entry === undefined ? [] : [`  ${'model'.padEnd(12)}${entry.file}:${entry.line ?? 1}:${entry.column ?? 1}`]),
    ...placementLines(resource, pointer, repository),
    '',
  ].join('\n')
}

function secretSafe({ kind }: Resource, pointer: string, value: string | number | bigint | boolean | null): string {
  return kind === 'Secret' && /^\/(data|stringData)(\/|$)/.test(pointer) ? '<redacted>' : String(value)
}

function notRendered(written: string, { built, diagnostics }: ReadOverlays): Error {
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error')
  if (problem !== undefined)
    return unreadable(
      problem.code,
      problem.at.file,
      problem.message,
      'Run "gitops validate" to see what does not build.',
    )
  const names = [...new Set(built.flatMap(({ resources }) => resources).map(({ kind, name }) => `${kind}/${name}`))]
  return new UsageError(`no overlay renders "${written}"${hint(written, names)}`)
}
