// JSON Patch (RFC 6902) applied to a document, with the freedoms kustomize's library takes: negative indices count from the end,
// `replace` adds a key that is missing, a `test` of a missing key holds against null, what stands before the first `/` is ignored.
// https://www.rfc-editor.org/rfc/rfc6902; behaviour: evanphx/json-patch v4, which kustomize 5.8 uses.

import { isMap, type YamlValue } from '../manifest/value.ts'
import { sameData } from './same-data.ts'
import { cloneValue, type MutableList, type MutableMap, type MutableValue } from './mutable.ts'

export type JsonOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: YamlValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string }

/** Why an operation cannot be applied; `index` counts from 0. */
export interface JsonPatchProblem {
  readonly index: number
  readonly message: string
}

class Refusal extends Error {}

/**
 * Applies the operations in order to the document, in place; stops at the first that cannot be applied.
 * @returns the document (a new one when an operation replaces the whole of it) or the problem
 */
export function applyJsonPatch(
  document: MutableValue,
  operations: readonly JsonOperation[],
): { readonly value: MutableValue } | JsonPatchProblem {
  const holder: { value: MutableValue } = { value: document }
  for (const [index, operation] of operations.entries()) {
    try {
      applyOperation(holder, operation)
    } catch (error) {
      if (error instanceof Refusal) return { index, message: error.message }
      throw error
    }
  }
  return holder
}

function applyOperation(holder: { value: MutableValue }, operation: JsonOperation): void {
  switch (operation.op) {
    case 'add':
      return add(holder, operation.path, cloneValue(operation.value))
    case 'remove':
      return void remove(holder, operation.path)
    case 'replace':
      return replace(holder, operation.path, cloneValue(operation.value))
    case 'test':
      return test(holder, operation.path, operation.value)
    case 'move':
      return add(holder, operation.path, remove(holder, operation.from))
    case 'copy':
      return add(holder, operation.path, cloneValue(read(holder, operation.from)))
  }
}

type Container = MutableMap | MutableList

function parent(holder: { value: MutableValue }, path: string): { container: Container; key: string } {
  const tokens = path.split('/')
  if (tokens.length < 2) throw new Refusal(`"${path}" leads nowhere inside the object`)
  let container: MutableValue = holder.value
  for (const token of tokens.slice(1, -1)) container = step(container, unescape(token), path)
  if (!isContainer(container)) throw new Refusal(`"${path}" has no parent in the object`)
  return { container, key: unescape(tokens.at(-1) ?? '') }
}

function step(container: MutableValue, token: string, path: string): MutableValue {
  const next: MutableValue | undefined = Array.isArray(container)
    ? container[existingIndex(container, token, path)]
    : isMap(container)
      ? container[token]
      : undefined
  if (!isContainer(next)) throw new Refusal(`"${path}" has no parent in the object`)
  return next
}

function add(holder: { value: MutableValue }, path: string, value: MutableValue): void {
  const { container, key } = parent(holder, path)
  if (!Array.isArray(container)) {
    container[key] = value
    return
  }
  if (key === '-') {
    container.push(value)
    return
  }
  const index = integer(key, path)
  const at = index < 0 ? container.length + 1 + index : index
  if (at < 0 || at > container.length) throw new Refusal(`index "${key}" of "${path}" is outside the list`)
  container.splice(at, 0, value)
}

function remove(holder: { value: MutableValue }, path: string): MutableValue {
  const { container, key } = parent(holder, path)
  if (Array.isArray(container)) {
    const [removed = null] = container.splice(existingIndex(container, key, path), 1)
    return removed
  }
  if (!Object.hasOwn(container, key)) throw new Refusal(`"${path}" is not in the object`)
  const removed = container[key] ?? null
  delete container[key]
  return removed
}

function replace(holder: { value: MutableValue }, path: string, value: MutableValue): void {
  if (path === '') {
    holder.value = value
    return
  }
  const { container, key } = parent(holder, path)
  if (Array.isArray(container)) container[existingIndex(container, key, path)] = value
  else container[key] = value
}

function read(holder: { value: MutableValue }, path: string): MutableValue {
  if (path === '') return holder.value
  const { container, key } = parent(holder, path)
  if (Array.isArray(container)) return container[existingIndex(container, key, path)] ?? null
  return container[key] ?? null
}

function test(holder: { value: MutableValue }, path: string, expected: YamlValue): void {
  if (!sameData(read(holder, path), expected)) throw new Refusal(`the value at "${path}" is not the one tested for`)
}

function existingIndex(list: MutableList, token: string, path: string): number {
  const index = integer(token, path)
  const at = index < 0 ? list.length + index : index
  if (at < 0 || at >= list.length) throw new Refusal(`index "${token}" of "${path}" is outside the list`)
  return at
}

function integer(token: string, path: string): number {
  if (!/^[-+]?\d+$/.test(token)) throw new Refusal(`"${token}" in "${path}" is not an index of a list`)
  return Number(token)
}

function isContainer(value: MutableValue | undefined): value is Container {
  return isMap(value) || Array.isArray(value)
}

function unescape(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}
