// `patches:`, `patchesStrategicMerge:` and `patchesJson6902:`.
// Follows api/internal/builtins (PatchTransformer.go, PatchStrategicMergeTransformer.go, PatchJson6902Transformer.go) and
// api/resource/resource.go (ApplySmPatch).

import { asMap, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { applyJsonPatch, type JsonOperation } from '../../merge/json-patch.ts'
import {
  cloneMap,
  newMap,
  printedBlank,
  scalarText,
  textAt,
  type MutableList,
  type MutableMap,
  type MutableValue,
} from '../../merge/mutable.ts'
import { directiveKey } from '../../merge/merge-directive.ts'
import { applyStrategicMerge } from '../../merge/strategic-merge.ts'
import { floatText } from '../../manifest/yaml/number-text.ts'
import { looksLikeOtherType } from '../../manifest/yaml-1-1.ts'
import { forgetSpellings, needsNoQuotes, noteSpelling } from '../../manifest/yaml/spelling.ts'
import type { SchemaLookup } from '../../merge/merge-keys.ts'
import type { SourceLocation } from '../../diagnostics/diagnostic.ts'
import { child, pointerTokens } from '../../manifest/pointer.ts'
import { placing, refuse } from '../build-fault.ts'
import { checkPatches } from '../checks/check-patch.ts'
import type { PatchEffect } from '../checks/patch-effect.ts'
import { BuildResource, idText, type ReadFrom } from '../build-resource.ts'
import { operatedBy, patchedBy } from '../locate-source.ts'
import { annotationsToText, closeNotes, closeReports, hasWrittenNotes, leadsToNotes, openNotes } from '../notes.ts'
import { requireTextKeys } from '../new-key.ts'
import { mapFrom } from '../plain-map.ts'
import type { ResourceList } from '../resource-list.ts'
import type { Selector } from '../selector.ts'
import { unfoldMergeKeys } from './unfold-merge-keys.ts'

export interface StrategicPatch {
  readonly object: YamlMap
  readonly readFrom: ReadFrom
}

export interface PatchOptions {
  readonly allowNameChange?: boolean
  readonly allowKindChange?: boolean
}

/** Applies a patch to every object of a selection; objects it deletes leave at once. */
export function patchSelected(
  resources: ResourceList,
  selected: readonly BuildResource[],
  patch: StrategicPatch,
  options: PatchOptions,
  lookup: SchemaLookup,
): void {
  const object = selected.length === 0 ? patch.object : withTextMetadata(patch)
  const effects: PatchEffect[] = []
  for (const resource of selected) {
    const before = snapshot(resources, resource)
    patchOne(
      resource,
      { object: { ...object, apiVersion: resource.object['apiVersion'] }, readFrom: patch.readFrom },
      options,
      lookup,
    )
    resources.observe([resource], patchedBy(patch.object, patch.readFrom, patch.readFrom.inline === true))
    if (before !== undefined) effects.push(effectOn(resource, before, patch.readFrom, patch.object))
  }
  resources.findings?.push(...checkPatches(effects))
  resources.dropRemoved()
  resources.refuseDuplicates()
}

/** Applies a patch to the object it names. */
export function patchNamed(
  resources: ResourceList,
  patch: StrategicPatch,
  options: PatchOptions,
  lookup: SchemaLookup,
): void {
  const target = targetOf(resources, patch)
  const before = snapshot(resources, target)
  patchOne(target, patch, options, lookup)
  resources.observe([target], patchedBy(patch.object, patch.readFrom, patch.readFrom.inline === true))
  if (before !== undefined) {
    resources.findings?.push(...checkPatches([effectOn(target, before, patch.readFrom, patch.object)]))
  }
  resources.identitiesChanged()
}

/** The object a patch names. */
export function targetOf(resources: ResourceList, patch: StrategicPatch): BuildResource {
  const id = new BuildResource(patch.object, patch.readFrom, true).id
  return resources.byId(id, `patch ${idText(id)}`)
}

function patchOne(resource: BuildResource, patch: StrategicPatch, options: PatchOptions, lookup: SchemaLookup): void {
  const { name, namespace, kind } = resource
  const quoted = { name: resource.isQuoted('name'), namespace: resource.isQuoted('namespace') }
  if (options.allowNameChange === true || options.allowKindChange === true) resource.rememberId()
  const reaching = reachesNotes(patch.object)
  if (reaching) openNotes(resource)
  const outcome = applyStrategicMerge(resource.edit(), patch.object, lookup, (map, key, value) => {
    resource.linked.overwrite(map, key, value)
  })
  if ('message' in outcome) {
    refuse('kustomize/patch', `the patch cannot be merged into ${kind} ${name}: ${outcome.message}`, {
      at: patch.readFrom,
      help: 'Give the patch the structure of the object it patches.',
    })
  }
  if (outcome.value === undefined) {
    resource.remove()
    return
  }
  // Kustomize keeps what was changed in place: a patch that replaces the whole object changes nothing.
  if (options.allowKindChange !== true) resource.edit()['kind'] = kind
  if (options.allowNameChange !== true) resource.setMetadata('name', name, quoted.name)
  resource.setMetadata('namespace', namespace, quoted.namespace)
  if (reaching) closeNotes(resource)
}

/** Whether a patch takes all annotations away, or sets one of kustomize's own. */
function reachesNotes({ metadata }: YamlMap): boolean {
  if (!isMap(metadata)) return false
  if (Object.hasOwn(metadata, directiveKey)) return true
  if (!Object.hasOwn(metadata, 'annotations')) return false
  const { annotations } = metadata
  return !isMap(annotations) || Object.hasOwn(annotations, directiveKey) || hasWrittenNotes(annotations)
}

function snapshot(resources: ResourceList, resource: BuildResource): YamlMap | undefined {
  return resources.findings === undefined ? undefined : cloneMap(resource.object)
}

function effectOn(
  resource: BuildResource,
  before: YamlMap,
  { inline = false, ...at }: SourceLocation & { readonly inline?: boolean },
  patch?: YamlMap,
): PatchEffect {
  const { apiVersion, kind, name, namespace, object, isRemoved } = resource
  const reference = { apiVersion, kind, name, ...(namespace === '' ? {} : { namespace }) }
  const effect = { before, ...(isRemoved ? {} : { after: object }), at, inline, resource: reference }
  return patch === undefined ? effect : { ...effect, patch }
}

/** What kustomize makes of a patch's labels and annotations before it applies it to a selection: text, or nothing where empty. */
function withTextMetadata({ object, readFrom }: StrategicPatch): YamlMap {
  const metadata = cloneMap(asMap(object['metadata']))
  for (const field of ['labels', 'annotations'] as const) {
    const map = asMap(metadata[field])
    requireTextKeys(Object.keys(map), readFrom)
    const entries = Object.keys(map).map(key => [key, textOf(map, key)] as const)
    if (entries.length === 0) delete metadata[field]
    else metadata[field] = mapFrom(entries)
  }
  return { ...object, metadata }
}

function textOf(map: YamlMap, key: string): string {
  return map[key] === null ? 'null' : textAt(map, key)
}

export interface JsonPatch {
  readonly operations: readonly JsonOperation[]
  /** Where the list of operations stands. */
  readonly at: SourceLocation
}

export function patchJson(resource: BuildResource, patch: JsonPatch): void {
  refuseUnknownOperations(patch)
  const reaching = patch.operations.some(({ path, ...rest }) =>
    [path, 'from' in rest ? rest.from : path].some(text => leadsToNotes(pointerTokens(text))),
  )
  if (reaching) openNotes(resource)
  const object = resource.edit()
  if (resource.hasNotes) addAnnotations(object)
  const outcome = applyJsonPatch(withGoNumbers(object), patch.operations)
  if ('message' in outcome) {
    refuse('kustomize/patch', `the JSON patch does not fit ${resource.kind} ${resource.name}: ${outcome.message}`, {
      at: { ...patch.at, pointer: child(patch.at.pointer, outcome.index) },
      help: 'Correct the path, or patch only objects that have it.',
    })
  }
  if (!isMap(outcome.value)) {
    refuse('kustomize/patch', `the JSON patch leaves no object of ${resource.kind} ${resource.name}`, { at: patch.at })
  }
  resource.replaceObject(withGoNumbers(outcome.value) as MutableMap)
  if (reaching) closeReports(resource)
  rebuildAnnotations(resource)
  placing(patch.at, () => unfoldMergeKeys(resource.edit()))
}

/** Kustomize keeps notes among the annotations, so that a patch may add to annotations that the user never wrote. */
function addAnnotations(object: MutableMap): void {
  const metadata = object['metadata']
  if (isMap(metadata) && !isMap(metadata['annotations'])) (metadata as MutableMap)['annotations'] = newMap()
}

/** Afterwards annotations are written anew, as text. */
function rebuildAnnotations(resource: BuildResource): void {
  const written = asMap(resource.object['metadata'])['annotations']
  if (isList(written) && written.length % 2 === 1) {
    refuse('kustomize/patch', `the JSON patch makes a list of the annotations of ${resource.kind} ${resource.name}`)
  }
  annotationsToText(resource)
}

/** A JSON patch passes through JSON: big integers lose digits, blank values become what they are printed as, `yes` has quotes. */
function withGoNumbers(value: MutableValue): MutableValue {
  if (Array.isArray(value)) {
    forgetSpellings(value)
    for (let index = 0; index < value.length; index++) setGoNumber(value, index, value[index] ?? null)
  } else if (isMap(value)) {
    const map = value as MutableMap
    const items = Object.keys(map).map(key => [key, map[key] ?? printedBlank(map, key)] as const)
    forgetSpellings(map)
    for (const [key, item] of items) setGoNumber(map, key, item)
  }
  return value
}

/** Numbers come back as Go writes them: 1000000 is `1e+06`. */
function setGoNumber(container: MutableMap | MutableList, key: string | number, value: MutableValue): void {
  const holder = container as { [entry: string | number]: MutableValue }
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    holder[key] = withGoNumbers(value)
    // What is written over text in quotes is text, too.
    if (typeof value === 'string' && needsNoQuotes(value) && looksLikeOtherType(value))
      noteSpelling(container, key, { value, text: value, style: 'quoted' })
    return
  }
  const number = Number(value)
  holder[key] = number
  noteSpelling(container, key, { value: number, text: floatText(number), style: 'plain' })
}

const operationNames = ['add', 'remove', 'replace', 'move', 'copy', 'test']

/** Kustomize looks at the words only when it applies them. */
function refuseUnknownOperations({ operations, at }: JsonPatch): void {
  const index = operations.findIndex(({ op }) => !operationNames.includes(op))
  if (index < 0) return
  refuse('kustomize/patch', `"${operations[index]?.op ?? ''}" is not an operation`, {
    at: { ...at, pointer: child(at.pointer, index) },
    help: `Write one of ${operationNames.join(', ')}.`,
  })
}

/** Reads a list of operations; a message when it is none. */
export function readJsonOperations(value: YamlValue | undefined): readonly JsonOperation[] | string {
  if (!Array.isArray(value)) return 'a JSON patch is a list of operations'
  const operations: JsonOperation[] = []
  for (const entry of value as readonly YamlValue[]) {
    if (!isMap(entry)) return 'an operation of a JSON patch is a map'
    const op = scalarText(entry['op'])
    const path = scalarText(entry['path'])
    operations.push({ op, path, from: scalarText(entry['from']), value: entry['value'] ?? null } as JsonOperation)
  }
  return operations
}

/** Applies a JSON patch to a selection, remembering who the objects were. */
export function patchJsonSelected(
  resources: ResourceList,
  selector: Selector,
  patch: JsonPatch,
  remember: boolean,
): void {
  const effects: PatchEffect[] = []
  for (const resource of resources.select(selector)) {
    if (remember) resource.rememberId()
    const before = snapshot(resources, resource)
    patchJson(resource, patch)
    if (before !== undefined) {
      effects.push(effectOn(resource, before, { ...patch.at, inline: patch.at.pointer !== '' }))
    }
    resources.observe([resource], operatedBy(patch.operations, patch.at, patch.at.pointer !== ''))
  }
  resources.findings?.push(...checkPatches(effects))
  resources.identitiesChanged()
}
