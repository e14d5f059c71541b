// The bundled schemas of custom resources, and of Kustomize's own kinds: one committed file per kind and version.

import { amendments, clusterScoped, customPackages, notKinds, objectItself, objectOf, plurals, type Amendment } from './custom-packages.ts'
import { fetchPackage } from './fetch-package.ts'
import { kustomization, kustomizeKinds } from './kustomize-schema.ts'
import { sorted, type Definition, type VersionModel } from './model.ts'
import { readCrdModels, type CustomKind } from './read-crd-models.ts'
import type { Schema } from './scalar-schema.ts'

/** Files under schemas/, by path. @param versions Kubernetes versions a bundled schema may be checked against */
export function buildCustom(versions: ReadonlyMap<string, VersionModel>): ReadonlyMap<string, string> {
  const builtin = commonDefinitions([...versions.values()])
  const files = new Map<string, string>()
  for (const pinned of customPackages) {
    for (const kind of readCrdModels(fetchPackage(pinned), builtin)) {
      if (notKinds.has(`${kind.apiVersion} ${kind.kind}`)) continue
      files.set(fileOf(kind), printKind(amended(kind, pinned.name), `${pinned.name}@${pinned.version}`))
    }
  }
  for (const { apiVersion, kind } of kustomizeKinds) {
    const custom = { apiVersion, kind, schema: kustomization, definitions: new Map<string, Schema>() }
    files.set(fileOf(custom), printKind(custom, 'kustomize 5.8'))
  }
  return files
}

/** Definitions every version has: a bundled schema may refer to no other. */
function commonDefinitions(versions: readonly VersionModel[]): ReadonlyMap<string, Definition> {
  const newest = versions.at(-1)
  return new Map([...(newest?.definitions ?? [])].filter(([name]) => versions.every(({ definitions }) => definitions.has(name))))
}

function fileOf({ apiVersion, kind }: CustomKind): string {
  const [group = '', version = ''] = apiVersion.split('/')
  return `crds/${group}/${kind.toLowerCase()}_${version}.json`
}

function printKind({ apiVersion, kind, schema, definitions }: CustomKind, source: string): string {
  const head = {
    format: 1,
    apiVersion,
    kind,
    plural: plurals[kind] ?? pluralOf(kind.toLowerCase()),
    scope: clusterScoped.has(kind) ? 'Cluster' : 'Namespaced',
    source,
  }
  const lines = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  lines.push(`"schema":${JSON.stringify(schema)}`)
  const rows = sorted(definitions).map(([name, definition]) => `${JSON.stringify(name)}:${JSON.stringify(definition)}`)
  if (rows.length > 0) lines.push(`"definitions":{\n${rows.join(',\n')}\n}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** A kind with what its package does not say. */
function amended(kind: CustomKind, packageName: string): CustomKind {
  const known = amendments[packageName] ?? {}
  const definitions = [...kind.definitions].map(([name, definition]) => {
    // A definition of another group carries the group in front: external-secrets.v1.VaultAuth.
    const amendment = known[name.split('.').at(-1) ?? name]
    return [name, amendment === undefined ? definition : amend(definition, amendment)] as const
  })
  const schema = [known[objectItself], known[objectOf(kind.kind)]].reduce<Schema>(
    (whole, amendment) => (amendment === undefined ? whole : amend(whole, amendment)),
    kind.schema,
  )
  return { ...kind, schema, definitions: new Map(definitions) }
}

function amend(definition: Schema, { properties = {}, optional = [], keyedByName = [], rules, keywords }: Amendment): Schema {
  if (typeof definition === 'string') return definition
  const own = definition['properties'] as Record<string, Schema>
  const keyed = Object.fromEntries(keyedByName.flatMap(name => withKeys(name, own[name])))
  const required = ((definition['required'] ?? []) as readonly string[]).filter(name => !optional.includes(name))
  const { required: _, ...rest } = definition
  return {
    ...rest,
    ...keywords,
    properties: { ...own, ...keyed, ...properties },
    ...(required.length === 0 ? {} : { required }),
    ...(rules === undefined ? {} : { 'x-kubernetes-validations': rules }),
  }
}

/** A list of a definition, its entries told apart by name. */
function withKeys(name: string, list: Schema | undefined): readonly (readonly [string, Schema])[] {
  if (typeof list === 'string' && list.startsWith('[]')) return withKeys(name, { type: 'array', items: list.slice(2) })
  if (typeof list !== 'object') return []
  return [[name, { ...list, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }]]
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
