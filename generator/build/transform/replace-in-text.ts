// Replacement targets that lie inside text which is itself YAML or JSON.
// Follows setValueInStructuredData in api/filters/replacement/replacement.go.

import { parseYaml } from '../../manifest/parse-yaml.ts'
import { isList, isMap } from '../../manifest/value.ts'
import { printYaml } from '../../manifest/print-yaml.ts'
import { cloneValue, scalarText, type MutableMap, type MutableValue } from '../../merge/mutable.ts'
import { BuildFault } from '../build-fault.ts'
import type { Slot } from '../field-spec.ts'
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
  for (const slot of slots) {
    const old = slot.get() ?? null
    if (isMap(old) || isList(old)) slot.set(cloneValue(value))
    else slot.set(typeof old === 'string' ? text : plainScalar(text))
  }
  found.slot.set(serialize(holder.value, found.text))
  return true
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
    if (slot === undefined || value === null || isMap(value) || isList(value)) continue
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

function serialize(value: MutableValue, original: string): string {
  if (!/^\s*[[{]/.test(original)) return printYaml(value).trim()
  const pretty = original.includes('\n') && original.includes('  ')
  return JSON.stringify(sorted(value), undefined, pretty ? 2 : undefined)
}

function sorted(value: MutableValue): unknown {
  if (isList(value)) return (value as readonly MutableValue[]).map(sorted)
  if (!isMap(value)) return value
  const map = value as MutableMap
  return Object.fromEntries(
    Object.keys(map)
      .toSorted()
      .map(key => [key, sorted(map[key] ?? null)]),
  )
}
