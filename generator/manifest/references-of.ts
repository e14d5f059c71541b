// The references an object holds: the rows of reference-fields.ts that apply to it, followed into its data.
// The rows of a kind are compiled into a trie when it is first met, so an object is walked along its own fields and nowhere else.

import { isClusterScoped } from './cluster-scoped-kinds.ts'
import { pointer } from './pointer.ts'
import { referenceFields, type ReferenceField } from './reference-fields.ts'
import { groupOf, type Place, type Resource } from './resource.ts'
import { asList, asString, isList, isMap, type YamlMap, type YamlValue } from './value.ts'

/** A key of a ConfigMap or Secret that a reference uses. */
export interface ReferencedKey {
  readonly key: string
  /** Pointer inside the holder. */
  readonly pointer: string
}

/** One field that names another object. */
export type Reference = Pick<FoundReference, keyof FoundReference>

interface Branch {
  readonly fields: ReferenceField[]
  /** By the token that leads there. A list: most branches have one or two, and all are walked. */
  readonly children: { readonly token: string; readonly next: Branch }[]
  every?: Branch
}

const fieldsByKind = new Map<string, ReferenceField[]>()
for (const field of referenceFields) {
  const known = fieldsByKind.get(field.kind)
  if (known === undefined) fieldsByKind.set(field.kind, [field])
  else known.push(field)
}

const noReferences: readonly Reference[] = []

const compiled = new Map<string, Branch>()

/** All references of an object, in the order of the table. */
export function referencesOf(resource: Resource): readonly Reference[] {
  const fields = fieldsByKind.get(resource.kind)
  if (fields === undefined) return noReferences
  let trie = compiled.get(resource.kind)
  if (trie === undefined) compiled.set(resource.kind, (trie = compile(fields)))
  const walk: Walk = { resource, group: groupOf(resource.apiVersion), path: [], found: [] }
  visit(walk, trie, resource.object, resource.object)
  return walk.found
}

interface Walk {
  readonly resource: Resource
  readonly group: string
  readonly path: (string | number)[]
  readonly found: Reference[]
}

function visit(walk: Walk, branch: Branch, value: YamlValue | undefined, holder: YamlMap): void {
  if (isList(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index]
      if (!isMap(item) || leadsInto(branch, item)) step(walk, branch, index, item, holder)
    }
  } else if (isMap(value)) {
    for (const { token, next } of branch.children) {
      const inner = value[token]
      if (inner !== undefined) step(walk, next, token, inner, value)
    }
    if (branch.every === undefined) return
    for (const token of Object.keys(value)) step(walk, branch.every, token, value[token], value)
  } else if (typeof value === 'string') {
    read(walk, branch.fields, value, holder)
  }
}

/** Whether a map has a field of the branch at all: most variables of a container, say, are taken from nowhere. */
function leadsInto({ children, every }: Branch, value: YamlMap): boolean {
  if (every !== undefined) return true
  for (const { token } of children) if (value[token] !== undefined) return true
  return false
}

function read(walk: Walk, fields: readonly ReferenceField[], text: string, holder: YamlMap): void {
  if (text === '') return
  for (const field of fields) {
    if (field.group !== undefined && field.group !== walk.group) continue
    readReferences(walk, field, text, holder)
  }
}

function step(walk: Walk, branch: Branch, token: string | number, value: YamlValue | undefined, holder: YamlMap): void {
  if (value === undefined || value === null) return
  walk.path.push(token)
  visit(walk, branch, value, holder)
  walk.path.pop()
}

function compile(fields: readonly ReferenceField[]): Branch {
  const root = newBranch()
  for (const field of fields) {
    let branch = root
    for (const token of field.path.split('/')) branch = descend(branch, token.replaceAll('~1', '/'))
    branch.fields.push(field)
  }
  return root
}

function descend(branch: Branch, token: string): Branch {
  if (token === '*') return (branch.every ??= newBranch())
  const known = branch.children.find(child => child.token === token)
  if (known !== undefined) return known.next
  const next = newBranch()
  branch.children.push({ token, next })
  return next
}

function newBranch(): Branch {
  return { fields: [], children: [] }
}

function readReferences(walk: Walk, field: ReferenceField, text: string, holder: YamlMap): void {
  if (field.whenResource !== undefined && !asList(holder['resources']).includes(field.whenResource)) return
  const kind = kindOf(field, holder)
  if (kind === '') return
  const fieldNamespace = field.namespaceAt === undefined ? undefined : asString(holder[field.namespaceAt])
  const namespace = fieldNamespace ?? walk.resource.namespace
  const target = { field, kind, scoped: !isClusterScoped(kind) }
  if (field.format === undefined) {
    walk.found.push(referenceTo(walk, target, { namespace, name: text }, holder))
    return
  }
  for (const named of namesIn(field, text, namespace)) walk.found.push(referenceTo(walk, target, named, holder))
}

interface Target {
  readonly field: ReferenceField
  readonly kind: string
  readonly scoped: boolean
}

function referenceTo(
  { resource: from, path }: Walk,
  { field, kind, scoped }: Target,
  { namespace, name }: QualifiedName,
  holder: YamlMap,
): Reference {
  const target = {
    kind,
    group: groupOfTarget(field, holder),
    namespace: scoped ? namespace : undefined,
    name,
    keys: keysOf(field, holder, path),
    holder,
  }
  return new FoundReference(from, field, target, [...path])
}

class FoundReference {
  readonly from: Resource
  readonly field: ReferenceField
  readonly kind: string
  /** API group; undefined: any. */
  readonly group: string | undefined
  /** Undefined for cluster-scoped kinds, and where neither field nor holder names one. */
  readonly namespace: string | undefined
  readonly name: string
  readonly optional: boolean
  readonly keys: readonly ReferencedKey[]
  /** The innermost map around the name: ports stand there. */
  readonly holder: YamlMap
  readonly #path: Path

  constructor(
    from: Resource,
    field: ReferenceField,
    { kind, group, namespace, name, keys, holder }: Pick<Reference, TargetField>,
    path: Path,
  ) {
    this.from = from
    this.field = field
    this.kind = kind
    this.group = group
    this.namespace = namespace
    this.name = name
    this.optional = field.optionalAt !== undefined && holder[field.optionalAt] === true
    this.keys = keys
    this.holder = holder
    this.#path = path
  }

  /** The field holding the name. Nearly all references lead somewhere, and nobody asks: it is worked out when asked for. */
  get at(): Place {
    return { resource: this.from, pointer: pointer(...this.#path) }
  }
}

type Path = readonly (string | number)[]
type TargetField = 'kind' | 'group' | 'namespace' | 'name' | 'keys' | 'holder'

function kindOf(field: ReferenceField, holder: YamlMap): string {
  if (field.toWhen !== undefined && holder[field.toWhen.flag] === true) return field.toWhen.kind
  const named = field.kindAt === undefined ? undefined : asString(holder[field.kindAt])
  return named ?? field.to
}

function groupOfTarget(field: ReferenceField, holder: YamlMap): string | undefined {
  const named = field.groupAt === undefined ? undefined : asString(holder[field.groupAt])
  if (named === undefined) return field.toGroup
  return field.groupAt === 'apiVersion' ? groupOf(named) : named
}

interface QualifiedName {
  readonly namespace: string | undefined
  readonly name: string
}

function namesIn(field: ReferenceField, text: string, namespace: string | undefined): readonly QualifiedName[] {
  switch (field.format) {
    case 'namespace/name': {
      const slash = text.indexOf('/')
      return [slash < 0 ? { namespace, name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) }]
    }
    case 'host':
      return hostName(text, namespace)
    case 'traefik-middlewares':
      return text.split(',').flatMap(entry => middlewareName(entry.trim(), namespace))
    default:
      return [{ namespace, name: text }]
  }
}

/** `api`, `api.shop`, `api.shop.svc.cluster.local`; anything else is a host outside the cluster. */
function hostName(text: string, namespace: string | undefined): readonly QualifiedName[] {
  const [name, second, third, ...rest] = text.split('.')
  if (name === undefined || name === '' || name.includes('*')) return []
  if (second === undefined) return [{ namespace, name }]
  const inCluster =
    third === undefined || (third === 'svc' && (rest.length === 0 || rest.join('.') === 'cluster.local'))
  return inCluster && third !== undefined ? [{ namespace: second, name }] : []
}

/** `<namespace>-<name>@kubernetescrd`; the namespace can only be told from the holder's. */
function middlewareName(text: string, namespace: string | undefined): readonly QualifiedName[] {
  const suffix = '@kubernetescrd'
  if (namespace === undefined || !text.endsWith(suffix) || !text.startsWith(`${namespace}-`)) return []
  return [{ namespace, name: text.slice(namespace.length + 1, -suffix.length) }]
}

const noKeys: readonly ReferencedKey[] = []

function keysOf(field: ReferenceField, holder: YamlMap, path: readonly (string | number)[]): readonly ReferencedKey[] {
  if (field.keysAt === undefined) return noKeys
  const base = path.slice(0, -1)
  if (field.keysAt === 'key') {
    const key = asString(holder['key'])
    return key === undefined ? [] : [{ key, pointer: pointer(...base, 'key') }]
  }
  return asList(holder['items']).flatMap((item, index) => {
    const key = isMap(item) ? asString(item['key']) : undefined
    return key === undefined ? [] : [{ key, pointer: pointer(...base, 'items', index, 'key') }]
  })
}

/** The kinds whose objects can hold references. */
export const referringKinds: readonly string[] = [...fieldsByKind.keys()]

/** The kinds of an API group whose objects can hold references. */
export function kindsOfGroup(group: string): readonly string[] {
  return [...new Set(referenceFields.filter(field => field.group === group).map(({ kind }) => kind))]
}

/** The kinds whose objects can send traffic to Services. */
export const routingKinds: readonly string[] = [
  ...new Set(referenceFields.filter(({ edge }) => edge === 'routes').map(({ kind }) => kind)),
]

/** The kinds whose objects can use single keys of what they refer to: by name, or as files of a volume. */
export const kindsThatUseKeys: readonly string[] = [
  ...new Set(referenceFields.filter(({ keysAt }) => keysAt !== undefined).map(({ kind }) => kind)),
]

/** The kinds whose objects can name one of another kind. */
export function kindsThatName(target: string): readonly string[] {
  return [
    ...new Set(
      referenceFields.filter(({ to, toWhen }) => to === target || toWhen?.kind === target).map(({ kind }) => kind),
    ),
  ]
}

/** Whether objects of a kind can hold references at all. */
export function hasReferenceFields(kind: string): boolean {
  return fieldsByKind.has(kind)
}
