// `replacements:`: a value copied from one object into fields of others.
// Follows api/filters/replacement/replacement.go.

import { isList, isMap } from '../../manifest/value.ts'
import { cloneValue, scalarText, type MutableMap, type MutableValue } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { idText, type BuildResource, type ResourceId } from '../build-resource.ts'
import { gvkIsSelected } from '../gvk.ts'
import type { FieldOptions, ReplacementArgs, SelectorArgs } from '../kustomization-file.ts'
import { compileSelector, type Selector } from '../selector.ts'
import { selectorFields } from '../selector-fields.ts'
import { lookup, matchPath, plainScalar, splitFieldPath, type Creation } from './field-path.ts'
import type { Slot } from '../field-spec.ts'
import { setInText } from './replace-in-text.ts'

const code = 'kustomize/replacement'
const defaultPath = 'metadata.name'

export function applyReplacements(resources: readonly BuildResource[], replacements: readonly ReplacementArgs[]): void {
  for (const replacement of replacements) {
    if (
      (replacement.sourceValue === undefined && replacement.source === undefined) ||
      replacement.targets === undefined
    ) {
      refuse(code, 'replacements must specify a source and at least one target', { help: 'Add what is missing.' })
    }
    const value = sourceValue(resources, replacement)
    for (const target of replacement.targets) applyTo(resources, value, target)
  }
}

type Target = NonNullable<ReplacementArgs['targets']>[number]

function sourceValue(resources: readonly BuildResource[], { source, sourceValue: text }: ReplacementArgs): SourceValue {
  if (text !== undefined && source !== undefined) refuse(code, 'value and resource selectors are mutually exclusive')
  if (text !== undefined || source === undefined)
    return { value: plainScalar(text ?? ''), text: text ?? '', plain: true }
  const resource = sourceResource(resources, source)
  const path = source.fieldPath === undefined || source.fieldPath === '' ? defaultPath : source.fieldPath
  const found = lookup(resource.object as MutableMap, splitFieldPath(path)) ?? null
  if (found === null || isEmpty(found)) {
    refuse(code, `fieldPath "${path}" is missing for replacement source ${resource.kind} ${resource.name}`, {
      help: 'Correct the path, or add the field to the source.',
    })
  }
  return refined(found, source.options)
}

interface SourceValue {
  readonly value: MutableValue
  /** The text of a scalar. */
  readonly text: string
  /** Whether the text has no type of its own: where a field is created it means what it would mean unquoted. */
  readonly plain: boolean
}

function refined(value: MutableValue, options: FieldOptions | undefined): SourceValue {
  const delimiter = options?.delimiter ?? ''
  if (delimiter === '') return { value, text: scalarText(value), plain: false }
  if (isMap(value) || isList(value)) refuse(code, 'delimiter option can only be used with scalar nodes')
  const parts = scalarText(value).split(delimiter)
  const index = options?.index ?? 0
  const part = parts[index]
  if (part === undefined)
    return refuse(code, `options.index ${index} is out of bounds for value "${scalarText(value)}"`)
  return { value: typeof value === 'string' ? part : plainScalar(part), text: part, plain: false }
}

function isEmpty(value: MutableValue): boolean {
  return isMap(value) ? Object.keys(value).length === 0 : isList(value) && value.length === 0
}

function sourceResource(
  resources: readonly BuildResource[],
  source: NonNullable<ReplacementArgs['source']>,
): BuildResource {
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

function applyTo(resources: readonly BuildResource[], value: SourceValue, target: Target): void {
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
    if (ids.some(id => matchesId(select, id))) copyTo(resource, value, target)
  }
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

function copyTo(resource: BuildResource, value: SourceValue, target: Target): void {
  const object = resource.edit()
  const root: Slot = { get: () => object, set: () => undefined }
  const paths = target.fieldPaths === undefined || target.fieldPaths.length === 0 ? [defaultPath] : target.fieldPaths
  for (const path of paths) {
    const creation: Creation = target.options?.create === true ? kindOf(value.value) : undefined
    const tokens = splitFieldPath(path)
    if (setInText(object, tokens, value.value, value.text, creation)) continue
    const slots = matchPath(root, tokens, creation)
    if (slots.length === 0) {
      refuse(
        code,
        `unable to find ${creation === undefined ? '' : 'or create '}field "${path}" in replacement target`,
        {
          help: 'Correct the path, or set "options.create: true".',
        },
      )
    }
    for (const slot of slots) write(slot, value, target.options)
  }
}

function kindOf(value: MutableValue): Creation {
  if (isMap(value)) return 'map'
  return isList(value) ? 'list' : 'scalar'
}

function write(slot: Slot, value: SourceValue, options: FieldOptions | undefined): void {
  const old = slot.get() ?? null
  const delimiter = options?.delimiter ?? ''
  if (delimiter !== '' && (isMap(old) || isList(old)))
    refuse(code, 'delimiter option can only be used with scalar nodes')
  const text = delimiter === '' ? value.text : joined(scalarText(old), value.text, delimiter, options?.index ?? 0)
  if (isMap(old) || isList(old)) slot.set(cloneValue(value.value))
  else slot.set(retyped(old, text))
}

function joined(old: string, part: string, delimiter: string, index: number): string {
  const parts = old.split(delimiter)
  if (index < 0) parts.unshift(part)
  else if (index >= parts.length) parts.push(part)
  else parts[index] = part
  return parts.join(delimiter)
}

/** A scalar keeps its type: a number stays one, and refuses what is none. */
function retyped(old: MutableValue, text: string): MutableValue {
  if (typeof old === 'string') return text
  const plain = plainScalar(text)
  if (old === null || typeof plain === typeof old) return plain
  if (typeof old === 'number' && typeof plain === 'bigint') return plain
  return refuse(
    code,
    `"${text}" cannot replace ${scalarText(old)}, which is ${typeof old === 'boolean' ? 'true or false' : 'a number'}`,
    {
      help: 'Put the target value in quotes.',
    },
  )
}
