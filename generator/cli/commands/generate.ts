// `gitops generate [--check] [--watch]`: the platform to its committed files; proven and validated before anything is written.

import { createBuilder } from '../../build/build-kustomization.ts'
import { diskCheckout, type Checkout } from '../../io/checkout.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import {
  compareGenerated,
  isUpToDate,
  ownedList,
  readOwnedList,
  withOwnedList,
  type Drift,
} from '../../io/generated-tree.ts'
import { unreadable } from '../../io/unreadable-input.ts'
import { removeLeftovers, writeFiles } from '../../io/write-files.ts'
import { withLock } from '../../io/write-lock.ts'
import type { FileTree } from '../../manifest/file-tree.ts'
import { formatFindings } from '../../report/format-text.ts'
import { locateDiagnostics } from '../../report/locate-diagnostics.ts'
import { checkSets } from '../check-sets.ts'
import type { Command, ParsedArguments } from '../command.ts'
import { declaredPlatform, type DeclaredPlatform } from '../declared-platform.ts'
import { driftLines } from '../drift-lines.ts'
import { CLEAN, FINDINGS, UNUSABLE, type ExitCode } from '../exit-code.ts'
import { renderedOrigins } from '../rendered-origins.ts'
import { readSchemas } from '../read-schemas.ts'
import { watchInputs } from '../watch-inputs.ts'
import { wantsColour, type World } from '../world.ts'

export const generate: Command = {
  name: 'generate',
  summary: 'write k8s/ and argocd/ from the platform, proven and validated',
  usage: '',
  about: [
    'The overlays are computed, built again in the process, compared with what the platform asks for, and validated; only then is\nanything written, and only files whose bytes change. Files it no longer generates are removed; files it never wrote are kept.',
    'Exit code 1: the platform or what it renders has errors (nothing is written), or --check found drift.',
  ],
  options: {
    check: { type: 'boolean', about: 'write nothing; list modified, missing and orphaned files' },
    watch: { type: 'boolean', about: 'generate again whenever the platform changes, until interrupted' },
  },
  examples: [
    ['generate', 'after editing generator/platform/'],
    ['generate --check', 'in CI: fails when the committed files are not what the platform says'],
    ['generate --watch', 'while editing'],
  ],
  async run(args, world) {
    const root = findRepositoryRoot(world.cwd) ?? world.cwd
    const code = await generateOnce(root, args, world)
    return args.flag('watch') && !args.flag('check')
      ? watchInputs(root, () => generateOnce(root, args, world), world)
      : code
  },
}

async function generateOnce(root: string, args: ParsedArguments, world: World): Promise<ExitCode> {
  const checkout = diskCheckout(root)
  const declared = await declaredPlatform(checkout, world)
  if (declared === undefined) throw noPlatform()
  const findings = checkedFindings(declared, checkout, args, world)
  if (findings !== CLEAN) return declared.broken ? UNUSABLE : findings
  const wanted = withOwnedList(declared.rendered.tree)
  return args.flag('check') ? checkDrift(checkout, wanted, world) : writeTree(checkout, wanted, world)
}

/** Prints what is wrong with the platform or with what it renders; nothing is written then. */
function checkedFindings(
  declared: DeclaredPlatform,
  { tree, root }: Checkout,
  args: ParsedArguments,
  world: World,
): ExitCode {
  const verdict = checkSets(
    declared.rendered.environments,
    { catalog: readSchemas(world.packageRoot, tree), only: [], debug: args.flag('debug'), ownRules: declared.ownRules },
    world,
  )
  const environments = declared.rendered.environments.map(({ name }) => name)
  const resources = declared.rendered.environments.flatMap(one => one.resources)
  const accepted = declared.accept(verdict.diagnostics, {
    today: world.today(),
    environments,
    // What stands in argocd/ and k8s/policies is not checked here.
    complete: false,
    resources,
    only: [],
  })
  const wrong = [...declared.diagnostics, ...accepted].filter(({ severity }) => severity !== 'info')
  const read = (file: string): string | undefined => declared.rendered.tree.get(file) ?? tree.get(file)
  const originOf = renderedOrigins(
    createBuilder(declared.rendered.tree),
    declared.rendered.environments.flatMap(({ resources }) => resources),
  )
  const located = locateDiagnostics(wrong, { read, originOf, declaredAt: declared.declaredAt })
  const colour = wantsColour(world.stderr, world.env, args.flag('no-color'))
  if (located.length > 0) world.stderr.write(`${formatFindings(located, colour)}\n`)
  for (const sentence of verdict.notChecked) world.stderr.write(`not checked: ${sentence}\n`)
  if (!located.some(({ severity }) => severity === 'error')) return CLEAN
  world.stderr.write(`nothing was written in ${root === world.cwd ? 'this repository' : root}\n`)
  return FINDINGS
}

function checkDrift(checkout: Checkout, wanted: FileTree, world: World): ExitCode {
  const drift = compareGenerated(checkout, wanted)
  if (isUpToDate(drift)) {
    world.stdout.write(`up to date: ${wanted.size} generated files\n`)
    return CLEAN
  }
  world.stdout.write([...driftLines(drift), ...remedies(drift), ''].join('\n'))
  return FINDINGS
}

function remedies(drift: Drift): readonly string[] {
  return [
    ...(isUpToDate({ ...drift, foreign: [] }) ? [] : ['Run "gitops generate" and commit the result.']),
    ...(drift.foreign.length === 0 ? [] : ['Move or remove what is not generated: "gitops generate" keeps it.']),
  ]
}

function writeTree(checkout: Checkout, wanted: FileTree, world: World): ExitCode {
  const before = compareGenerated(checkout, wanted)
  if (isSettled(before, checkout, wanted)) {
    world.stdout.write(`unchanged: ${wanted.size} generated files\n`)
    return reportForeign(before, world)
  }
  const lock = 'k8s/.gitops-lock'
  const drift = withLock(checkout.root, lock, () => {
    // Read anew under the lock: another run may have written in between.
    const fresh = diskCheckout(checkout.root)
    removeLeftovers(checkout.root, wanted)
    const found = compareGenerated(fresh, wanted)
    applyDrift(fresh, wanted, found)
    return found
  })
  world.stdout.write([...driftLines({ ...drift, foreign: [] }, 'written'), ''].join('\n'))
  return reportForeign(drift, world)
}

/** Nothing to write, and nothing left over from a run that was killed. */
function isSettled(drift: Drift, { filesUnder }: Checkout, wanted: FileTree): boolean {
  const folders = new Set([...wanted.keys()].map(path => path.split('/', 1)[0] ?? ''))
  const leftover = [...folders].some(folder => filesUnder(folder).some(path => /\.gitops-(new|lock)/.test(path)))
  return isUpToDate({ ...drift, foreign: [] }) && !leftover
}

function applyDrift({ root, tree }: Checkout, wanted: FileTree, { modified, missing, orphaned }: Drift): void {
  const changed = [...modified, ...missing]
  if (changed.length + orphaned.length === 0) return
  const listed = readOwnedList(tree.get(ownedList), wanted)
  const after = wanted.get(ownedList) ?? ''
  const during = `${[...new Set([...after.trimEnd().split('\n'), ...listed])].join('\n')}\n`
  const write = new Map(changed.map(path => [path, wanted.get(path) ?? '']))
  writeFiles(root, { write, remove: orphaned, list: { path: ownedList, during, after } })
}

function reportForeign({ foreign }: Drift, world: World): ExitCode {
  if (foreign.length === 0) return CLEAN
  world.stderr.write(
    [
      ...driftLines({ modified: [], missing: [], orphaned: [], foreign }),
      'They were kept: move or remove them.',
      '',
    ].join('\n'),
  )
  return FINDINGS
}

function noPlatform(): Error {
  return unreadable(
    'model/no-platform',
    'generator/platform',
    'this repository declares no platform',
    'Write generator/platform/NAME.ts with "export default platform(…)", or name it as "gitops.platform" in package.json.',
  )
}
