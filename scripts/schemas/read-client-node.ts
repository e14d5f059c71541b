// Reads one Kubernetes version out of @kubernetes/client-node: kinds from the API classes, fields from the models.
// Only what the current API classes reach is kept: the tarballs carry models of older versions that nothing exports.

import { readdirSync, readFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { referenceIn, type Definition, type Expression, type KindEntry, type VersionModel } from './model.ts'

interface Attribute {
  readonly name: string
  readonly baseName: string
  readonly type: string
  readonly format?: string
}

interface Layout {
  readonly models: string
  readonly apis: string
  readonly apiIndex: string
}

/** @param folder the unpacked package */
export function readClientNode(folder: string): VersionModel {
  const layout = layoutOf(path.join(folder, 'dist', 'gen'))
  const kinds = readKinds(layout)
  const files = modelFiles(layout.models)
  for (const [gvk, entry] of Object.entries(withoutCollection)) {
    const model = entry.definitions.find(name => files.has(name))
    if (model !== undefined) kinds.set(gvk, { definition: model, plural: entry.plural, namespaced: entry.namespaced })
  }
  const definitions = new Map<string, Definition>()
  const queue = [...kinds.values()].map(kind => kind.definition)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (definitions.has(name)) continue
    const file = files.get(name)
    if (file === undefined) throw new Error(`${folder} has no model "${name}"`)
    const definition = readModel(name, file)
    definitions.set(name, definition)
    for (const expression of definition.properties.values()) {
      const next = referenceIn(expression)
      if (next !== undefined) queue.push(next)
    }
  }
  return { kinds, definitions }
}

/** Kinds nobody creates in a collection of their own: subresources, and what the server answers with. */
const withoutCollection: Readonly<
  Record<string, { readonly definitions: readonly string[]; readonly plural: string; readonly namespaced: boolean }>
> = {
  'v1 APIGroup': { definitions: ['V1APIGroup'], plural: '', namespaced: false },
  'v1 APIVersions': { definitions: ['V1APIVersions'], plural: '', namespaced: false },
  'v1 ComponentStatus': { definitions: ['V1ComponentStatus'], plural: 'componentstatuses', namespaced: false },
  'v1 Status': { definitions: ['V1Status'], plural: '', namespaced: false },
  'autoscaling/v1 Scale': { definitions: ['V1Scale'], plural: '', namespaced: true },
  'policy/v1 Eviction': { definitions: ['V1Eviction'], plural: '', namespaced: true },
  'authentication.k8s.io/v1 TokenRequest': {
    definitions: ['AuthenticationV1TokenRequest', 'V1TokenRequest'],
    plural: '',
    namespaced: true,
  },
}

function layoutOf(gen: string): Layout {
  return existsSync(path.join(gen, 'models'))
    ? { models: path.join(gen, 'models'), apis: path.join(gen, 'apis'), apiIndex: path.join(gen, 'types', 'PromiseAPI.d.ts') }
    : { models: path.join(gen, 'model'), apis: path.join(gen, 'api'), apiIndex: path.join(gen, 'api', 'apis.d.ts') }
}

/** The names of the classes the package exports; a file of any other class is a leftover. */
function currentApis({ apiIndex }: Layout): ReadonlySet<string> {
  const text = readFileSync(apiIndex, 'utf8')
  const found = [...text.matchAll(/export declare class Promise(\w+Api) |from '\.\/(\w+Api)'/g)]
  return new Set(found.map(match => (match[1] ?? match[2] ?? '').toLowerCase()))
}

function modelFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder)
      .filter(name => name.endsWith('.js'))
      .map(name => name.slice(0, -3))
      .map(name => [name.charAt(0).toUpperCase() + name.slice(1), path.join(folder, name)]),
  )
}

const creation =
  /async create(?:Namespaced)?(\w+)\((?:(?!async )[\s\S])*?localVarPath = (?:this\.basePath \+ )?'([^']+)'(?:(?!async )[\s\S])*?serialize\(body, "(\w+)"/g

function readKinds(layout: Layout): Map<string, KindEntry> {
  const current = currentApis(layout)
  const kinds = new Map<string, KindEntry>()
  for (const name of readdirSync(layout.apis)) {
    if (!name.endsWith('.js') || !current.has(name.slice(0, -3).toLowerCase())) continue
    for (const [, kind, url, definition] of readFileSync(path.join(layout.apis, name), 'utf8').matchAll(creation)) {
      const place = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(namespaces\/\{namespace\}\/)?([a-z]+)$/.exec(url ?? '')
      if (place === null || kind === undefined || definition === undefined) continue
      const [, group, version, namespaced, plural] = place
      const apiVersion = group === undefined ? (version ?? '') : `${group}/${version ?? ''}`
      kinds.set(`${apiVersion} ${kind}`, { definition, plural: plural ?? '', namespaced: namespaced !== undefined })
    }
  }
  return kinds
}

function readModel(name: string, file: string): Definition {
  const text = readFileSync(`${file}.js`, 'utf8')
  const table = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(text)?.[1] ?? '[]'
  const attributes = JSON.parse(table) as readonly Attribute[]
  const declared = readFileSync(`${file}.d.ts`, 'utf8')
  const required = new Set([...declared.matchAll(/^ {4}'([^']+)': /gm)].map(match => match[1]))
  return {
    properties: new Map(attributes.map(entry => [entry.baseName, expressionOf(name, entry)])),
    required: new Set(attributes.filter(entry => required.has(entry.name)).map(entry => entry.baseName)),
  }
}

/** JSON values of any shape: only these definitions hold them; elsewhere `any` stands for an object without a schema. */
const anyValue = /JSONSchemaProps$/

function expressionOf(definition: string, { type, format }: Attribute): Expression {
  // The format of a list or map is that of its entries.
  const inner = { name: '', baseName: '', ...(format === undefined ? {} : { format }) }
  const list = /^Array<(.*)>$/.exec(type)
  if (list !== null) return `[]${expressionOf(definition, { ...inner, type: list[1] ?? '' })}`
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)
  if (map !== null) return `{}${expressionOf(definition, { ...inner, type: map[1] ?? '' })}`
  if (type === 'any' || type === 'object') return anyValue.test(definition) ? 'any' : 'object'
  if (type === 'V1MicroTime' || format === 'date-time-micro') return 'micro-time'
  if (type === 'number') return numberOf(format)
  if (type === 'string') return format === 'byte' ? 'byte' : 'string'
  const scalar = scalars[type]
  return scalar ?? `#${type}`
}

const scalars: Readonly<Record<string, string>> = { boolean: 'boolean', Date: 'date-time', IntOrString: 'int-or-string' }

/** Without a format (lists, and the client of 1.30) the kind of number is not known here. */
function numberOf(format: string | undefined): string {
  if (format === 'int32' || format === 'int64') return format
  return 'number'
}
