// Paths of replacements and variables: `spec.containers.[name=web].image`, `metadata.annotations.[example.com/key]`, `ports.0`.
// Follows kyaml/utils/pathsplitter.go, kyaml/yaml/fns.go (PathGetter) and kyaml/yaml/match.go (PathMatcher).

import { isMap } from '../../manifest/value.ts'
import { noteSpelling } from '../../manifest/yaml/spelling.ts'
import {
  newMap,
  scalarText,
  textAt,
  type MutableList,
  type MutableMap,
  type MutableValue,
} from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { placedSlot, splitPath, type Slot } from '../field-spec.ts'
import { requireTextKey } from '../new-key.ts'
import { compileExpression } from '../selector.ts'
import { plainScalar } from '../untyped-text.ts'

const code = 'kustomize/field-path'

/** Splits at dots, except inside brackets; brackets without `=` only quote a key. */
export function splitFieldPath(path: string): readonly string[] {
  const parts = splitPath(path, '.')
  const tokens: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? ''
    if (!part.startsWith('[') || part.endsWith(']')) {
      tokens.push(part)
      continue
    }
    const bracketed = [part]
    while (index < parts.length - 1) {
      index++
      bracketed.push(parts[index] ?? '')
      if (bracketed.at(-1)?.endsWith(']') === true) break
    }
    const joined = bracketed.join('.')
    tokens.push(joined.includes('=') ? joined : joined.replaceAll(/^[[\]]+|[[\]]+$/g, ''))
  }
  return tokens
}

/** The value at a path, as kustomize looks it up: the first element that matches, undefined where the path ends early. */
export function lookup(value: MutableValue | undefined, tokens: readonly string[]): MutableValue | undefined {
  return lookupSlot(value, tokens)?.get()
}

/** The same, as a place that can be written; undefined where the path ends early. */
export function lookupSlot(value: MutableValue | undefined, tokens: readonly string[]): Slot | undefined {
  let slot: Slot = { get: () => value, set: () => undefined }
  for (const token of tokens.map(text => text.trim()).filter(text => text !== '')) {
    const next = step(slot.get() ?? null, token)
    if (next === undefined) return undefined
    slot = next
  }
  return slot
}

function step(value: MutableValue, token: string): Slot | undefined {
  if (value === null) return undefined
  if (/^[-+]?\d+$/.test(token) || token === '-') return stepToIndex(value, token)
  if (token === '*') return refuse(code, 'a wildcard is not supported in the path of a source')
  if (isElementToken(token)) return stepToElement(value, token)
  if (!isMap(value)) return refuse(code, `"${token}" is looked for in something that is not a map`)
  return Object.hasOwn(value, token) ? placedSlot(value, token) : undefined
}

function stepToIndex(value: MutableValue, token: string): Slot | undefined {
  if (!Array.isArray(value)) return refuse(code, `"${token}" is looked for in something that is not a list`)
  const index = token === '-' ? value.length - 1 : Number(token)
  if (index < 0 && token !== '-') refuse(code, `list index ${token} cannot be negative`)
  return index >= 0 && index < value.length ? placedSlot(value, index) : undefined
}

function stepToElement(value: MutableValue, token: string): Slot | undefined {
  if (!Array.isArray(value)) return refuse(code, `"${token}" is looked for in something that is not a list`)
  const [name, wanted] = splitElementToken(token)
  const index = value.findIndex(element =>
    name === ''
      ? scalarText(element) === wanted
      : isMap(element) && Object.hasOwn(element, name) && textAt(element, name) === wanted,
  )
  return index < 0 ? undefined : placedSlot(value, index)
}

/** What kind of value to create where a path ends early; nothing is created where absent. */
export type Creation = 'scalar' | 'map' | 'list' | undefined

/** Every place a path leads to: elements are matched by regular expression, `*` is every element. */
export function matchPath(start: Slot, tokens: readonly string[], creation: Creation): readonly Slot[] {
  const [token, ...rest] = tokens
  if (token === undefined) return [start]
  const value = start.get() ?? withinNull(start, token, creation)
  if (isIndexToken(token)) return matchIndex(value, token, rest, creation)
  if (isElementToken(token)) return matchElements(value, token, rest, creation)
  if (token === '*')
    return listOf(value).flatMap((_, index) => matchPath(placedSlot(listOf(value), index), rest, creation))
  return matchField(value, token, rest, creation)
}

/** What is created inside a null: a written one takes everything and stays null, one left blank is neither map nor list. */
function withinNull(start: Slot, token: string, creation: Creation): MutableValue {
  if (creation === undefined || start.get() === undefined) return null
  return isElementToken(token) || isIndexToken(token) ? [] : newMap()
}

function matchField(map: MutableValue, token: string, rest: readonly string[], creation: Creation): readonly Slot[] {
  if (map === null && creation === undefined) return []
  if (!isMap(map)) return refuse(code, `"${token}" is looked for in something that is not a map`)
  if (!Object.hasOwn(map, token)) {
    if (creation === undefined) return []
    requireTextKey(token)
    place(map, token, created(rest[0], creation))
  }
  return matchPath(placedSlot(map, token), rest, creation)
}

function matchIndex(value: MutableValue, token: string, rest: readonly string[], creation: Creation): readonly Slot[] {
  const list = listOf(value)
  const index = Number(token)
  if (list.length === index && creation !== undefined) place(list, index, created(rest[0], creation))
  if (index >= list.length) refuse(code, `index ${index} specified but only ${list.length} elements found`)
  return matchPath(placedSlot(list, index), rest, creation)
}

function matchElements(
  value: MutableValue,
  token: string,
  rest: readonly string[],
  creation: Creation,
): readonly Slot[] {
  const list = listOf(value)
  const [name, pattern] = splitElementToken(token)
  const expression = compileExpression(pattern, pattern)
  const search = (): readonly Slot[] =>
    list.flatMap((element, index) => {
      if (name === '') return expression(scalarText(element)) ? [placedSlot(list, index)] : []
      if (!isMap(element) || !Object.hasOwn(element, name) || !expression(textAt(element, name))) return []
      return matchPath(placedSlot(list, index), rest, creation)
    })
  const found = search()
  if (found.length > 0 || creation === undefined) return found
  addElement(list, name, pattern)
  return search()
}

/** What the element is found by has no type of its own: it may be written over at once. */
function addElement(list: MutableList, name: string, text: string): void {
  const value = plainScalar(text)
  const container = name === '' ? list : newMap()
  const key = name === '' ? list.length : name
  placedSlot(container, key).set(value)
  noteSpelling(container, key, { value, text, style: 'untyped' })
  if (!Array.isArray(container)) list.push(container)
}

/** A new field; a scalar takes the type of what is written into it. */
function place(container: MutableMap | MutableList, key: string | number, value: MutableValue): void {
  placedSlot(container, key).set(value)
  if (value === null) noteSpelling(container, key, { value: null, text: '', style: 'untyped' })
}

function created(next: string | undefined, creation: Creation): MutableValue {
  if (next !== undefined) return isElementToken(next) || isIndexToken(next) ? [] : newMap()
  if (creation === 'list') return []
  return creation === 'map' ? newMap() : null
}

function listOf(value: MutableValue): MutableList {
  if (Array.isArray(value)) return value
  return refuse(code, 'an element is looked for in something that is not a list')
}

function isElementToken(token: string): boolean {
  return token.startsWith('[') && token.endsWith(']')
}

function isIndexToken(token: string): boolean {
  return /^\+?\d+$/.test(token)
}

function splitElementToken(token: string): readonly [name: string, value: string] {
  const inner = token.slice(1, -1)
  const equals = inner.indexOf('=')
  if (equals < 0)
    return refuse(code, `list path element "${token}" must contain fieldName=fieldValue for element to match`)
  return [inner.slice(0, equals), inner.slice(equals + 1)]
}
