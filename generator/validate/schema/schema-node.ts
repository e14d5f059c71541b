// What the interpreter walks: one node per place in a schema, decoded on first use. Built-in kinds and custom resources
// share this form; the few differences in what the server does with them are flags.

import type { YamlValue } from '../../manifest/value.ts'

export type NodeType =
  | 'any'
  | 'object'
  | 'array'
  | 'string'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'int-or-string'
  | 'quantity'
  | 'boolean-or'
  | 'list-or'

/** The fields of an object. */
export interface Shape {
  readonly properties: ReadonlyMap<string, SchemaNode>
  readonly required: readonly string[]
}

/** The keys that tell the entries of a list apart. */
export interface ListKeys {
  readonly names: readonly string[]
  /** The server stores duplicates, but no merging apply can tell them apart. */
  readonly tolerated: boolean
  /** Tolerated only where the entries differ in this field. */
  readonly apart?: string
}

/** What only the schemas of custom resources hold. */
export interface Constraints {
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly multipleOf?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
}

/** Branches a value has to meet besides its own node: they restrict, and never add fields. */
export interface Junctions {
  readonly allOf?: readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly not?: SchemaNode
}

/** An `x-kubernetes-validations` entry (CEL). */
export interface ValidationRule {
  readonly rule: string
  readonly message?: string
  readonly messageExpression?: string
  readonly reason?: string
  readonly fieldPath?: string
  readonly optionalOldSelf?: boolean
}

export interface SchemaNode {
  readonly type: NodeType
  /** Objects with named fields; decoded on first use, since definitions refer to each other. */
  readonly shape?: () => Shape
  /** Maps: what every value has to be. */
  readonly values?: SchemaNode
  /** Lists; and the schema of `boolean-or` and `list-or`. */
  readonly items?: SchemaNode
  readonly keys?: ListKeys
  readonly set?: boolean
  readonly enum?: readonly YamlValue[]
  readonly format?: string
  readonly nullable?: boolean
  /** Fields without a schema are kept by the server, and so are allowed. */
  readonly open?: boolean
  /** An object with apiVersion, kind and metadata of its own. */
  readonly embedded?: boolean
  /** The schema's own word on the metadata of an embedded object, which is checked as every object's metadata is. */
  readonly ownMetadata?: SchemaNode
  readonly defaultValue?: YamlValue
  readonly constraints?: Constraints
  readonly junctions?: Junctions
  readonly rules?: readonly ValidationRule[]
  /** Of the root: there are rules somewhere in the schema. */
  readonly ruled?: boolean
}

/** Computes a value at its first use. */
export function lazy<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined
  return () => (result ??= { value: compute() }).value
}

/** Computes a value per key at its first use. */
export function memoized<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    const found = known.get(key)
    if (found !== undefined || known.has(key)) return found as T
    const value = compute(key)
    known.set(key, value)
    return value
  }
}
