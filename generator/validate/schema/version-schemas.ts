// The built-in kinds of one Kubernetes version: its committed file laid over the newest version's, decoded kind by kind.

import { decodeExpression } from './expression.ts'
import { lazy, memoized, type SchemaNode, type Shape } from './schema-node.ts'

export interface KindInfo {
  readonly definition: string
  readonly plural: string
  readonly scope: 'Namespaced' | 'Cluster'
}

/** The built-in kinds of one Kubernetes version. Keys are `apps/v1 Deployment`. */
export interface VersionSchemas {
  readonly version: string
  readonly kinds: ReadonlyMap<string, KindInfo>
  /** The schema of a kind, or undefined where the version lacks it. */
  readonly nodeOf: (key: string) => SchemaNode | undefined
  readonly definition: (name: string) => SchemaNode
}

interface RawDefinition {
  readonly change?: true
  readonly properties?: Readonly<Record<string, string | null>>
  readonly required?: readonly string[]
}

export interface VersionFile {
  readonly kinds: Readonly<Record<string, readonly [string, string, KindInfo['scope']] | null>>
  readonly definitions: Readonly<Record<string, RawDefinition | null>>
}

/** @param text the committed file of the version */
export function parseVersionFile(version: string, text: string | undefined): VersionFile {
  if (text === undefined) throw new Error(`schemas/kubernetes/${version}.json is missing`)
  return JSON.parse(text) as VersionFile
}

/** @param base the newest version's file, which the others are differences from */
export function openVersion(version: string, file: VersionFile, base: VersionFile): VersionSchemas {
  const kinds = new Map<string, KindInfo>()
  for (const [key, entry] of Object.entries({ ...base.kinds, ...file.kinds })) {
    if (entry !== null) kinds.set(key, { definition: entry[0], plural: entry[1], scope: entry[2] })
  }
  const definition = memoized((name: string): SchemaNode => {
    const raw = layered(file.definitions[name], base.definitions[name])
    if (raw === undefined) throw new Error(`Kubernetes ${version} has no definition "${name}"`)
    return { type: 'object', shape: lazy(() => decodeShape(raw, definition)) }
  })
  return {
    version,
    kinds,
    definition,
    nodeOf: key => {
      const info = kinds.get(key)
      return info === undefined ? undefined : definition(info.definition)
    },
  }
}

/** A definition of a version: its own, the base's with the version's changes, or the base's. */
function layered(
  own: RawDefinition | null | undefined,
  base: RawDefinition | null | undefined,
): RawDefinition | undefined {
  if (own === null) return undefined
  if (own === undefined) return base ?? undefined
  if (own.change === undefined) return own
  const required = own.required ?? base?.required
  return { properties: { ...base?.properties, ...own.properties }, ...(required === undefined ? {} : { required }) }
}

function decodeShape(raw: RawDefinition, definition: (name: string) => SchemaNode): Shape {
  const properties = new Map<string, SchemaNode>()
  for (const [field, expression] of Object.entries(raw.properties ?? {})) {
    if (expression !== null) properties.set(field, decodeExpression(expression, definition))
  }
  return { properties, required: raw.required ?? [] }
}
