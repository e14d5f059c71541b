// ValueAddTransformer: one text put into fields of many objects, as a whole or as a part of a path.
// Follows api/internal/builtins/ValueAddTransformer.go and api/filters/valueadd/valueadd.go.

import type { SourceLocation } from '../../diagnostics/diagnostic.ts'
import { isList, isMap } from '../../manifest/value.ts'
import { newMap, type MutableMap } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { placedSlot, splitPath } from '../field-spec.ts'
import type { SelectorArgs } from '../kustomization-file.ts'
import type { ResourceList } from '../resource-list.ts'
import { selectorFields } from '../selector-fields.ts'
import { compileSelector } from '../selector.ts'
import { setUntyped, slotText } from '../untyped-text.ts'
import { setNamespaceOf } from './set-namespace.ts'

export interface ValueTarget {
  readonly selector?: SelectorArgs
  readonly fieldPath?: string
  readonly filePathPosition?: number
}

const code = 'kustomize/plugin'

export function addValue(
  value: string,
  targets: readonly ValueTarget[],
  at: SourceLocation,
): (resources: ResourceList) => void {
  if (targets.length === 0) refuse(code, 'must specify at least one target', { at, help: 'Add "targets".' })
  for (const { fieldPath = '', filePathPosition = 0 } of targets) {
    if (fieldPath === '') refuse(code, 'fieldPath cannot be empty', { at, help: 'Add "fieldPath" to every target.' })
    if (filePathPosition < 0) refuse(code, `value of FilePathPosition (${filePathPosition}) cannot be negative`, { at })
  }
  return resources => {
    for (const target of targets) addTo(resources, value, target)
    resources.identitiesChanged()
  }
}

function addTo(
  resources: ResourceList,
  value: string,
  { selector, fieldPath = '', filePathPosition = 0 }: ValueTarget,
): void {
  const selected = selector === undefined ? resources.all : resources.select(compileSelector(selectorFields(selector)))
  for (const resource of selected) {
    if (fieldPath === 'metadata/namespace') setNamespaceOf(resource, { namespace: value, fieldSpecs: [] })
    else setField(resource.edit(), splitPath(fieldPath, '/'), value, filePathPosition)
  }
}

function setField(object: MutableMap, path: readonly string[], value: string, position: number): void {
  let map = object
  for (const key of path.slice(0, -1)) {
    const next = map[key] ?? newMap()
    if (!isMap(next)) return refuse(code, `"${key}" is not a map`)
    map[key] = next
    map = next as MutableMap
  }
  const key = path.at(-1) ?? ''
  const old = map[key] ?? null
  if (isMap(old) || isList(old)) refuse(code, `"${path.join('/')}" holds a map or list, only text can be set`)
  const slot = placedSlot(map, key)
  setUntyped(slot, position > 0 ? insertPart(slotText(slot), position - 1, value) : value)
}

/** Puts a part into a file path; an absolute path stays one. */
function insertPart(path: string, position: number, part: string): string {
  const parts = path.split('/').filter(text => text !== '')
  parts.splice(Math.min(position, parts.length), 0, part)
  return (path.startsWith('/') ? '/' : '') + clean(parts.join('/'))
}

/** The shortest path that says the same (Go's path/filepath: Clean). */
function clean(path: string): string {
  const absolute = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/').filter(text => text !== '' && text !== '.')) {
    const leadsUp = part === '..' && (absolute || (kept.length > 0 && kept.at(-1) !== '..'))
    if (leadsUp) kept.pop()
    else kept.push(part)
  }
  return (absolute ? '/' : '') + kept.join('/') || '.'
}
