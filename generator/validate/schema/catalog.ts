// The schemas this tool ships, opened on demand: a version's file is read when the version is first asked for, a kind is
// decoded when it is first checked. Reading is the caller's: this module gets a function from path to text.

import { decodeCustomSchema, parseCustomFile, type CustomFile } from './custom-schema.ts'
import { decodeExpression } from './expression.ts'
import { lazy, type SchemaNode, type Shape } from './schema-node.ts'
import { kubernetesVersions, minorVersion, versionProblem } from './versions.ts'

/** Text of a file under schemas/ (`kubernetes/1.34.json`), or undefined where there is none. */
export type ReadSchema = (path: string) => string | undefined

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

export interface SchemaCatalog {
  readonly versions: readonly string[]
  /** @throws for a version that is not supported: ask `versionProblem` first */
  readonly version: (version: string) => VersionSchemas
  /** A committed custom resource schema, decoded against a version's metadata. */
  readonly custom: (apiVersion: string, kind: string, version: string) => SchemaNode | undefined
  /** Whether objects of a kind live in a namespace; undefined where the kind is unknown. */
  readonly scopeOf: (apiVersion: string, kind: string, version?: string) => KindInfo['scope'] | undefined
}

/** Opens the catalog. Nothing is read yet. */
export function openCatalog(read: ReadSchema): SchemaCatalog {
  const newest = kubernetesVersions.at(-1) ?? ''
  const files = memoized((version: string) => parseVersionFile(read, version))
  const versions = memoized((version: string) => openVersion(version, files(version), files(newest)))
  const customFiles = memoized((path: string) => parseCustomFile(read(path)))
  const version = (name: string): VersionSchemas => {
    const problem = versionProblem(name)
    if (problem !== undefined) throw new Error(problem)
    return versions(minorVersion(name))
  }
  const customFile = (apiVersion: string, kind: string): CustomFile | undefined => {
    const path = customSchemaPath(apiVersion, kind)
    return path === undefined ? undefined : customFiles(path)
  }
  const customNodes = memoized((key: string) => {
    const [apiVersion = '', kind = '', versionName = ''] = key.split(' ')
    const file = customFile(apiVersion, kind)
    return file === undefined ? undefined : decodeCustomSchema(file, version(versionName))
  })
  return {
    versions: kubernetesVersions,
    version,
    custom: (apiVersion, kind, name) => customNodes(`${apiVersion} ${kind} ${name}`),
    scopeOf: (apiVersion, kind, name = newest) =>
      version(name).kinds.get(`${apiVersion} ${kind}`)?.scope ?? customFile(apiVersion, kind)?.scope,
  }
}

/** Where the schema of a custom kind is committed; undefined for a name that cannot be one (it is used as a path). */
export function customSchemaPath(apiVersion: string, kind: string): string | undefined {
  const [group, version, more] = apiVersion.split('/')
  if (group === undefined || version === undefined || more !== undefined) return undefined
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(group) || !/^[a-z0-9]+$/.test(version) || !/^\w+$/.test(kind)) return undefined
  return `crds/${group}/${kind.toLowerCase()}_${version}.json`
}

interface RawDefinition {
  readonly change?: true
  readonly properties?: Readonly<Record<string, string | null>>
  readonly required?: readonly string[]
}

interface VersionFile {
  readonly kinds: Readonly<Record<string, readonly [string, string, KindInfo['scope']] | null>>
  readonly definitions: Readonly<Record<string, RawDefinition | null>>
}

function parseVersionFile(read: ReadSchema, version: string): VersionFile {
  const text = read(`kubernetes/${version}.json`)
  if (text === undefined) throw new Error(`schemas/kubernetes/${version}.json is missing`)
  return JSON.parse(text) as VersionFile
}

function openVersion(version: string, file: VersionFile, base: VersionFile): VersionSchemas {
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

function memoized<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    const found = known.get(key)
    if (found !== undefined || known.has(key)) return found as T
    const value = compute(key)
    known.set(key, value)
    return value
  }
}
