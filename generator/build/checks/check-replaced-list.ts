// What a list lost because a patch replaced it: lists without a merge key are not merged, nor is any list of most custom resources.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { describeResource } from '../../manifest/resource.ts'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { sameData } from '../../merge/same-data.ts'
import { nameOf, placeOf, type PatchEffect } from './patch-effect.ts'

/** Elements that are gone, and fields of elements that the patch only meant to change. */
export function checkReplacedList(
  effect: PatchEffect,
  patch: YamlList,
  before: YamlList,
  after: YamlList,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  return [...lostElements(effect, before, after, path), ...emptiedElements(effect, patch, before, after, path)]
}

/** Fields that an element had, has no more, and that the patch does not take away by name. */
export function lostFields(
  patch: YamlValue | undefined,
  before: YamlValue | undefined,
  after: YamlValue | undefined,
): readonly string[] {
  if (!isMap(patch) || !isMap(before) || !isMap(after) || Object.hasOwn(patch, '$retainKeys')) return []
  return Object.keys(before).filter(field => !Object.hasOwn(after, field) && !Object.hasOwn(patch, field))
}

function emptiedElements(
  effect: PatchEffect,
  patch: YamlList,
  before: YamlList,
  after: YamlList,
  path: readonly (string | number)[],
): readonly Diagnostic[] {
  return patch.flatMap((element, index) => {
    const name = nameOf(element)
    if (name === undefined) return []
    const [was, now] = [before, after].map(list => list.find(other => nameOf(other) === name))
    const fields = lostFields(element, was, now)
    if (fields.length === 0) return []
    return [
      {
        code: 'kustomize/list-replaced',
        severity: fields.includes('image') ? 'error' : 'warning',
        message: `the patch replaces the list "${path.join('.')}" of ${describeResource(effect.resource)}, where "${name}" loses ${fields.join(', ')}`,
        at: placeOf(effect, [...path, index]),
        resource: effect.resource,
        help: 'Repeat the whole element, use a JSON patch, or tell kustomize the merge key with "openapi".',
      } as const,
    ]
  })
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
      at: placeOf(effect, path),
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
  if (nameOf(element) !== undefined && nameOf(element) === nameOf(other)) return true
  return isMap(other) && identifying.some(key => element[key] !== undefined && sameData(element[key], other[key]))
}
