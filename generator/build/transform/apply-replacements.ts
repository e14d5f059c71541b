// `replacements:`: a value copied from one object into fields of others.
// Follows api/filters/replacement/replacement.go.

import { asMap, isList, isMap } from '../../manifest/value.ts'
import { cloneMap, cloneValue, scalarText, type MutableMap, type MutableValue } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { idText, type BuildResource, type ResourceId } from '../build-resource.ts'
import { gvkIsSelected } from '../gvk.ts'
import type { FieldOptions, ReplacementArgs, SelectorArgs } from '../kustomization-file.ts'
import { closeNotes, leadsToNotes, openNotes, withNotes } from '../notes.ts'
import { compileSelector, type Selector } from '../selector.ts'
import { selectorFields } from '../selector-fields.ts'
import { isQuoted, spellingOf, writeQuoted } from '../../manifest/yaml/spelling.ts'
import { plainScalar, setPlain, setUntyped, slotText } from '../untyped-text.ts'
import { lookup, lookupSlot, matchPath, splitFieldPath, type Creation } from './field-path.ts'
import type { Slot } from '../field-spec.ts'
import { setInText } from './replace-in-text.ts'
import { refuseOtherType } from './scalar-types.ts'

const code = 'kustomize/replacement'
const defaultPath = 'metadata.name'

/** What the caller wants to know of each replacement; all count from 0. */
export interface ReplacementWatch {
  /** Runs one replacement. */
  readonly placed: (replacement: number, run: () => void) => void
  readonly unmatched: (replacement: number, target: number) => void
}

const unwatched: ReplacementWatch = { placed: (_, run) => run(), unmatched: () => undefined }

export function applyReplacements(
  resources: readonly BuildResource[],
  replacements: readonly ReplacementArgs[],
  { placed, unmatched }: ReplacementWatch = unwatched,
): void {
  for (const [index, replacement] of replacements.entries()) {
    placed(index, () => applyReplacement(resources, replacement, target => unmatched(index, target)))
  }
}

function applyReplacement(
  resources: readonly BuildResource[],
  replacement: ReplacementArgs,
  onUnmatched: (target: number) => void,
): void {
  if (
    (replacement.sourceValue === undefined && replacement.source === undefined) ||
    (replacement.targets ?? []).length === 0
  ) {
    refuse(code, 'replacements must specify a source and at least one target', { help: 'Add what is missing.' })
  }
  const source = sourceOf(resources, replacement)
  for (const [at, target] of (replacement.targets ?? []).entries()) {
    if (!applyTo(resources, source, target)) onUnmatched(at)
  }
}

type Target = NonNullable<ReplacementArgs['targets']>[number]

type SourceArgs = NonNullable<ReplacementArgs['source']>

/** The value to copy, as it is at the moment: a source may be a target, too. */
type Source = () => SourceValue

interface SourceValue {
  readonly value: MutableValue
  /** The text of a scalar. */
  readonly text: string
}

function sourceOf(resources: readonly BuildResource[], { source, sourceValue: text }: ReplacementArgs): Source {
  if (text !== undefined && source !== undefined) refuse(code, 'value and resource selectors are mutually exclusive')
  if (source !== undefined) return fieldSource(sourceResource(resources, source), source)
  return fixed({ value: plainScalar(text ?? ''), text: text ?? '' })
}

function fieldSource(resource: BuildResource, { fieldPath = '', options = {} }: SourceArgs): Source {
  const path = fieldPath === '' ? defaultPath : fieldPath
  const tokens = splitFieldPath(path)
  const read = readerOf(resource, tokens)
  const found = read()
  if (found.value === null || isEmpty(found.value)) {
    return refuse(code, `fieldPath "${path}" is missing for replacement source ${resource.kind} ${resource.name}`, {
      help: 'Correct the path, or add the field to the source.',
    })
  }
  const { delimiter = '', index = 0 } = options
  if (delimiter !== '') {
    return fixed(partOf(found, delimiter, index))
  }
  return read
}

/** Reads a field as it is at the moment, always in the place where it stood at first. */
function readerOf(resource: BuildResource, tokens: readonly string[]): Source {
  if (leadsToNotes(tokens)) {
    return () => {
      const value = lookup(cloneMap(withNotes(resource)), tokens) ?? null
      return { value, text: scalarText(value) }
    }
  }
  const slot = lookupSlot(resource.edit(), tokens)
  return () => ({ value: slot?.get() ?? null, text: slot === undefined ? '' : slotText(slot) })
}

function partOf({ value, text }: SourceValue, delimiter: string, index: number): SourceValue {
  if (isMap(value) || isList(value)) refuse(code, 'delimiter option can only be used with scalar nodes')
  const part = text.split(delimiter)[index]
  if (part === undefined) {
    return refuse(code, `options.index ${index} is out of bounds for value "${text}"`, {
      help: 'Count the parts from 0.',
    })
  }
  return { value: typeof value === 'string' ? part : plainScalar(part), text: part }
}

function isEmpty(value: MutableValue): boolean {
  return isMap(value) ? Object.keys(value).length === 0 : isList(value) && value.length === 0
}

function sourceResource(resources: readonly BuildResource[], source: SourceArgs): BuildResource {
  const selector = { ...selectorFields(source) }
  const matches = resources.filter(resource =>
    [resource.id, ...resource.formerIds].some(
      id =>
        gvkIsSelected(id, selector) &&
        (selector.name === '' || selector.name === id.name) &&
        (selector.namespace === '' || namespaceOrDefault(selector.namespace) === namespaceOrDefault(id.namespace)),
    ),
  )
  const [found] = matches
  if (found === undefined)
    return refuse(code, `nothing selected by ${idText(selector)}`, { help: 'Correct the source.' })
  if (matches.length > 1)
    refuse(code, `multiple matches for selector ${idText(selector)}`, { help: 'Name the source exactly.' })
  return found
}

function namespaceOrDefault(namespace: string): string {
  return namespace === '' ? 'default' : namespace
}

/** Whether any object was selected. */
function applyTo(resources: readonly BuildResource[], source: Source, target: Target): boolean {
  let selected = false
  if (target.select === undefined)
    return refuse(code, 'target must specify resources to select', { help: 'Add "select".' })
  const select = compileSelector(selectorFields(target.select))
  const rejects = (target.reject ?? []).map(reject => ({
    args: reject,
    selector: compileSelector(selectorFields(reject)),
  }))
  for (const resource of resources) {
    if (!matchesText(select, resource) || rejects.some(({ args, selector }) => isRejected(args, selector, resource)))
      continue
    const ids = [resource.id, ...resource.formerIds]
    if (!ids.some(id => matchesId(select, id))) continue
    selected = true
    copyTo(resource, source, target)
  }
  return selected
}

function matchesText(selector: Selector, resource: BuildResource): boolean {
  return selector.labels(resource.textMap('labels')) && selector.annotations(resource.textMap('annotations'))
}

function matchesId(selector: Selector, id: ResourceId): boolean {
  return selector.kind(id) && selector.name(id.name) && selector.namespace(id.namespace)
}

function isRejected(args: SelectorArgs, selector: Selector, resource: BuildResource): boolean {
  const { labelSelector = '', annotationSelector = '', ...id } = args
  if ((labelSelector !== '' || annotationSelector !== '') && matchesText(selector, resource)) return true
  if (Object.values(id).every(part => part === '')) return false
  return [resource.id, ...resource.formerIds].some(own => matchesId(selector, own))
}

function copyTo(resource: BuildResource, source: Source, target: Target): void {
  const paths = target.fieldPaths === undefined || target.fieldPaths.length === 0 ? [defaultPath] : target.fieldPaths
  for (const path of paths) {
    const tokens = splitFieldPath(path)
    const notes = leadsToNotes(tokens)
    if (notes) openNotes(resource)
    copyToPath(resource, path, tokens, notes ? fixed(source()) : source, target)
    if (notes) closeNotes(resource)
  }
}

function fixed(value: SourceValue): Source {
  return () => value
}

// oxlint-disable-next-line max-params -- one place of one target
function copyToPath(
  resource: BuildResource,
  path: string,
  tokens: readonly string[],
  source: Source,
  { options }: Target,
): void {
  const object = resource.edit()
  const value = source()
  const creation: Creation = options?.create === true ? kindOf(value.value) : undefined
  if (setInText(object, tokens, value.value, value.text, creation)) return
  const slots = matchPath({ get: () => object, set: () => undefined }, tokens, creation)
  if (slots.length === 0) {
    refuse(code, `unable to find ${creation === undefined ? '' : 'or create '}field "${path}" in replacement target`, {
      help: 'Correct the path, or set "options.create: true".',
    })
  }
  for (const slot of slots) write(resource, slot, source(), options)
}

function kindOf(value: MutableValue): Creation {
  if (isMap(value)) return 'map'
  return isList(value) ? 'list' : 'scalar'
}

function write(
  resource: BuildResource,
  slot: Slot,
  { value, text }: SourceValue,
  { delimiter = '', index = 0 }: FieldOptions = {},
): void {
  const old = slot.get() ?? null
  if (isMap(old) || isList(old)) {
    if (delimiter !== '') refuse(code, 'delimiter option can only be used with scalar nodes')
    slot.set(cloneValue(value))
    return
  }
  const next = delimiter === '' ? text : joined(slotText(slot), text, delimiter, index)
  if (isText(old, slot)) {
    setLinked(resource, slot, next)
    return
  }
  if (isUntyped(slot)) {
    setUntyped(slot, next, 'remember')
    return
  }
  setTyped(resource, slot, next)
}

function setTyped(resource: BuildResource, slot: Slot, text: string): void {
  // Annotations are written anew, as text, before anybody reads them.
  if (slot.place?.container === asMap(resource.object['metadata'])['annotations']) slot.set(text)
  else {
    refuseOtherType(slot, text)
    setPlain(slot, text, false)
    if (text === '') leaveBlank(slot)
  }
}

/** Nothing written over a null leaves it blank. */
function leaveBlank({ place }: Slot): void {
  if (isMap(place?.container)) (place.container as MutableMap)[place.key] = undefined
}

function setLinked(resource: BuildResource, slot: Slot, text: string): void {
  const { place } = slot
  const set = (value: string): void => {
    if (isMap(place?.container)) resource.linked.overwrite(place.container, String(place.key), value)
    else slot.set(value)
  }
  if (place !== undefined && isQuoted(place.container, place.key)) writeQuoted({ ...place, set }, text)
  else set(text)
}

/** Text stays text: what has been in quotes, or is said to be text. */
function isText(old: MutableValue, { place }: Slot): boolean {
  if (typeof old !== 'string') return false
  const style = place === undefined ? undefined : spellingOf(place.container, place.key)?.style
  return style === undefined || style === 'quoted' || style === 'bare'
}

function isUntyped({ place }: Slot): boolean {
  return place !== undefined && spellingOf(place.container, place.key)?.style === 'untyped'
}

function joined(old: string, part: string, delimiter: string, index: number): string {
  const parts = old.split(delimiter)
  if (index < 0) parts.unshift(part)
  else if (index >= parts.length) parts.push(part)
  else parts[index] = part
  return parts.join(delimiter)
}
