// `vars:`: `$(NAME)` replaced in the fields that variables may stand in.
// Follows api/internal/accumulator (resaccumulator.go, refvartransformer.go), api/filters/refvar and api/types/var.go.

import type { SourceLocation } from '../../diagnostics/diagnostic.ts'
import { isList, isMap } from '../../manifest/value.ts'
import { spellingOf } from '../../manifest/yaml/spelling.ts'
import { textAt, type MutableList, type MutableMap, type MutableValue } from '../../merge/mutable.ts'
import { BuildFault, placing, refuse } from '../build-fault.ts'
import type { BuildResource, ResourceId } from '../build-resource.ts'
import { effectiveNamespace } from '../build-resource.ts'
import { visitField, type FieldSpec, type Slot } from '../field-spec.ts'
import { gvkIsSelected, gvkOf } from '../gvk.ts'
import type { VariableArgs } from '../kustomization-file.ts'
import { lookup, splitFieldPath } from './field-path.ts'

const code = 'kustomize/variable'

export interface Variable {
  readonly name: string
  readonly target: ResourceId
  readonly fieldPath: string
  /** The entry of `vars`. */
  readonly at: SourceLocation
}

export function variableFrom({ name = '', objref = {}, fieldref = {} }: VariableArgs, at: SourceLocation): Variable {
  const { fieldPath = '' } = fieldref
  return { name, target: targetFrom(objref), fieldPath: fieldPath === '' ? 'metadata.name' : fieldPath, at }
}

function targetFrom(objref: NonNullable<VariableArgs['objref']>): ResourceId {
  const { apiVersion = '', group = '', version = '', kind = '', name = '', namespace = '' } = objref
  const gvk = apiVersion === '' ? { group, version, kind } : gvkOf(apiVersion, kind)
  return { ...gvk, name, namespace }
}

/** Marks the object each variable takes its value from. */
export function markVariables(resources: readonly BuildResource[], variables: readonly Variable[]): void {
  for (const { name, target, at } of variables) {
    const matched = resources.filter(
      resource => !resource.isRemoved && resource.allIds.some(id => isTarget(id, target)),
    )
    if (matched.length > 1) {
      refuse(code, `found ${matched.length} resId matches for var ${name} (unable to disambiguate)`, {
        at,
        help: 'Give "objref" the namespace of the object.',
      })
    }
    const [resource] = matched
    if (resource !== undefined) resource.memory.variables = [...resource.memory.variables, name]
  }
}

function isTarget(id: ResourceId, target: ResourceId): boolean {
  return (
    id.name === target.name &&
    id.group === target.group &&
    id.version === target.version &&
    id.kind === target.kind &&
    (target.namespace === '' || effectiveNamespace(id) === (target.namespace || 'default'))
  )
}

/** Adds variables to those known; a name that is taken is refused. */
export function addVariables(known: readonly Variable[], added: readonly Variable[]): readonly Variable[] {
  const names = new Set(known.map(({ name }) => name))
  for (const { name, at } of added) {
    if (names.has(name))
      refuse(code, `var "${name}" already encountered`, { at, help: 'Give one of the two another name.' })
    names.add(name)
  }
  return [...known, ...added]
}

type Replacer = (name: string) => MutableValue | undefined

export function resolveVariables(
  resources: readonly BuildResource[],
  variables: readonly Variable[],
  fieldSpecs: readonly FieldSpec[],
): void {
  if (variables.length === 0) return
  const values = new Map(variables.map(variable => [variable.name, valueOf(resources, variable)]))
  const replacer: Replacer = name => values.get(name)
  for (const resource of resources) {
    for (const spec of fieldSpecs) {
      if (!gvkIsSelected(resource.gvk, spec)) continue
      placing(spec.readFrom ?? resource.readFrom, () => {
        visitField(resource.edit(), spec, { visit: slot => expandSlot(slot, replacer) })
      })
    }
  }
}

function expandSlot(slot: Slot, replacer: Replacer): void {
  const value = slot.get() ?? null
  const text = slot.place === undefined ? undefined : textIn(slot.place.container, slot.place.key)
  if (text !== undefined) slot.set(expand(text, replacer))
  else if (isMap(value)) expandMap(value, replacer)
  else if (Array.isArray(value)) expandList(value, replacer)
}

/** The text of an entry that is text, or that has no type of its own: it is text from here on. */
function textIn(container: MutableMap | MutableList, key: string | number): string | undefined {
  const value = (container as MutableMap)[key]
  if (typeof value === 'string') return value
  return spellingOf(container, key)?.style === 'untyped' ? textAt(container, key) : undefined
}

function valueOf(resources: readonly BuildResource[], { name, fieldPath, at }: Variable): MutableValue {
  const source = resources.find(resource => resource.memory.variables.includes(name))
  if (source === undefined) {
    return refuse(code, `var "${name}" cannot be mapped to a field in the set of known resources`, {
      at,
      help: 'Correct "objref", or remove the variable.',
    })
  }
  try {
    const found = lookup(source.object as MutableMap, splitFieldPath(fieldPath).flatMap(splitIndex))
    if (found !== undefined) return found
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error
  }
  return refuse(code, `field "${fieldPath}" specified in var "${name}" not found in ${source.kind} ${source.name}`, {
    at,
    help: 'Correct "fieldref.fieldPath".',
  })
}

/** `ports[0]` is `ports` and `0`. */
function splitIndex(token: string): readonly string[] {
  const [, name = '', index] = /^(.*)\[(\d+)\]$/.exec(token) ?? []
  if (index === undefined) return [token]
  return name === '' ? [index] : [name, index]
}

function expandMap(map: MutableMap, replacer: Replacer): void {
  for (const key of Object.keys(map)) {
    const text = textIn(map, key)
    if (text !== undefined) map[key] = expand(text, replacer)
  }
}

function expandList(list: MutableList, replacer: Replacer): void {
  for (const index of list.keys()) {
    const text = textIn(list, index)
    if (text === undefined) return refuse(code, 'a list that variables may stand in holds something that is not text')
    list[index] = expand(text, replacer)
  }
}

/** Replaces `$(NAME)`; `$$` escapes. A text that is nothing but a variable takes its type. */
function expand(text: string, replacer: Replacer): MutableValue {
  if (!text.includes('$')) return text
  let result = ''
  let rest = 0
  for (let at = text.indexOf('$'); at >= 0 && at + 1 < text.length; at = text.indexOf('$', rest)) {
    result += text.slice(rest, at)
    const next = text[at + 1] ?? ''
    const close = next === '(' ? text.indexOf(')', at + 2) : -1
    if (close >= 0) {
      const name = text.slice(at + 2, close)
      const value = primitive(replacer(name))
      if (at === 0 && close === text.length - 1) return value ?? text
      result += value === undefined ? `$(${name})` : String(value)
      rest = close + 1
    } else {
      result += next === '$' ? '$' : `$${next}`
      rest = at + 2
    }
  }
  return result + text.slice(rest)
}

function primitive(value: MutableValue | undefined): string | number | boolean | bigint | undefined {
  return value === null || isMap(value) || isList(value) ? undefined : value
}
