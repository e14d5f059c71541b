// What a patch did to an object, where that is rarely what its writer meant: nothing at all, an element added beside one of almost the
// same name, elements of a list lost.

import type { Diagnostic, ResourceReference, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { child } from '../../manifest/pointer.ts'
import { describeResource } from '../../manifest/resource.ts'
import { asList, isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { sameData } from '../../merge/same-data.ts'
import { scalarText } from '../../merge/mutable.ts'
import { isNearName, isTypingError } from './near-name.ts'

export interface PatchEffect {
  readonly before: YamlMap
  /** Absent where the patch removed the object. */
  readonly after?: YamlMap
  readonly resource: ResourceReference
  readonly at: SourceLocation
  /** The patch, when it is a strategic merge. */
  readonly patch?: YamlMap
  /** The patch is text inside a field: places within it cannot be pointed at. */
  readonly inline?: boolean
}

/** Findings about one patch and the objects it was applied to. One that has work to do in any of them is not idle. */
export function checkPatches(effects: readonly PatchEffect[]): readonly Diagnostic[] {
  const [first] = effects
  if (first !== undefined && effects.every(({ before, after }) => sameData(before, after))) {
    const others =
      effects.length === 1 ? '' : ` and ${String(effects.length - 1)} other${effects.length === 2 ? '' : 's'}`
    return [
      {
        code: 'kustomize/patch-without-effect',
        severity: 'warning',
        message: `the patch changes nothing in ${describeResource(first.resource)}${others}`,
        at: first.at,
        resource: first.resource,
        help: 'Remove the patch, or correct what it should change.',
      },
    ]
  }
  return effects.flatMap(effect => checkValue(effect, effect.patch, effect.before, effect.after, []))
}

function checkValue(
  effect: PatchEffect,
  patch: YamlValue | undefined,
  before: YamlValue | undefined,
  after: YamlValue | undefined,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  if (isList(patch)) {
    return isList(before) && isList(after) ? checkList(effect, patch, before, after, path) : []
  }
  if (!isMap(patch) || !isMap(before) || !isMap(after)) return []
  return Object.keys(patch).flatMap(key => checkValue(effect, patch[key], before[key], after[key], [...path, key]))
}

function checkList(
  effect: PatchEffect,
  patch: YamlList,
  before: YamlList,
  after: YamlList,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  if (patch.some(element => isMap(element) && Object.hasOwn(element, '$patch'))) return []
  return [
    ...lostElements(effect, before, after, path),
    ...patch.flatMap((element, index) => strayElement(effect, element, before, after, [...path, index])),
    ...patch.flatMap((element, index) => {
      const name = nameOf(element)
      if (name === undefined) return []
      const find = (list: YamlList): YamlValue | undefined => list.find(other => nameOf(other) === name)
      return checkValue(effect, element, find(before), find(after), [...path, index])
    }),
  ]
}

function nameOf(element: YamlValue | undefined): string | undefined {
  return isMap(element) && element['name'] !== undefined ? scalarText(element['name']) : undefined
}

/** Elements of the object's list that are not in the result: the list has no merge key, so the patch replaced it as a whole. */
function lostElements(
  effect: PatchEffect,
  before: YamlList,
  after: YamlList,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  const lost = before.filter(
    element => isMap(element) && !after.some(other => sameData(other, element) || sharesKey(element, other)),
  )
  if (lost.length === 0) return []
  const field = path.join('.')
  const names = lost.map((element, index) => `"${nameOf(element) ?? `element ${String(index + 1)}`}"`).join(', ')
  return [
    {
      code: 'kustomize/list-replaced',
      severity: path.includes('volumeClaimTemplates') ? 'error' : isRewritten(lost, before, after) ? 'info' : 'warning',
      message: `the patch replaces the list "${field}" of ${describeResource(effect.resource)}, which loses ${names}`,
      at: place(effect, path),
      resource: effect.resource,
      help: 'Repeat the elements to keep in the patch, or use a JSON patch that adds to the list.',
    },
  ]
}

/** As many elements as before, each of the form of the one it replaces: hosts of another environment, not elements forgotten. */
function isRewritten(lost: readonly YamlValue[], before: YamlList, after: YamlList): boolean {
  if (after.length < before.length) return false
  return lost.every(element => {
    const now = after[before.indexOf(element)]
    if (!isMap(element) || !isMap(now) || !sameKeys(element, now)) return false
    return Object.keys(element).some(key => /^hosts?$/.test(key) || isSameBody(element[key], now[key]))
  })
}

function sameKeys(one: YamlMap, other: YamlMap): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every(key => Object.hasOwn(other, key))
}

function isSameBody(one: YamlValue | undefined, other: YamlValue | undefined): boolean {
  return (isMap(one) || isList(one)) && sameData(one, other)
}

const identifying = [
  'name',
  'key',
  'secretKey',
  'id',
  'host',
  'hosts',
  'containerPort',
  'port',
  'mountPath',
  'ip',
  'topologyKey',
  'uid',
  'type',
  'kind',
]

function sharesKey(element: YamlMap, other: YamlValue): boolean {
  return isMap(other) && identifying.some(key => element[key] !== undefined && sameData(element[key], other[key]))
}

/** An element the patch added although one of almost the same name was there. */
function strayElement(
  effect: PatchEffect,
  element: YamlValue,
  before: YamlList,
  after: YamlList,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  const name = nameOf(element)
  if (name === undefined || before.some(other => nameOf(other) === name)) return []
  const list = scalarText(path.at(-2))
  const added = after.find(other => nameOf(other) === name)
  const near = before.map(nameOf).find(other => other !== undefined && isNearName(name, other))
  const lacksImage = /^(?:initC|c)ontainers$/.test(list) && isMap(added) && added['image'] === undefined
  const kept = near !== undefined && isTypingError(name, near) && asList(after).some(other => nameOf(other) === near)
  if (!lacksImage && !kept) return []
  return [
    {
      code: 'kustomize/stray-list-element',
      severity: lacksImage ? 'error' : 'warning',
      message:
        `the patch adds "${name}" to "${list}" of ${describeResource(effect.resource)}` +
        (near === undefined ? ', without an image' : `, did you mean "${near}"?`),
      at: place(effect, path),
      resource: effect.resource,
      help: 'Give the element the name of the one it should change.',
    },
  ]
}

function place({ at, inline }: PatchEffect, path: readonly (string | number)[]): SourceLocation {
  return inline === true ? at : { ...at, pointer: child(at.pointer, ...path) }
}
