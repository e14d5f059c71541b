// What a patch did to an object, where that is rarely what its writer meant: nothing at all, an element added beside one of almost the
// same name, elements of a list lost.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { describeResource } from '../../manifest/resource.ts'
import { isList, isMap, type YamlList, type YamlValue } from '../../manifest/value.ts'
import { sameData } from '../../merge/same-data.ts'
import { scalarText } from '../../merge/mutable.ts'
import { checkReplacedList, lostFields } from './check-replaced-list.ts'
import { isNearName, isTypingError } from './near-name.ts'
import { nameOf, placeOf, type PatchEffect } from './patch-effect.ts'

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
    ...checkReplacedList(effect, patch, before, after, path),
    ...patch.flatMap((element, index) => strayElement(effect, element, before, after, [...path, index])),
    ...patch.flatMap((element, index) => {
      const name = nameOf(element)
      if (name === undefined) return []
      const [was, now] = [before, after].map(list => list.find(other => nameOf(other) === name))
      return lostFields(element, was, now).length > 0 ? [] : checkValue(effect, element, was, now, [...path, index])
    }),
  ]
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
  const near = before.flatMap(other => nameOf(other) ?? []).filter(other => isNearName(name, other))
  const slip = near.find(other => isTypingError(name, other) && after.some(kept => nameOf(kept) === other))
  const meant = slip ?? near[0]
  const lacksImage = /^(?:initC|c)ontainers$/.test(list) && isMap(added) && added['image'] === undefined
  if (!lacksImage && slip === undefined) return []
  return [
    {
      code: 'kustomize/stray-list-element',
      severity: lacksImage ? 'error' : 'warning',
      message:
        `the patch adds "${name}" to "${list}" of ${describeResource(effect.resource)}` +
        (meant === undefined ? ', without an image' : `, did you mean "${meant}"?`),
      at: placeOf(effect, path),
      resource: effect.resource,
      help: 'Give the element the name of the one it should change.',
    },
  ]
}
