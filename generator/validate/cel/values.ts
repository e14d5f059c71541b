// The values of CEL, as this interpreter holds them. int is a bigint, double a number, uint and the rest classes of their own.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#values

/** A value of a type that Kubernetes adds to the language (quantity, url, ip, cidr, semver, named formats). */
export interface Opaque {
  readonly celType: string
  readonly equals: (other: Opaque) => boolean
}

export class Uint {
  readonly value: bigint
  constructor(value: bigint) {
    this.value = value
  }
}

/** Nanoseconds. */
export class Duration {
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

/** Nanoseconds since 1970-01-01T00:00:00Z. */
export class Timestamp {
  readonly nanos: bigint
  /** Minutes east of UTC it was written with: only its text shows them. */
  readonly offset: number
  constructor(nanos: bigint, offset = 0) {
    this.nanos = nanos
    this.offset = offset
  }
}

export class TypeValue {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

export class Optional {
  /** Undefined for `optional.none()`. */
  readonly value: CelValue | undefined
  constructor(value: CelValue | undefined) {
    this.value = value
  }
}

export type CelList = readonly CelValue[]

/** Keys are bool, int, uint or string; equal numbers are equal keys whatever their type. */
export interface CelMap {
  readonly size: number
  readonly keys: () => readonly CelValue[]
  /** The value of a key, boxed: undefined where there is none. */
  readonly entryOf: (key: CelValue) => { readonly value: CelValue } | undefined
}

export type CelValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Duration
  | Timestamp
  | TypeValue
  | Optional
  | CelList
  | CelMap
  | Opaque

/** What goes wrong while an expression runs; `&&` and `||` may absorb it. */
export class CelError extends Error {}

/** What cannot be known without a cluster (the authorizer, live objects): neither true nor false. */
export class NotEvaluated extends CelError {}

export function fail(message: string): never {
  throw new CelError(message)
}

export function noOverload(name: string, values: readonly CelValue[]): never {
  return fail(`no such overload: ${name}(${values.map(typeName).join(', ')})`)
}

export function isCelList(value: CelValue): value is CelList {
  return Array.isArray(value)
}

export function isCelMap(value: CelValue): value is CelMap {
  return typeof value === 'object' && value !== null && 'entryOf' in value
}

export function isOpaque(value: CelValue): value is Opaque {
  return typeof value === 'object' && value !== null && 'celType' in value
}

export type Numeric = bigint | number | Uint

export function isNumeric(value: CelValue): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint
}

const classNames: readonly (readonly [new (...parameters: never[]) => object, string])[] = [
  [Uint, 'uint'],
  [Uint8Array, 'bytes'],
  [Duration, 'google.protobuf.Duration'],
  [Timestamp, 'google.protobuf.Timestamp'],
  [TypeValue, 'type'],
  [Optional, 'optional_type'],
]

/** The name `type()` answers with. */
export function typeName(value: CelValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    case 'string':
      return 'string'
    default:
      return objectTypeName(value)
  }
}

function objectTypeName(value: CelValue): string {
  if (value === null) return 'null_type'
  if (isCelList(value)) return 'list'
  if (isOpaque(value)) return value.celType
  return classNames.find(([constructor]) => value instanceof constructor)?.[1] ?? 'map'
}
