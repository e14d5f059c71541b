// What a walk through an expression knows: paths of values in the schema, sizes, and what names stand for.
// Follows cel-go's checker/cost.go, which Kubernetes has had in two editions: up to 1.32 it knew the sizes of what a schema or a
// literal says and little else, since 1.33 those of entries, of named values and of optionals, too.

import type { CelType } from '../cel-type.ts'
import type { Argument } from './argument.ts'
import { accumulatorName, type CoreNode } from './core-syntax.ts'
import { fixed, union, unknownSize, type Estimate } from './estimate.ts'
import { extendPath, namesOf, pathOf, type FieldPath } from './field-path.ts'

/** Sizes of the keys (or indices) and values of a list or map. */
export interface EntrySize {
  readonly of: 'list' | 'map'
  readonly key: Estimate
  readonly value: Estimate
}

/** A name inside a fold. */
export interface Local {
  readonly path?: FieldPath | undefined
  readonly size?: Estimate | undefined
  readonly entry?: EntrySize | undefined
  /** Up to 1.32: what it runs over, looked at again with every use. */
  readonly range?: CoreNode
}

export interface Surroundings {
  /** The size at the end of a path, by the schema. */
  readonly declared: (path: readonly string[]) => Estimate | undefined
  /** The minor of the API server. */
  readonly minor: number
}

export class CostWalk {
  readonly surroundings: Surroundings
  /** The edition of Kubernetes up to 1.32. */
  readonly isEarly: boolean
  private readonly paths = new Map<CoreNode, FieldPath | undefined>()
  private readonly sizes = new Map<CoreNode, Estimate>()
  private readonly entries = new Map<CoreNode, EntrySize>()
  private readonly locals = new Map<string, Local[]>()

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings
    this.isEarly = surroundings.minor <= 32
  }

  push(name: string, local: Local): void {
    this.locals.set(name, [...(this.locals.get(name) ?? []), local])
  }

  pop(name: string): void {
    this.locals.set(name, (this.locals.get(name) ?? []).slice(0, -1))
  }

  local(name: string): Local | undefined {
    return this.locals.get(name)?.at(-1)
  }

  pathOf(node: CoreNode): FieldPath | undefined {
    const local = node.kind === 'name' && !this.isEarly ? this.local(node.name) : undefined
    return local === undefined ? this.paths.get(node) : local.path
  }

  setPath(node: CoreNode, path: FieldPath | undefined): void {
    this.paths.set(node, path)
  }

  /** The path of a name: its own, or that of what it runs over with a step into it. */
  nameSeen(node: CoreNode & { readonly kind: 'name' }): void {
    const local = this.local(node.name)
    if (local === undefined) return this.setPath(node, pathOf(node.name))
    if (local.range === undefined) return this.setPath(node, local.path)
    const step = { list: '@items', map: '@keys' }[local.range.type.name]
    if (step !== undefined) this.setPath(node, extendPath(this.paths.get(local.range), step))
  }

  setSize(node: CoreNode, size: Estimate | undefined): void {
    if (size !== undefined) this.sizes.set(node, size)
  }

  setEntry(node: CoreNode, entry: EntrySize | undefined): void {
    if (entry !== undefined) this.entries.set(node, entry)
  }

  entryOf(node: CoreNode): EntrySize | undefined {
    return this.entries.get(node) ?? (node.kind === 'name' ? this.local(node.name)?.entry : undefined)
  }

  /** The size as far as anything tells. */
  knownSize(node: CoreNode): Estimate | undefined {
    const known = this.sizes.get(node) ?? writtenSize(node)
    if (known !== undefined || this.isEarly) return known
    const declared = this.declaredAt(this.pathOf(node))
    if (declared !== undefined) {
      this.sizes.set(node, declared)
      return declared
    }
    if (isScalar(node.type)) return fixed(1)
    return node.kind === 'name' ? this.local(node.name)?.size : undefined
  }

  /** What functions are told of a value. */
  argument(node: CoreNode): Argument {
    const path = this.pathOf(node)
    const isOwn = path?.names[0] === accumulatorName
    const computed = this.knownSize(node)
    return {
      node,
      type: node.type,
      ...(path === undefined || isOwn ? {} : { path }),
      ...(computed === undefined ? {} : { computed }),
    }
  }

  /** The size as cel-go itself asks for it. */
  readonly sizeOf = ({ computed, path, type }: Argument): Estimate => {
    if (computed !== undefined) return computed
    if (!this.isEarly) return unknownSize
    return this.declaredAt(path) ?? (isPlainScalar(type) ? fixed(1) : unknownSize)
  }

  private declaredAt(path: FieldPath | undefined): Estimate | undefined {
    return path === undefined || path.length === 0 ? undefined : this.surroundings.declared(namesOf(path))
  }
}

/** The size of what is written out. */
function writtenSize(node: CoreNode): Estimate | undefined {
  switch (node.kind) {
    case 'literal':
      return fixed(literalSize(node.value))
    case 'list':
      return fixed(node.items.length)
    case 'map':
      return fixed(node.entries.length)
    default:
      return undefined
  }
}

function literalSize(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length
  return value instanceof Uint8Array ? value.length : 1
}

const scalars: ReadonlySet<string> = new Set(['bool', 'double', 'duration', 'int', 'timestamp', 'uint'])

function isPlainScalar({ name }: CelType): boolean {
  return scalars.has(name)
}

function isScalar(type: CelType): boolean {
  const [content] = type.parameters
  return type.name === 'optional_type' && content !== undefined ? isScalar(content) : isPlainScalar(type)
}

/** What both have in common; nothing where one of them is unknown. */
export function unionEntries(a: EntrySize | undefined, b: EntrySize | undefined): EntrySize | undefined {
  if (a === undefined || b === undefined) return undefined
  return { of: a.of, key: union(a.key, b.key), value: union(a.value, b.value) }
}
