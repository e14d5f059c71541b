// `gitops schemas list | add FILE…`: which kinds can be validated, and how a custom kind becomes one of them.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hint } from '../../diagnostics/suggest.ts'
import { diskCheckout } from '../../io/checkout.ts'
import { entryKind } from '../../io/disk-tree.ts'
import { diskRefusal } from '../../io/disk-refusal.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import { parseYaml } from '../../manifest/parse-yaml.ts'
import { formatFindings } from '../../report/format-text.ts'
import { locateDiagnostics } from '../../report/locate-diagnostics.ts'
import { schemaFiles } from '../../validate/schema/add-schema.ts'
import { documentResources } from '../../validate/schema/check-documents.ts'
import { kubernetesVersions } from '../../validate/schema/versions.ts'
import { UsageError, type Command } from '../command.ts'
import { CLEAN, FINDINGS, type ExitCode } from '../exit-code.ts'
import { inputLocator } from '../locate-input.ts'
import { wantsColour, type World } from '../world.ts'

export const schemas: Command = {
  name: 'schemas',
  summary: 'list the kinds that can be validated, or add those of a CustomResourceDefinition',
  usage: 'list | add FILE…',
  about: [
    'add writes the schemas of the CustomResourceDefinitions in FILE to schemas/crds/ of this repository; commit them, and objects of\nthese kinds are validated like any other.',
  ],
  options: {},
  examples: [
    ['schemas list', 'Kubernetes versions, and custom kinds with the version of each'],
    ['schemas add widgets-crd.yaml', 'so that Widgets are no longer skipped'],
  ],
  run({ positionals, flag }, world): ExitCode {
    const [action, ...files] = positionals
    if (action === undefined) throw new UsageError('schemas needs to know what to do: list or add FILE')
    if (action === 'list') return list(files, world)
    if (action === 'add') return add(files, world, wantsColour(world.stderr, world.env, flag('no-color')))
    throw new UsageError(`schemas cannot "${action}"${hint(action, ['list', 'add'])}`)
  },
}

function list(extra: readonly string[], world: World): ExitCode {
  if (extra.length > 0) throw new UsageError(`schemas list takes no arguments, got "${extra[0] ?? ''}"`)
  const own = findRepositoryRoot(world.cwd)
  const roots = [...new Set([world.packageRoot, ...(own === undefined ? [] : [own])])]
  const kinds = new Set(roots.flatMap(customKinds))
  world.stdout.write([`Kubernetes ${kubernetesVersions.join(', ')}`, ...[...kinds].sort(), ''].join('\n'))
  return CLEAN
}

/** `schemas/crds/GROUP/KIND_VERSION.json`. */
function customKinds(root: string): readonly string[] {
  const { filesUnder, tree } = diskCheckout(root)
  return filesUnder('schemas/crds').flatMap(path => {
    const { apiVersion, kind } = JSON.parse(tree.get(path) ?? '{}') as { apiVersion?: string; kind?: string }
    return apiVersion === undefined || kind === undefined ? [] : [`${apiVersion} ${kind}`]
  })
}

function add(files: readonly string[], world: World, colour: boolean): ExitCode {
  if (files.length === 0) throw new UsageError('schemas add needs a file with a CustomResourceDefinition')
  const locate = inputLocator(world.cwd)
  const texts = new Map(files.map(file => [file, textOf(file, locate(file))]))
  const parsed = [...texts].map(([file, text]) => parseYaml(text, file))
  const objects = documentResources(parsed.flatMap(({ value }) => value))
  const { value: written, diagnostics } = schemaFiles(objects.value)
  const found = [...parsed.flatMap(one => one.diagnostics), ...objects.diagnostics, ...diagnostics]
  if (found.length > 0) {
    const located = locateDiagnostics(found, { read: file => texts.get(file) })
    world.stderr.write(`${formatFindings(located, colour)}\n`)
  }
  const root = findRepositoryRoot(world.cwd) ?? world.cwd
  for (const [path, text] of written) {
    write(root, `schemas/${path}`, text)
    world.stdout.write(`schemas/${path}\n`)
  }
  return written.size === 0 || found.some(({ severity }) => severity === 'error') ? FINDINGS : CLEAN
}

function textOf(written: string, { kind, tree, path }: ReturnType<ReturnType<typeof inputLocator>>): string {
  if (kind === 'file') return tree.get(path) ?? ''
  throw new UsageError(`"${written}" is a directory, a file is wanted`)
}

function write(root: string, path: string, text: string): void {
  const full = join(root, path)
  try {
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(`${full}.new`, text)
    renameSync(`${full}.new`, full)
  } catch (error) {
    throw diskRefusal(error, root, 'Make the place writable and run again.')
  }
  if (entryKind(full) !== 'file') throw new Error(`${path} was not written`)
}
