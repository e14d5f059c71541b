// The `$patch` directive of strategic merge patches: read, and taken out of the patch.
// Behaviour: kyaml/yaml/merge2/smpdirective.go.

import { isMap } from '../manifest/value.ts'
import { setElement } from './merge-keyed-list.ts'
import { MergeRefusal } from './merge-refusal.ts'
import { scalarText, type MutableList, type MutableMap } from './mutable.ts'

export type MergeDirective = 'merge' | 'replace' | 'delete'

/** The key of a directive. */
export const directiveKey = '$patch'

/** The directive of a map. `lenient` leaves an unknown one where it is, as kustomize does where there is nothing to merge with. */
export function takeMapDirective(patch: MutableMap, mode: 'strict' | 'lenient'): MergeDirective {
  if (!Object.hasOwn(patch, directiveKey)) return 'merge'
  const directive = directiveNamed(scalarText(patch[directiveKey]))
  if (directive === undefined) {
    if (mode === 'lenient') return 'merge'
    throw new MergeRefusal(
      `unknown patch directive "${scalarText(patch[directiveKey])}", allowed: delete, merge, replace`,
    )
  }
  delete patch[directiveKey]
  return directive
}

/** The directive of a list: an element of its own with nothing but `$patch`. */
export function takeListDirective(patch: MutableList): MergeDirective {
  const marker = patch.find((element): element is MutableMap => isMap(element) && Object.hasOwn(element, directiveKey))
  if (marker === undefined || Object.keys(marker).length > 1) return 'merge'
  const text = scalarText(marker[directiveKey])
  const directive = directiveNamed(text)
  if (directive === undefined) {
    throw new MergeRefusal(`unknown patch directive "${text}", allowed: delete, merge, replace`)
  }
  setElement(patch, undefined, [directiveKey], [text])
  return directive
}

function directiveNamed(text: string): MergeDirective | undefined {
  return text === 'merge' || text === 'replace' || text === 'delete' ? text : undefined
}
