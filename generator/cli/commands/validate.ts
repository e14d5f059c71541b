// `gitops validate [PATH…]`: builds what the paths name and holds the objects to every check.

import { posix } from 'node:path'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { hint } from '../../diagnostics/suggest.ts'
import { diskCheckout } from '../../io/checkout.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import { unreadable } from '../../io/unreadable-input.ts'
import { decodeFile, type FileTree } from '../../manifest/file-tree.ts'
import { makeReport, type LocatedDiagnostic } from '../../report/report.ts'
import { locateDiagnostics } from '../../report/locate-diagnostics.ts'
import { isWanted } from '../../validate/check-environment.ts'
import { policiesDirectory, withAdmissionPolicies } from '../admission-policies.ts'
import { commonDirectory } from '../common-directory.ts'
import { stopwatch } from '../debug-table.ts'
import { checkRepository } from '../check-repository.ts'
import { checkedOnly } from '../checked-only.ts'
import { checkSets, type CheckSet, type SetsVerdict } from '../check-sets.ts'
import { UsageError, type Command, type OptionSpec, type ParsedArguments } from '../command.ts'
import { profileOptions, undeclaredProfile, undeclaredProfileFor, withOptions } from '../default-profile.ts'
import { isTree, kustomizationFile, noTargets, targetsOf, targetsUnder, type Targets } from '../find-targets.ts'
import { inputLocator, type Input } from '../locate-input.ts'
import { declaredProfiles, type DeclaredProfiles } from '../declared-profiles.ts'
import { displayPath } from '../display-path.ts'
import { ownPages } from '../own-pages.ts'
import { formatOption, printReport } from '../print-report.ts'
import { sortLooseFiles } from '../loose-files.ts'
import { readManifests, readOverlays, type ReadSets } from '../read-sets.ts'
import { renderedOrigins } from '../rendered-origins.ts'
import { readSchemas } from '../read-schemas.ts'
import { withoutEchoes } from '../without-echoes.ts'
import { withSharedNamespaces } from '../shared-namespaces.ts'
import type { World } from '../world.ts'

export const onlyOption: OptionSpec = {
  type: 'string',
  value: 'FAMILY_OR_CODE',
  multiple: true,
  about: 'look for these families or codes alone',
}

export const validate: Command = {
  name: 'validate',
  summary: 'hold manifests to schemas, API-server rules, references, policy, pod security and Argo CD',
  usage: '[PATH…]',
  about: [
    'PATH is a kustomization directory, a YAML file, a tree of both, or - for standard input. Without one: k8s/ and argocd/ of\nthis repository. Every overlay is built in the process; a base is checked as part of the overlays that use it.',
    'In a repository that declares a platform, its own rules and its exceptions hold for whatever is validated there, and its facts\nfor k8s/ and argocd/. Standard input belongs to no repository.',
    'Exit code 1 where there are errors; nothing to validate is an error too (2).',
  ],
  options: {
    env: { type: 'string', value: 'NAME', multiple: true, about: 'only these environments' },
    ...profileOptions,
    only: onlyOption,
    format: formatOption,
    quiet: { type: 'boolean', short: 'q', about: 'errors only; how much was not checked goes to standard error' },
  },
  examples: [
    ['validate', 'this repository, all environments'],
    ['validate k8s/overlays/production --kubernetes 1.34,1.35', 'one overlay, before and after a cluster upgrade'],
    ['validate --only pod-security --pod-security restricted', 'what the restricted standard would refuse'],
    ['validate --format sarif > report.sarif', 'for code scanning'],
    ['build k8s/overlays/staging | gitops validate -', 'what comes in on standard input'],
  ],
  async run(args, world) {
    const groups = args.positionals.length === 0 ? [ownTrees(world)] : groupByRoot(args.positionals, world)
    const diagnostics: LocatedDiagnostic[] = []
    const counters = { rendered: 0, validated: 0, skipped: 0 }
    const skipped = []
    const notChecked: string[] = []
    const reads: { readonly group: Group; readonly read: ReadSets }[] = []
    const stage = stopwatch(args.flag('debug'), world)
    for (const group of groups) reads.push({ group, read: await readGroup(group, args, world) })
    stage('reading, the platform, and building')
    const only = checkedOnly(
      args.list('only'),
      reads.flatMap(({ read }) => read.declared ?? []),
    )
    const complete = args.positionals.length === 0 && args.list('env').length === 0
    for (const { group, read } of reads) {
      const verdict = checkGroup(group, read, { only, debug: args.flag('debug'), complete }, world)
      diagnostics.push(...locateDiagnostics(verdict.diagnostics, { ...read.sources, display: group.display }))
      counters.rendered += verdict.counters.rendered
      counters.validated += verdict.counters.validated
      counters.skipped += verdict.counters.skipped
      skipped.push(...verdict.skipped)
      notChecked.push(...read.notChecked, ...verdict.notChecked)
    }
    stage('checking, and placing what was found')
    if (counters.rendered === 0 && diagnostics.length === 0) throw nothingToValidate(args.positionals)
    if (only.length > 0) notChecked.push(`everything but ${only.join(', ')} (--only)`)
    const pages = (): ReadonlyMap<string, string> =>
      new Map(reads.flatMap(({ group, read }) => (read.declared === undefined ? [] : pagesIn(group, read.declared))))
    return printReport(makeReport(diagnostics, counters, skipped, notChecked), args, world, pages)
  },
}

/** What belongs together because it is read from one tree. */
interface Group {
  readonly root: string
  readonly tree: FileTree
  readonly targets: readonly NamedTarget[]
  readonly display: (file: string) => string
}

type NamedTarget = { readonly directory: string } | { readonly file: string } | { readonly under: string }

function pagesIn({ tree }: Group, { ownRules }: DeclaredProfiles): readonly (readonly [string, string])[] {
  return [...ownPages(ownRules, tree)]
}

function checkGroup(
  { root, tree, targets }: Group,
  { sets, diagnostics, declared, builder }: ReadSets,
  { only, debug, complete }: { readonly only: readonly string[]; readonly debug: boolean; readonly complete: boolean },
  world: World,
): SetsVerdict {
  const catalog = readSchemas(world.packageRoot, tree)
  const ownRules = declared?.ownRules
  const verdict = checkSets(sets, { catalog, only, debug, ownRules }, world)
  const profile = declared?.general ?? undeclaredProfile('.')
  const resources = sets.flatMap(set => set.resources)
  const repository = checkRepository({
    root,
    tree,
    within: namedDirectory(targets),
    builder,
    resources,
    profile,
    catalog,
    only,
    repository: declared?.repository,
  })
  const wanted = only.length === 0 ? undefined : only
  const found = withoutEchoes([...diagnostics, ...verdict.diagnostics, ...repository]).filter(
    ({ code }) => alwaysShown(code) || isWanted(code, wanted),
  )
  const environments = sets.flatMap(set => set.profile.environment ?? [])
  const options = { today: world.today(), environments, complete, resources, only }
  const accepted = declared?.accept(found, options) ?? found
  return { ...verdict, diagnostics: accepted }
}

/** The directory of the tree to take for the repository; none where files alone are named. */
function namedDirectory(targets: readonly NamedTarget[]): string | undefined {
  return commonDirectory(
    targets.flatMap(target => {
      if ('file' in target) return []
      return ['under' in target ? target.under : target.directory]
    }),
  )
}

/** What cannot be read is never filtered away: it hides everything that `--only` asks for. */
function alwaysShown(code: string): boolean {
  return /^(yaml|kustomize|model|repository)\//.test(code)
}

function ownTrees(world: World): Group {
  const root = findRepositoryRoot(world.cwd) ?? world.cwd
  const { tree, filesUnder } = diskCheckout(root)
  const targets = ['k8s', 'argocd'].filter(folder => filesUnder(folder).length > 0).map(under => ({ under }))
  if (targets.length === 0) throw nothingToValidate([])
  return { root, tree, targets, display: file => file }
}

function groupByRoot(paths: readonly string[], world: World): readonly Group[] {
  const locate = inputLocator(world.cwd)
  const groups = new Map<string, Group & { targets: NamedTarget[] }>()
  for (const path of paths) {
    const { root, tree, target } = path === '-' ? standardInput(world) : namedTarget(locate(path))
    const group = groups.get(root) ?? { root, tree, targets: [], display: displayPath(root, world.cwd) }
    group.targets.push(target)
    groups.set(root, group)
  }
  return [...groups.values()]
}

function standardInput(world: World): { root: string; tree: FileTree; target: NamedTarget } {
  return { root: '-', tree: new Map([['stdin', decodeFile(world.readStdin())]]), target: { file: 'stdin' } }
}

function namedTarget({ root, tree, path, kind }: Input): { root: string; tree: FileTree; target: NamedTarget } {
  if (kind === 'directory') return { root, tree, target: isTree(tree, path) ? { under: path } : { directory: path } }
  const directory = posix.dirname(path)
  return { root, tree, target: kustomizationFile(tree, directory) === path ? { directory } : { file: path } }
}

async function readGroup(
  { root, tree, targets, display }: Group,
  args: ParsedArguments,
  world: World,
): Promise<ReadSets> {
  const checkout = diskCheckout(root, tree)
  const found: Targets[] = targets.map(target =>
    'under' in target
      ? targetsUnder(checkout, target.under, display)
      : 'directory' in target
        ? targetsOf(checkout, target.directory, display)
        : noTargets,
  )
  const named = targets.flatMap(target => ('file' in target ? [target.file] : []))
  const directories = [...new Set(found.flatMap(one => one.directories))]
  const overlays = readOverlays(tree, directories)
  const loose = sortLooseFiles(
    tree,
    found,
    overlays,
    found.flatMap(one => one.files),
  )
  const manifests = readManifests(tree, { named, found: loose.manifests, display })
  const declared = root === '-' || root === '/' ? undefined : await declaredProfiles(checkout, world)
  const generalFor = (directory: string): CheckSet['profile'] | undefined =>
    /^(k8s|argocd)(\/|$)/.test(directory) ? declared?.general : undefined
  const profileOf = (directory: string): CheckSet['profile'] =>
    withOptions(
      declared?.profiles.get(directory) ?? generalFor(directory) ?? undeclaredProfileFor(display(directory), args),
      args,
    )
  const sets = [
    ...overlays.built.map(({ directory, resources }) => ({ directory, resources, profile: profileOf(directory) })),
    ...(manifests.resources.length === 0
      ? []
      : [{ resources: manifests.resources, profile: profileOf(manifests.directory) }]),
  ]
  const policed = withAdmissionPolicies(withSharedNamespaces(sets), tree, overlays.builder)
  const diagnostics: Diagnostic[] = [
    ...(declared?.diagnostics ?? []),
    ...overlays.diagnostics,
    ...loose.diagnostics,
    ...(directories.includes(policiesDirectory) ? [] : policed.diagnostics),
    ...manifests.diagnostics,
  ]
  return {
    sets: ofEnvironments(policed.sets, args.list('env')),
    diagnostics,
    notChecked: [...found.flatMap(one => one.notChecked), ...manifests.notChecked],
    declared,
    builder: overlays.builder,
    sources: {
      read: file => tree.get(file),
      originOf: renderedOrigins(
        overlays.builder,
        overlays.built.flatMap(({ resources }) => resources),
      ),
      ...(declared === undefined ? {} : { declaredAt: declared.declaredAt }),
    },
  }
}

function ofEnvironments(sets: readonly CheckSet[], wanted: readonly string[]): readonly CheckSet[] {
  if (wanted.length === 0) return sets
  const names = [...new Set(sets.flatMap(({ profile }) => profile.environment ?? []))]
  for (const name of wanted) {
    if (!names.includes(name)) throw new UsageError(`no environment "${name}" here${hint(name, names)}`)
  }
  return sets.filter(({ profile }) => profile.environment !== undefined && wanted.includes(profile.environment))
}

function nothingToValidate(paths: readonly string[]): Error {
  const where = paths.length === 0 ? 'k8s/ and argocd/' : paths.map(path => `"${path}"`).join(', ')
  return unreadable(
    'repository/nothing-to-validate',
    paths[0] ?? '',
    `there is nothing to validate in ${where}`,
    'Name a kustomization directory, a YAML file or a tree of them.',
  )
}
