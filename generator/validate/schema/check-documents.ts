// From parsed YAML documents to the objects a cluster would see: lists taken apart, and a diagnostic for whatever is not a
// Kubernetes object. Empty documents never get here; what failed to parse has its `yaml/…` diagnostic already.

import type { Diagnostic, DiagnosticCode, Result } from '../../diagnostics/diagnostic.ts'
import { builtInKindsOf } from '../../manifest/built-in-kinds.ts'
import type { YamlDocument } from '../../manifest/parse-yaml.ts'
import { pointer } from '../../manifest/pointer.ts'
import { groupOf, toResource, type Resource } from '../../manifest/resource.ts'
import { asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

/** The objects in a file's documents, and what is wrong with the documents that hold none. */
export function documentResources(documents: readonly YamlDocument[]): Result<readonly Resource[]> {
  const resources: Resource[] = []
  const diagnostics: Diagnostic[] = []
  for (const { file, document, value } of documents) collect(value, { file, document }, { resources, diagnostics })
  return { value: resources, diagnostics }
}

interface Collected {
  readonly resources: Resource[]
  readonly diagnostics: Diagnostic[]
}

function collect(value: YamlValue, source: Resource['source'], collected: Collected): void {
  if (value === null) return
  if (!isMap(value)) {
    const what = isList(value) ? 'a list' : `a ${typeof value}`
    collected.diagnostics.push(
      problem(source, 'schema/not-an-object', '', `the document is ${what}, not a Kubernetes object`),
    )
    return
  }
  if (isListKind(value)) return collectItems(value, source, collected)
  const missing = identityProblem(value, source)
  if (missing !== undefined) collected.diagnostics.push(missing)
  // What else is wrong with an object is worth knowing before it has a name.
  if (missing === undefined || (missing.code === 'schema/missing-name' && isUnnamed(value))) {
    collected.resources.push(toResource(value, source) ?? namelessResource(value, source))
  }
}

/** An object of Kubernetes' own kinds: what else has no name may be no object at all. */
function isUnnamed({ apiVersion, kind, metadata }: YamlMap): boolean {
  const kinds = builtInKindsOf(groupOf(asString(apiVersion) ?? ''))
  return (asMap(metadata)['name'] ?? null) === null && kinds?.includes(asString(kind) ?? '') === true
}

/** `v1 List` and the typed lists of the API (`ConfigMapList`): what kubectl takes apart. */
function isListKind(value: YamlMap): boolean {
  const { kind } = value
  return typeof kind === 'string' && kind.endsWith('List') && isList(value['items']) && value['spec'] === undefined
}

function collectItems(list: YamlMap, source: Resource['source'], collected: Collected): void {
  const itemKind = (asString(list['kind']) ?? '').slice(0, -'List'.length)
  const items = isList(list['items']) ? list['items'] : []
  items.forEach((item, index) => {
    const at = { ...source, pointer: `${source.pointer ?? ''}${pointer('items', index)}` }
    // The items of a typed list take its apiVersion and kind, as the API server prints them.
    const typed = isMap(item) && itemKind !== '' && item['kind'] === undefined && item['apiVersion'] === undefined
    if (isMap(item) && isListKind(item)) return void collected.diagnostics.push(nestedList(at))
    collect(typed ? { ...item, apiVersion: list['apiVersion'], kind: itemKind } : item, at, collected)
  })
}

/** kubectl and Argo CD take one list apart, and ask the server for the kind "List" of another inside it. */
function nestedList(source: Resource['source']): Diagnostic {
  const message = 'a List inside a List is not taken apart: the server has no kind "List"'
  return problem(source, 'schema/unknown-kind', '/kind', message, 'Move its items to the outer List.')
}

/** A review has no name, and an object that lacks its own is checked all the same. */
function namelessResource(value: YamlMap, source: Resource['source']): Resource {
  const [apiVersion = '', kind = ''] = [asString(value['apiVersion']), asString(value['kind'])]
  const namespace = asString(asMap(value['metadata'])['namespace'])
  return { apiVersion, kind, name: '', ...(namespace === undefined ? {} : { namespace }), object: value, source }
}

interface IdentityField {
  readonly code: DiagnosticCode
  readonly pointer: string
  readonly name: string
  readonly value: YamlValue | undefined
}

function identityProblem(value: YamlMap, source: Resource['source']): Diagnostic | undefined {
  const metadata = asMap(value['metadata'])
  const fields: readonly IdentityField[] = [
    { code: 'schema/missing-api-version', pointer: '/apiVersion', name: 'apiVersion', value: value['apiVersion'] },
    { code: 'schema/missing-kind', pointer: '/kind', name: 'kind', value: value['kind'] },
  ]
  for (const field of fields) {
    if (typeof field.value === 'string' && field.value !== '') continue
    return fieldProblem(field, source)
  }
  if (nameless.has(asString(value['kind']) ?? '')) return undefined
  const name = metadata['name'] ?? metadata['generateName']
  if (typeof name === 'string' && name !== '') return undefined
  return fieldProblem(
    { code: 'schema/missing-name', pointer: '/metadata/name', name: 'metadata.name', value: name },
    source,
  )
}

/** Reviews are questions to the server, not stored objects; Kustomize's files have no name of their own. */
const nameless: ReadonlySet<string> = new Set([
  'APIGroup',
  'APIVersions',
  'Component',
  'Kustomization',
  'Scale',
  'Status',
  'TokenRequest',
  'TokenReview',
  'SelfSubjectReview',
  'SubjectAccessReview',
  'LocalSubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
])

function fieldProblem({ code, pointer: at, name, value }: IdentityField, source: Resource['source']): Diagnostic {
  if (value === undefined || value === null || value === '') {
    const message = `the document has no ${name}: it is no object that Kubernetes takes`
    return problem(source, code, '', message, `Add ${name}, or keep the file out of what is applied.`)
  }
  const message = `${name} has to be a string, not ${typeof value === 'object' ? 'a map or list' : `the ${typeof value} "${String(value)}"`}`
  return problem(
    source,
    'schema/wrong-type',
    at,
    message,
    typeof value === 'object' ? undefined : 'Put the value in quotes.',
  )
}

function problem(
  source: Resource['source'],
  code: DiagnosticCode,
  at: string,
  message: string,
  help?: string,
): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    at: { file: source.file, document: source.document, pointer: `${source.pointer ?? ''}${at}` },
    ...(help === undefined ? {} : { help }),
  }
}
