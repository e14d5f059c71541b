// Patches as the kustomization gives them, inline or in files, told apart and made ready to run.
// Follows api/internal/builtins (PatchTransformer.go, PatchStrategicMergeTransformer.go, PatchJson6902Transformer.go).

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { child } from '../manifest/pointer.ts'
import type { YamlValue } from '../manifest/value.ts'
import { unwritable } from '../manifest/yaml/unescape.ts'
import { cloneValue } from '../merge/mutable.ts'
import { unmatchedPatch } from './checks/unmatched.ts'
import { mergingSchema, type DirectoryBuild } from './build-context.ts'
import { BuildFault, placing, refuse } from './build-fault.ts'
import type { BuildResource } from './build-resource.ts'
import type { PatchArgs } from './kustomization-file.ts'
import { readObjects, type ReadObject } from './read-resources.ts'
import type { ResourceList } from './resource-list.ts'
import { parseData } from './run.ts'
import { selectorFields } from './selector-fields.ts'
import { compileSelector, type Selector } from './selector.ts'
import {
  patchJsonSelected,
  patchNamed,
  patchSelected,
  readJsonOperations,
  targetOf,
  type JsonPatch,
} from './transform/apply-patches.ts'

type RunStep = (resources: ResourceList) => void

const code = 'kustomize/patch'

interface PatchText {
  readonly text: string
  /** Where the patch begins: a file, or the field that has it inline. */
  readonly at: SourceLocation
}

/** An entry of `patches`. */
export function loadPatch(build: DirectoryBuild, args: PatchArgs, at: SourceLocation): RunStep {
  const source = patchText(build, args, at)
  // Objects are maps and JSON patches lists: a text that is one cannot be the other.
  const strategic = attempt(() => readAt(source))
  if (strategic.value === undefined) {
    const json = attempt(() => readJson(source))
    if (json.value === undefined) throw chosenFault(strategic.fault, json.fault, source)
    return runJson(json.value, args, at)
  }
  return runStrategic(build, strategic.value, args, at)
}

function runJson(patch: JsonPatch, args: PatchArgs, at: SourceLocation): RunStep {
  const { target } = args
  if (target === undefined) {
    return () =>
      refuse(code, 'must specify a target for JSON patch', { at, help: 'Add "target" with the kind and name.' })
  }
  const selector = compileSelector(selectorFields(target))
  return resources => {
    noteUnmatched(resources, selector, at)
    patchJsonSelected(resources, selector, patch, true)
  }
}

function runStrategic(
  build: DirectoryBuild,
  patches: readonly ReadObject[],
  { target, options = {} }: PatchArgs,
  at: SourceLocation,
): RunStep {
  const { context } = build
  const [first, second] = patches
  if (first === undefined) return () => undefined
  if (target === undefined) {
    return resources => {
      for (const patch of patches) {
        placing(patch.readFrom, () => patchNamed(resources, patch, options, mergingSchema(context)))
      }
    }
  }
  if (second !== undefined) {
    return () =>
      refuse(
        code,
        'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field',
        {
          at,
          help: 'Make one entry for each patch, or remove "target".',
        },
      )
  }
  const selector = compileSelector(selectorFields(target))
  return resources => {
    const selected = noteUnmatched(resources, selector, at)
    patchSelected(resources, selected, first, options, selected.length > 0 ? mergingSchema(context) : context.schema)
  }
}

/** The objects a patch is for; a patch for none is a finding. */
function noteUnmatched(resources: ResourceList, selector: Selector, at: SourceLocation): readonly BuildResource[] {
  const selected = resources.select(selector)
  if (selected.length === 0) {
    resources.findings?.push(unmatchedPatch(at))
  }
  return selected
}

/** The entries of `patchesStrategicMerge`, each a patch or the path of a file of patches. */
export function loadStrategicPatches(build: DirectoryBuild, entries: readonly string[]): RunStep {
  const patches = entries.flatMap((entry, index) => {
    const at = build.at('patchesStrategicMerge', index)
    return placing(at, () => readInlineOrFile(build, entry, at))
  })
  return strategicStep(build, patches)
}

/** Patches that name their targets, applied one after the other. */
export function strategicStep(build: DirectoryBuild, patches: readonly ReadObject[]): RunStep {
  if (patches.length === 0) refuse(code, 'patch appears to be empty', { help: 'Write the patch, or remove the entry.' })
  return resources => {
    for (const patch of patches) {
      placing(patch.readFrom, () => {
        patchSelected(resources, [targetOf(resources, patch)], patch, {}, mergingSchema(build.context))
      })
    }
  }
}

export function readInlineOrFile(build: DirectoryBuild, entry: string, at: SourceLocation): readonly ReadObject[] {
  const inline = attempt(() => readAt({ text: entry, at }))
  if (inline.value !== undefined) return inline.value
  if (entry.includes('\n') && !build.loader.isFile(entry))
    throw inline.fault ?? new BuildFault(code, 'not a patch', { at })
  return build.context.run.objects(build.loader.resolve(entry))
}

/** An entry of `patchesJson6902`. */
export function loadJsonPatch(
  build: DirectoryBuild,
  { target, path = '', patch = '' }: PatchArgs,
  at: SourceLocation,
): RunStep {
  if (target?.name === undefined || target.name === '') {
    return refuse(code, 'must specify the target name', { at, help: 'Add "target" with the kind and name.' })
  }
  if (path === '' && patch === '')
    refuse(code, 'empty file path and empty jsonOp', { at, help: 'Add "path" or "patch".' })
  if (path !== '' && patch !== '')
    refuse(code, 'must specify a file path or jsonOp, not both', { at, help: 'Keep one of the two.' })
  const source = path === '' ? { text: patch, at: within(at, 'patch') } : fileText(build, path)
  const read = readJson(source)
  if (read.operations.length === 0) refuse(code, 'patch appears to be empty', { at: source.at })
  const selector = compileSelector(selectorFields(target))
  return resources => {
    noteUnmatched(resources, selector, at)
    patchJsonSelected(resources, selector, read, false)
  }
}

function patchText(build: DirectoryBuild, { path = '', patch = '' }: PatchArgs, at: SourceLocation): PatchText {
  const inline = patch.trim()
  if (inline === '' && path === '')
    return refuse(code, 'must specify one of patch and path', { at, help: 'Add one of the two.' })
  if (inline !== '' && path !== '') {
    return refuse(code, "patch and path can't be set at the same time", { at, help: 'Keep one of the two.' })
  }
  return inline === ''
    ? placing(within(at, 'path'), () => fileText(build, path))
    : { text: inline, at: within(at, 'patch') }
}

function fileText(build: DirectoryBuild, path: string): PatchText {
  const file = build.loader.resolve(path)
  return { text: build.loader.text(file), at: { file, document: 1, pointer: '' } }
}

function within(at: SourceLocation, field: string): SourceLocation {
  return { ...at, pointer: child(at.pointer, field) }
}

/** Objects of a text; those of an inline text stand at the field that has it. */
function readAt({ text, at }: PatchText): readonly ReadObject[] {
  const read = readObjects(text, at.file)
  if (at.pointer === '') return read
  const readFrom = { file: at.file, document: at.document, pointer: at.pointer, inline: true }
  return read.map(({ object }) => ({ object, readFrom }))
}

function readJson({ text, at }: PatchText): JsonPatch {
  const operations = readJsonOperations(text.startsWith('[') ? strictJson(text) : parseData(text, at.file))
  if (typeof operations === 'string') return refuse(code, operations, { at })
  return { operations, at }
}

/** kustomize hands a text with a bracket at its very beginning to Go's JSON reader (jsonPatchFromBytes): no bare words, no comma at the end. */
function strictJson(text: string): YamlValue {
  try {
    const value = JSON.parse(text) as YamlValue
    if (!unwritable.test(JSON.stringify(value))) return cloneValue(value)
    return refuse(code, 'a value holds a control character that cannot be written')
  } catch (error) {
    if (error instanceof BuildFault) throw error
    return refuse(code, `what begins with "[" is read as JSON: ${(error as Error).message}`)
  }
}

interface Attempt<T> {
  readonly value?: T
  readonly fault?: BuildFault
}

function attempt<T>(make: () => T): Attempt<T> {
  try {
    return { value: make() }
  } catch (error) {
    if (error instanceof BuildFault) return { fault: error }
    throw error
  }
}

/** A list was meant as a JSON patch, anything else as an object. */
function chosenFault(strategic: BuildFault | undefined, json: BuildFault | undefined, source: PatchText): BuildFault {
  const meant = /^\s*(?:#[^\n]*\n\s*|---[^\n]*\n\s*)*[-[]/.test(source.text) ? json : strategic
  const message = `unable to parse SM or JSON patch: ${meant?.message ?? ''}`
  return new BuildFault(meant?.code ?? code, message, {
    at: source.at.pointer === '' ? (meant?.at ?? source.at) : source.at,
    help:
      meant?.code === 'yaml/conflict-marker'
        ? 'Keep one side, and remove the lines "<<<<<<<", "=======" and ">>>>>>>".'
        : 'Write an object to merge, or a list of JSON patch operations.',
  })
}
