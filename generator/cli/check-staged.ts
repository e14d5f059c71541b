// What the pre-commit hook asks: are the staged generated files what the staged platform says, and does what the staged files
// affect build and validate? Everything is read from Git's index; the working tree is not looked at.

import type { Builder } from '../build/build-kustomization.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Checkout } from '../io/checkout.ts'
import { compareGenerated, isUpToDate, withOwnedList } from '../io/generated-tree.ts'
import { findPlatform } from '../io/find-platform.ts'
import { stagedChanges, stagedCheckout } from '../io/staged-index.ts'
import { formatFindings, formatText } from '../report/format-text.ts'
import { locateDiagnostics } from '../report/locate-diagnostics.ts'
import { makeReport } from '../report/report.ts'
import { policiesDirectory, withAdmissionPolicies } from './admission-policies.ts'
import { withSharedNamespaces } from './shared-namespaces.ts'
import { affectedDirectories } from './affected-directories.ts'
import { checkRepository } from './check-repository.ts'
import { checkSets, type CheckSet } from './check-sets.ts'
import type { ParsedArguments } from './command.ts'
import { declaredPlatform, type DeclaredPlatform } from './declared-platform.ts'
import { undeclaredProfile } from './default-profile.ts'
import { driftLines } from './drift-lines.ts'
import { CLEAN, FINDINGS, UNUSABLE, type ExitCode } from './exit-code.ts'
import { targetsUnder } from './find-targets.ts'
import { renderedOrigins } from './rendered-origins.ts'
import { readSchemas } from './read-schemas.ts'
import { sortLooseFiles } from './loose-files.ts'
import { readManifests, readOverlays } from './read-sets.ts'
import { wantsColour, type World } from './world.ts'
import { withoutEchoes } from './without-echoes.ts'

/** Files the hook answers for where a platform is declared; a commit that touches none of them passes at once. */
const concerns = /^(generator|k8s|argocd|schemas)\/|^package\.json$/

/** What every overlay depends on besides its own files: the facts it is checked against. */
const affectsEverything = /^(generator|schemas)\/|^package\.json$/

export async function checkStaged(root: string, args: ParsedArguments, world: World): Promise<ExitCode> {
  const staged = stagedChanges(root)
  if (staged.length === 0) return CLEAN
  const checkout = stagedCheckout(root)
  // Without a platform nobody has said where the manifests are: they may be anywhere.
  if (findPlatform(checkout) === undefined) {
    return validateAffected({ checkout, declared: undefined, changed: staged, folders: ['.'] }, args, world)
  }
  const changed = staged.filter(path => concerns.test(path))
  if (changed.length === 0) return CLEAN
  const declared = await declaredPlatform(checkout, world)
  if (declared !== undefined) {
    const refused = refuseModel(declared, checkout, args, world) ?? refuseDrift(declared, checkout, world)
    if (refused !== undefined) return refused
  }
  return validateAffected({ checkout, declared, changed, folders: ['k8s', 'argocd'] }, args, world)
}

function refuseModel(
  { diagnostics, broken, file }: DeclaredPlatform,
  { tree }: Checkout,
  args: ParsedArguments,
  world: World,
): ExitCode | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return undefined
  const located = locateDiagnostics(errors, { read: path => tree.get(path) })
  world.stdout.write(formatFindings(located, wantsColour(world.stdout, world.env, args.flag('no-color'))))
  world.stdout.write(
    `\nThe staged platform (${file}) cannot be generated. Correct it, stage it with "git add", and commit again.\n`,
  )
  return broken ? UNUSABLE : FINDINGS
}

function refuseDrift({ rendered }: DeclaredPlatform, checkout: Checkout, world: World): ExitCode | undefined {
  const drift = compareGenerated(checkout, withOwnedList(rendered.tree))
  if (isUpToDate(drift)) return undefined
  const folders = [...new Set([...rendered.tree.keys()].map(path => path.split('/', 1)[0] ?? ''))].sort().join(' ')
  world.stdout.write(
    [
      'The staged generated files are not what the staged platform says.',
      ...driftLines(drift),
      '',
      ...(isUpToDate({ ...drift, foreign: [] })
        ? []
        : [`To fix: run "gitops generate", then "git add --all ${folders}", and commit again.`]),
      ...(drift.foreign.length === 0
        ? []
        : ['What is not generated: move it elsewhere, or take it out with "git rm --cached", and commit again.']),
      'A change to a generated file belongs into generator/platform/; edits to the file itself are overwritten.',
      '',
    ].join('\n'),
  )
  return FINDINGS
}

interface Staged {
  readonly checkout: Checkout
  readonly declared: DeclaredPlatform | undefined
  readonly changed: readonly string[]
  /** Where manifests are looked for. */
  readonly folders: readonly string[]
}

function validateAffected(staged: Staged, args: ParsedArguments, world: World): ExitCode {
  const { checkout, declared, changed, folders } = staged
  const { tree } = checkout
  const targets = folders.map(folder => targetsUnder(checkout, folder))
  const every = targets.flatMap(({ directories }) => directories)
  const affected = changed.some(path => affectsEverything.test(path))
    ? every
    : affectedDirectories(tree, every, changed)
  // What Argo CD permits and owns depends on every overlay.
  const directories = every.filter(directory => affected.includes(directory) || /^argocd(\/|$)/.test(directory))
  const overlays = readOverlays(tree, directories)
  const loose = targets
    .flatMap(({ files }) => files)
    .filter(file => changed.includes(file) && !isGenerated(declared, file))
  const sorted = sortLooseFiles(tree, targets, overlays, loose)
  const manifests = readManifests(tree, { named: [], found: sorted.manifests })
  const profiles = new Map(declared?.rendered.environments.map(({ directory, profile }) => [directory, profile]))
  const profileOf = (directory: string): CheckSet['profile'] =>
    profiles.get(directory) ?? declared?.general ?? undeclaredProfile(directory)
  const read = [
    ...overlays.built.map(({ directory, resources }) => ({ directory, resources, profile: profileOf(directory) })),
    ...(manifests.resources.length === 0
      ? []
      : [{ resources: manifests.resources, profile: profileOf(manifests.directory) }]),
  ]
  const { sets, diagnostics: policyProblems } = withAdmissionPolicies(
    withSharedNamespaces(read),
    tree,
    overlays.builder,
  )
  const verdict = checkSets(
    sets,
    {
      catalog: readSchemas(world.packageRoot, tree),
      only: [],
      debug: args.flag('debug'),
      ownRules: declared?.ownRules,
    },
    world,
  )
  const problems = [
    ...overlays.diagnostics,
    ...sorted.diagnostics,
    ...(directories.includes(policiesDirectory) ? [] : policyProblems),
    ...manifests.diagnostics,
    ...verdict.diagnostics,
  ]
  const found = withoutEchoes(withRepository(staged, { sets, builder: overlays.builder, found: problems }, world))
  const located = locateDiagnostics(
    found.filter(({ severity }) => severity === 'error'),
    {
      read: file => tree.get(file),
      originOf: renderedOrigins(
        overlays.builder,
        overlays.built.flatMap(({ resources }) => resources),
      ),
      ...(declared === undefined ? {} : { declaredAt: declared.declaredAt }),
    },
  )
  const notChecked = [...manifests.notChecked, ...verdict.notChecked]
  if (located.length === 0 && (notChecked.length === 0 || verdict.counters.rendered === 0)) return CLEAN
  const report = makeReport(located, verdict.counters, verdict.skipped, notChecked)
  world.stdout.write(formatText(report, { colour: wantsColour(world.stdout, world.env, args.flag('no-color')) }))
  if (located.length === 0) return CLEAN
  world.stdout.write('\nThe commit was refused. Correct this, stage it with "git add", and commit again.\n')
  return FINDINGS
}

interface Read {
  readonly sets: readonly CheckSet[]
  readonly builder: Builder
  readonly found: readonly Diagnostic[]
}

/** Adds what Argo CD would object to, and takes out what the platform's exceptions accept. */
function withRepository(
  { checkout, declared }: Staged,
  { sets, builder, found }: Read,
  world: World,
): readonly Diagnostic[] {
  const repository = checkRepository({
    root: checkout.root,
    tree: checkout.tree,
    builder,
    resources: sets.flatMap(set => set.resources),
    profile: declared?.general ?? undeclaredProfile('.'),
    catalog: readSchemas(world.packageRoot, checkout.tree),
    repository: declared?.repository,
    only: [],
  })
  const all = [...found, ...repository]
  const environments = sets.flatMap(set => set.profile.environment ?? [])
  const resources = sets.flatMap(set => set.resources)
  const options = { today: world.today(), environments, complete: false, resources, only: [] }
  return declared?.accept(all, options) ?? all
}

function isGenerated(declared: DeclaredPlatform | undefined, file: string): boolean {
  return declared?.rendered.tree.has(file) ?? false
}
