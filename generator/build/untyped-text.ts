// Text that transformers write: it has no type of its own. A prefix `1` before the name `2` makes the number 12, unless the name stands
// in quotes, which stay around it.
// Follows kyaml/yaml/fns.go (FieldSetter) and api/filters/filtersutil/setters.go (SetScalar).

import { resolvePlain } from '../manifest/yaml/scalar-rules.ts'
import { isQuoted, noteSpelling, writeQuoted } from '../manifest/yaml/spelling.ts'
import { scalarText, textAt } from '../merge/mutable.ts'
import { refuse } from './build-fault.ts'
import type { Slot } from './field-spec.ts'
import type { Scalar } from '../manifest/value.ts'

/** The text at a place, as its file or an earlier step has written it. */
export function slotText({ get, place }: Slot): string {
  return place === undefined ? scalarText(get()) : textAt(place.container, place.key)
}

/** What a text means when it stands without quotes. */
export function plainScalar(text: string): Scalar {
  const value = resolvePlain(text, 'go-yaml-3')
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  return refuse('kustomize/field-path', `"${text}" is a number that JSON cannot hold`, {
    help: 'Write a finite number.',
  })
}

/**
 * Writes a text without a type.
 * @param remember whether a later step may write something else over it, which then takes its own type
 */
export function setUntyped(slot: Slot, text: string, remember?: 'remember'): void {
  const { place } = slot
  if (place !== undefined && isQuoted(place.container, place.key)) {
    setQuoted(slot, text)
    return
  }
  setPlain(slot, text)
  if (remember !== undefined && place !== undefined && slot.get() === text)
    noteSpelling(place.container, place.key, { value: text, text, style: 'untyped' })
}

/** Writes a number; between quotes it is text. */
export function setWholeNumber(slot: Slot, count: number): void {
  const { place } = slot
  if (place !== undefined && isQuoted(place.container, place.key)) {
    setQuoted(slot, String(count))
    return
  }
  slot.set(count)
  if (place !== undefined)
    noteSpelling(place.container, place.key, { value: count, text: String(count), style: 'plain' })
}

/** Writes a text between the quotes that stand there. */
function setQuoted({ set, place }: Slot, text: string): void {
  if (place === undefined) set(text)
  else writeQuoted({ ...place, set }, text)
}

/** Writes what a text means without quotes, and remembers that it has no type. */
export function setPlain(slot: Slot, text: string, untyped = true): void {
  const value = plainScalar(text)
  slot.set(value)
  const { place } = slot
  if (place !== undefined && value !== text)
    noteSpelling(place.container, place.key, { value, text, style: untyped ? 'untyped' : 'plain' })
}
