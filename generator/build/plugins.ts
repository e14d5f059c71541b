// `generators:`, `transformers:` and `validators:`: built-in ones configured by an object of their own. All others would run a
// program and are refused.
// Follows api/internal/target/kusttarget.go (configureExternal…), api/internal/plugins/loader/loader.go and api/internal/builtins.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { hint } from '../diagnostics/suggest.ts'
import { Accumulator } from './accumulator.ts'
import type { DirectoryBuild } from './build-context.ts'
import { BuildFault, placing, refuse } from './build-fault.ts'
import { BuildResource } from './build-resource.ts'
import { joinOrigin } from './join-origin.ts'
import type { Origin } from './origin-annotation.ts'
import { builtInGenerators, builtInTransformers } from './plugin-kinds.ts'
import { readObjects } from './read-resources.ts'
import type { ResourceList } from './resource-list.ts'

type PluginField = 'generators' | 'transformers' | 'validators'

export interface ExternalGenerator {
  readonly at: SourceLocation
  readonly origin?: Origin
  readonly run: () => readonly BuildResource[]
}

export interface ExternalTransformer {
  readonly at: SourceLocation
  readonly origin?: Origin
  readonly run: (resources: ResourceList) => void
}

export function externalGenerators(build: DirectoryBuild): readonly ExternalGenerator[] {
  return configurations(build, 'generators').map(resource => {
    const make = pluginFor(resource, builtInGenerators, builtInTransformers, 'generator')
    const run = placing(resource.readFrom, () => make(build, resource))
    return { at: resource.readFrom, run, ...reported(resource) }
  })
}

export function externalTransformers(
  build: DirectoryBuild,
  field: 'transformers' | 'validators',
): readonly ExternalTransformer[] {
  return configurations(build, field).map(resource => {
    const make = pluginFor(resource, builtInTransformers, builtInGenerators, 'transformer')
    const run = placing(resource.readFrom, () => make(build, resource))
    return { at: resource.readFrom, run, ...reported(resource) }
  })
}

/** The objects that configure plugins: inline ones first, then those of files and directories. */
function configurations(build: DirectoryBuild, field: PluginField): readonly BuildResource[] {
  const entries = build.fields[field] ?? []
  if (entries.length === 0) return []
  const gathered = new Accumulator({ tracking: false, checks: false })
  const paths: { readonly path: string; readonly index: number }[] = []
  for (const [index, entry] of entries.entries()) {
    const at = build.at(field, index)
    const inline = readInline(entry, at)
    if (inline === undefined) {
      paths.push({ path: entry, index })
      continue
    }
    if (build.origin !== undefined) {
      const name = build.file.split('/').at(-1) ?? build.file
      for (const resource of inline) resource.memory.origin = { path: joinOrigin(build.origin.path, name) }
    }
    placing(at, () => gathered.resources.append(inline))
  }
  build.accumulateResources(
    gathered,
    paths.map(({ path }) => path),
    index => build.at(field, paths[index]?.index ?? index),
  )
  return gathered.resources.all
}

function readInline(entry: string, at: SourceLocation): readonly BuildResource[] | undefined {
  try {
    const readFrom = { file: at.file, document: at.document, pointer: at.pointer }
    return readObjects(entry, at.file).map(({ object }) => new BuildResource(object, readFrom, true))
  } catch (error) {
    if (error instanceof BuildFault) return undefined
    throw error
  }
}

function pluginFor<T>(
  resource: BuildResource,
  wanted: { readonly [kind: string]: T | undefined },
  others: { readonly [kind: string]: unknown },
  role: 'generator' | 'transformer',
): T {
  const { kind, apiVersion, readFrom } = resource
  if (apiVersion !== 'builtin') {
    return refuse(
      'kustomize/function',
      `${apiVersion} ${kind} runs a program or container, which this build never does`,
      {
        at: readFrom,
        help: 'Run it by hand, commit the result, and list that under "resources".',
      },
    )
  }
  const plugin = Object.hasOwn(wanted, kind) ? wanted[kind] : undefined
  if (plugin !== undefined) return plugin
  const message = Object.hasOwn(others, kind) ? `plugin ${kind} is not a ${role}` : `there is no built-in ${kind}`
  return refuse('kustomize/plugin', message + hint(kind, Object.keys(wanted)), {
    at: { ...readFrom, pointer: `${readFrom.pointer}/kind` },
    help: 'Use one of the built-in kinds.',
  })
}

function reported(resource: BuildResource): { readonly origin?: Origin } {
  const { origin } = resource.memory
  if (origin === undefined) return {}
  const { apiVersion, kind, name, namespace } = resource
  return { origin: { configuredIn: origin.path ?? '', configuredBy: { apiVersion, kind, name, namespace } } }
}
