// Replacement targets that lie inside text which is itself YAML or JSON.
// Follows setValueInStructuredData in api/filters/replacement/replacement.go.

import { parseYaml } from '../../manifest/parse-yaml.ts'
import { isList, isMap } from '../../manifest/value.ts'
import { readWritten } from '../../manifest/yaml/written-text.ts'
import { cloneValue, scalarText, type MutableMap, type MutableValue } from '../../merge/mutable.ts'
import { BuildFault, refuse } from '../build-fault.ts'
import type { Slot } from '../field-spec.ts'
import { goJson } from '../go-json.ts'
import { plainScalar } from '../untyped-text.ts'
import { lookupSlot, matchPath, type Creation } from './field-path.ts'

/** Writes the value where the path leads into structured text; false when it does not. */
export function setInText(
  object: MutableMap,
  tokens: readonly string[],
  value: MutableValue,
  text: string,
  creation: Creation,
): boolean {
  const found = structuredText(object, tokens)
  if (found === undefined) return false
  const holder: { value: MutableValue } = { value: found.data }
  const root: Slot = { get: () => holder.value, set: next => void (holder.value = next) }
  const slots = tryMatch(root, found.rest, creation)
  if (slots.length === 0) return false
  const edited = /^\s*[[{]/.test(found.text)
    ? editJson(holder, slots, { value, text, original: found.text })
    : editYaml(holder, slots, { value, text, original: found.text })
  if (edited === undefined) {
    refuse('kustomize/replacement', `"${tokens.join('.')}" lies inside a text that only kustomize itself can write`, {
      help: 'Simplify the text: no anchors, tags or comments in odd places, and plain values where a plain value is written.',
    })
  }
  found.slot.set(edited)
  return true
}

interface Edit {
  readonly value: MutableValue
  readonly text: string
  readonly original: string
}

type Holder = { readonly value: MutableValue }

function isContainer(value: MutableValue): boolean {
  return isMap(value) || isList(value)
}

function editJson(holder: Holder, slots: readonly Slot[], { value, text, original }: Edit): string | undefined {
  for (const slot of slots) {
    const old = slot.get() ?? null
    if (isContainer(value) && !isContainer(old)) return undefined
    if (isContainer(old)) slot.set(cloneValue(value))
    else slot.set(typeof old === 'string' ? text : plainScalar(text))
  }
  const pretty = original.includes('\n') && original.includes('  ')
  return goJson(holder.value, pretty ? 'indented' : 'compact')
}

function editYaml(holder: Holder, slots: readonly Slot[], { value, text, original }: Edit): string | undefined {
  if (isContainer(value)) return undefined
  const written = readWritten(original)
  for (const { get, place } of slots) {
    if (place === undefined || isContainer(get() ?? null)) return undefined
    written.overwrite(place.container, place.key, text)
  }
  return written.print(holder.value)
}

function tryMatch(root: Slot, tokens: readonly string[], creation: Creation): readonly Slot[] {
  try {
    return matchPath(root, tokens, creation)
  } catch (error) {
    if (error instanceof BuildFault) return []
    throw error
  }
}

/** The first scalar on the path that parses, with what is left of the path. */
function structuredText(
  object: MutableMap,
  tokens: readonly string[],
): { slot: Slot; text: string; data: MutableValue; rest: readonly string[] } | undefined {
  for (let length = 1; length < tokens.length; length++) {
    const slot = trySlot(object, tokens.slice(0, length))
    const value = slot?.get() ?? null
    if (slot === undefined || value === null || isContainer(value)) continue
    const text = scalarText(value)
    const { value: documents, diagnostics } = parseYaml(text, '')
    const [first] = documents
    if (diagnostics.length > 0 || first === undefined) continue
    return { slot, text, data: cloneValue(first.value), rest: tokens.slice(length) }
  }
  return undefined
}

function trySlot(object: MutableMap, tokens: readonly string[]): Slot | undefined {
  try {
    return lookupSlot(object, tokens)
  } catch (error) {
    if (error instanceof BuildFault) return undefined
    throw error
  }
}
