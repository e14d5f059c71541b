// Where in its source a field of a built object stands: in the file it was read from, in a patch, in the kustomization's own field.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { child, pointer, pointerTokens } from '../manifest/pointer.ts'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../manifest/value.ts'
import type { JsonOperation } from '../merge/json-patch.ts'
import { sameData } from '../merge/same-data.ts'
import type { OriginKind, StepSource } from './provenance.ts'

/** The object stands in a file as it is. */
export function readAt(at: SourceLocation, kind: OriginKind = 'resource'): StepSource {
  return { kind, locate: tokens => ({ ...at, pointer: child(at.pointer, ...tokens) }) }
}

/** Everything the step does comes from one place. */
export function configuredAt(at: SourceLocation, kind: OriginKind = 'transformer'): StepSource {
  return { kind, locate: () => at }
}

/** Entries come from a map of the kustomization: `labels: [{ pairs: { app: … } }]`. */
export function entriesAt(at: SourceLocation, entries: { readonly [key: string]: string } | undefined): StepSource {
  return {
    kind: 'transformer',
    locate: tokens => {
      const key = tokens.at(-1) ?? ''
      return entries !== undefined && Object.hasOwn(entries, key) ? { ...at, pointer: child(at.pointer, key) } : at
    },
  }
}

/** A strategic merge patch: the same path, but for lists, whose elements are found by what they hold. */
export function patchedBy(object: YamlMap, at: SourceLocation, inline: boolean): StepSource {
  return within(at, inline, (tokens, value) => pointer(...pathInPatch(object, tokens, value)))
}

/** A patch is a file of its own, or text inside a field. */
function within(at: SourceLocation, inline: boolean, find: NonNullable<StepSource['inside']>): StepSource {
  if (inline) return { kind: 'patch', locate: () => at, inside: find }
  return { kind: 'patch', locate: (tokens, value) => ({ ...at, pointer: at.pointer + find(tokens, value) }) }
}

function pathInPatch(patch: YamlMap, tokens: readonly string[], value: YamlValue | undefined): readonly string[] {
  const path: string[] = []
  let current: YamlValue | undefined = patch
  for (const [depth, token] of tokens.entries()) {
    if (isMap(current) && Object.hasOwn(current, token)) {
      path.push(token)
      current = current[token]
    } else if (isList(current)) {
      const index = elementFor(current, tokens.slice(depth + 1), value)
      if (index < 0) break
      path.push(String(index))
      current = current[index]
    } else break
  }
  return path
}

/** The element of a patch's list that has this value at the rest of the path. */
function elementFor(list: YamlList, rest: readonly string[], value: YamlValue | undefined): number {
  return list.findIndex(element => {
    let current: YamlValue | undefined = element
    for (const token of rest) {
      if (isList(current)) return elementFor(current, rest.slice(rest.indexOf(token) + 1), value) >= 0
      if (!isMap(current) || !Object.hasOwn(current, token)) return false
      current = current[token]
    }
    return sameData(current, value) || (isMap(current) && isMap(value))
  })
}

/** A JSON patch: the last operation whose path leads to the field. */
export function operatedBy(operations: readonly JsonOperation[], at: SourceLocation, inline: boolean): StepSource {
  return within(at, inline, tokens => {
    const index = operations.findLastIndex(operation => leadsTo(operation, tokens))
    const operation = operations[index]
    if (operation === undefined) return ''
    const rest = tokens.slice(pointerTokens(operation.path).length)
    return pointer(index, ...('value' in operation ? ['value', ...rest] : []))
  })
}

function leadsTo({ path }: JsonOperation, tokens: readonly string[]): boolean {
  return pointerTokens(path).every((token, index) => token === tokens[index] || token === '-')
}
