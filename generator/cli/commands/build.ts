// `gitops build DIR…`: what `kustomize build DIR` prints, several directories in one process.

import { basename, join, resolve } from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import { buildKustomization, renderBuild, type BuildOptions } from '../../build/build-kustomization.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { entryKind } from '../../io/disk-tree.ts'
import { unreadable } from '../../io/unreadable-input.ts'
import type { Resource } from '../../manifest/resource.ts'
import { UsageError, type Command, type ParsedArguments } from '../command.ts'
import { CLEAN, FINDINGS, type ExitCode } from '../exit-code.ts'
import { inputLocator, type Input } from '../locate-input.ts'
import { wantsColour, type World } from '../world.ts'

export const build: Command = {
  name: 'build',
  summary: 'print what `kustomize build` prints for a directory',
  usage: '[DIR…]',
  about: [
    'The same objects, in the same order, as the same text. Several directories are built in one process and printed one after\nthe other. Without DIR: the current directory.',
  ],
  options: {
    'load-restrictor': {
      type: 'string',
      value: 'RULE',
      about: 'whether files outside a kustomization may be loaded',
      allowed: ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'],
    },
    reorder: { type: 'string', value: 'ORDER', about: 'order of the objects', allowed: ['legacy', 'none'] },
    output: {
      type: 'string',
      short: 'o',
      value: 'PATH',
      about: 'write to a file; to a file per object where PATH is a directory',
    },
  },
  examples: [
    ['build k8s/overlays/production', 'what Argo CD would apply'],
    ['build k8s/overlays/*', 'all overlays at once'],
    ['build k8s/overlays/staging -o rendered.yaml', 'into a file'],
  ],
  async run(args, world) {
    const locate = inputLocator(world.cwd)
    const directories = args.positionals.length === 0 ? ['.'] : args.positionals
    const inputs = directories.map(written => directoryOf(written, locate(written)))
    const options = buildOptions(args)
    const found: Diagnostic[] = []
    const rendered: Resource[][] = []
    for (const { tree, path } of inputs) {
      const { value, diagnostics } = buildKustomization(tree, path, options)
      found.push(...diagnostics)
      rendered.push([...value])
    }
    const failed = found.some(({ severity }) => severity === 'error')
    if (found.length > 0) await printFindings(found, inputs, args, world)
    if (failed) return FINDINGS
    return deliver(rendered, args.text('output'), world)
  },
}

function directoryOf(written: string, input: Input): Input {
  if (input.kind === 'directory') return input
  throw unreadable(
    'kustomize/not-a-directory',
    written,
    `"${written}" is a file, a directory is wanted`,
    'Name the directory that holds the kustomization.',
  )
}

function buildOptions(args: ParsedArguments): BuildOptions {
  const loadRestrictor = args.text('load-restrictor') as BuildOptions['loadRestrictor']
  const reorder = args.text('reorder') as BuildOptions['reorder']
  return { ...(loadRestrictor === undefined ? {} : { loadRestrictor }), ...(reorder === undefined ? {} : { reorder }) }
}

async function printFindings(
  found: readonly Diagnostic[],
  inputs: readonly Input[],
  args: ParsedArguments,
  world: World,
): Promise<void> {
  const { locateDiagnostics } = await import('../../report/locate-diagnostics.ts')
  const { formatFindings } = await import('../../report/format-text.ts')
  const read = (file: string): string | undefined =>
    inputs.map(({ tree }) => tree.get(file)).find(text => text !== undefined)
  const { displayPath } = await import('../display-path.ts')
  const located = locateDiagnostics(found, { read, display: displayPath(inputs[0]?.root ?? '/', world.cwd) })
  world.stderr.write(`${formatFindings(located, wantsColour(world.stderr, world.env, args.flag('no-color')))}\n`)
}

function deliver(rendered: readonly (readonly Resource[])[], output: string | undefined, world: World): ExitCode {
  const texts = rendered.map(renderBuild).filter(text => text !== '')
  if (output === undefined) {
    world.stdout.write(texts.join('---\n'))
    return CLEAN
  }
  const path = resolve(world.cwd, output)
  try {
    if (entryKind(path) === 'directory') writeEach(path, rendered.flat())
    else writeFileSync(path, texts.join('---\n'))
  } catch (error) {
    throw unreadable(
      'repository/not-writable',
      output,
      `"${output}" cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      'Name a path that can be written.',
    )
  }
  return CLEAN
}

/** kustomize's names: group, version, kind and name, and the namespace in front where there are several. */
function writeEach(directory: string, resources: readonly Resource[]): void {
  mkdirSync(directory, { recursive: true })
  const namespaces = new Set(resources.map(({ namespace }) => namespace))
  const names = new Map<string, Resource>()
  for (const resource of resources) {
    const { apiVersion, kind, name, namespace } = resource
    const parts = [...apiVersion.split('/'), kind, name]
    const file =
      `${namespaces.size > 1 && namespace !== undefined ? `${namespace}_` : ''}${parts.join('_')}.yaml`.toLowerCase()
    if (basename(file) !== file || names.has(file)) throw new UsageError(`two objects would be written to "${file}"`)
    names.set(file, resource)
  }
  for (const [file, resource] of names) writeFileSync(join(directory, file), renderBuild([resource]))
}
