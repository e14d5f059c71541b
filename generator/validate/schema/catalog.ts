// The schemas this tool ships, opened on demand: a version's file is read when the version is first asked for, a kind is
// decoded when it is first checked. Reading is the caller's: this module gets a function from path to text.

import { decodeCustomSchema, parseCustomFile, type CustomFile } from './custom-schema.ts'
import { memoized, type SchemaNode } from './schema-node.ts'
import { openVersion, parseVersionFile, type KindInfo, type VersionSchemas } from './version-schemas.ts'
import { kubernetesVersions, minorVersion, versionProblem } from './versions.ts'

/** Text of a file under schemas/ (`kubernetes/1.34.json`), or undefined where there is none. */
export type ReadSchema = (path: string) => string | undefined

export interface SchemaCatalog {
  readonly versions: readonly string[]
  /** @throws for a version that is not supported: ask `versionProblem` first */
  readonly version: (version: string) => VersionSchemas
  /** A committed custom resource schema, decoded against a version's metadata. */
  readonly custom: (apiVersion: string, kind: string, version: string) => SchemaNode | undefined
  /** Whether the schema of a custom kind is one that this tool ships. */
  readonly isBundled: (apiVersion: string, kind: string) => boolean
  /** Whether objects of a kind live in a namespace; undefined where the kind is unknown. */
  readonly scopeOf: (apiVersion: string, kind: string, version?: string) => KindInfo['scope'] | undefined
}

/** Opens the catalog. Nothing is read yet. */
export function openCatalog(read: ReadSchema): SchemaCatalog {
  const newest = kubernetesVersions.at(-1) ?? ''
  const files = memoized((version: string) => parseVersionFile(version, read(`kubernetes/${version}.json`)))
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
    isBundled: (apiVersion, kind) => customFile(apiVersion, kind)?.source !== undefined,
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
