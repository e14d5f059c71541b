// Which place gave each field of an object its value, and every place that did so before.
//
// Nothing here runs in a plain build. While origins are asked for, every step of the pipeline is followed by `observe`: it compares an
// object with what it was after the last step (containers by identity, values by value) and books what changed to that step.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../manifest/value.ts'

/** What a step of the build was. */
export type OriginKind = 'resource' | 'generator' | 'patch' | 'transformer'

/** One place that gave a field its value. */
export interface OriginStep {
  readonly kind: OriginKind
  readonly at: SourceLocation
  /** The place is text inside the field `at` (an inline patch): the pointer within that text. */
  readonly inside?: string
}

/** The step that is being booked, and where in its source a field of the object stands. */
export interface StepSource {
  readonly kind: OriginKind
  readonly locate: (tokens: readonly string[], value: YamlValue | undefined) => SourceLocation
  /** The pointer inside the text that stands at the place, for steps that are written in one. */
  readonly inside?: (tokens: readonly string[], value: YamlValue | undefined) => string
}

interface Shadow {
  /** The last is the one that counts. */
  readonly steps: readonly OriginStep[]
  readonly value: YamlValue
  readonly entries?: ReadonlyMap<string, Shadow>
}

export class Provenance {
  #root: Shadow | undefined

  /** Books what changed since the last call. */
  observe(object: YamlMap, source: StepSource): void {
    this.#root = reconcile(this.#root, object, [], source)
  }

  /** The steps that shaped a field, oldest first; those of the nearest field around it where there is none. */
  stepsOf(tokens: readonly string[]): readonly OriginStep[] {
    let shadow = this.#root
    let steps = shadow?.steps ?? []
    for (const token of tokens) {
      shadow = shadow?.entries?.get(token)
      if (shadow === undefined) break
      steps = shadow.steps
    }
    return steps
  }

  fork(): Provenance {
    const fork = new Provenance()
    fork.#root = this.#root
    return fork
  }
}

function reconcile(
  shadow: Shadow | undefined,
  value: YamlValue | undefined,
  path: string[],
  source: StepSource,
): Shadow {
  if (shadow !== undefined && isUnchanged(shadow, value)) return shadow
  if (isMap(value)) return reconcileMap(shadow, value, path, source)
  if (isList(value)) return reconcileList(shadow, value, path, source)
  return { steps: [...(shadow?.steps ?? []), stepAt(path, value, source)], value: value ?? null }
}

/** Most steps change little: what is as it was is only looked at. */
function isUnchanged({ value: before, entries }: Shadow, value: YamlValue | undefined): boolean {
  if (before !== (value ?? null)) return false
  if (entries === undefined) return true
  const isChild = (key: string, child: YamlValue | undefined): boolean => {
    const entry = entries.get(key)
    return entry !== undefined && isUnchanged(entry, child)
  }
  if (isList(value))
    return value.length === entries.size && value.every((child, index) => isChild(String(index), child))
  if (!isMap(value)) return false
  const keys = Object.keys(value)
  return keys.length === entries.size && keys.every(key => isChild(key, value[key]))
}

function reconcileMap(shadow: Shadow | undefined, map: YamlMap, path: string[], source: StepSource): Shadow {
  const children = new Map<string, Shadow>()
  for (const key of Object.keys(map)) {
    path.push(key)
    children.set(key, reconcile(shadow?.entries?.get(key), map[key], path, source))
    path.pop()
  }
  return { steps: containerSteps(shadow, path, map, source), value: map, entries: children }
}

function reconcileList(shadow: Shadow | undefined, list: YamlList, path: string[], source: StepSource): Shadow {
  const before = elementsBefore(shadow, list)
  const children = new Map<string, Shadow>()
  for (const [index, value] of list.entries()) {
    const key = String(index)
    path.push(key)
    children.set(key, reconcile(before[index], value, path, source))
    path.pop()
  }
  return { steps: containerSteps(shadow, path, list, source), value: list, entries: children }
}

/** A map or list gets a step when it appears; what changes inside is booked there. */
function containerSteps(
  shadow: Shadow | undefined,
  path: readonly string[],
  value: YamlValue,
  source: StepSource,
): readonly OriginStep[] {
  const before = shadow?.steps ?? []
  return shadow?.entries === undefined ? [...before, stepAt(path, value, source)] : before
}

/** Elements are recognised by identity, plain ones by value; what is left over pairs up by `name`. */
function elementsBefore(shadow: Shadow | undefined, list: YamlList): readonly (Shadow | undefined)[] {
  if (shadow?.entries === undefined) return []
  const left = new Set(shadow.entries.values())
  const take = (matches: (candidate: Shadow) => boolean): Shadow | undefined => {
    for (const candidate of left) {
      if (!matches(candidate)) continue
      left.delete(candidate)
      return candidate
    }
    return undefined
  }
  const exact = list.map(value => take(candidate => candidate.value === value))
  if (left.size === 0) return exact
  return list.map(
    (value, index) => exact[index] ?? (isMap(value) ? take(candidate => sameName(candidate.value, value)) : undefined),
  )
}

function sameName(a: YamlValue, b: YamlMap): boolean {
  return isMap(a) && a['name'] !== undefined && a['name'] === b['name']
}

/** @param walked the path as it stands: the walk goes on with the same array, so that a copy is kept */
function stepAt(walked: readonly string[], value: YamlValue | undefined, source: StepSource): OriginStep {
  const path = [...walked]
  const inside = source.inside?.(path, value)
  return { kind: source.kind, at: source.locate(path, value), ...(inside === undefined ? {} : { inside }) }
}
