// What `gitops schemas add FILE` writes: the schemas of a CustomResourceDefinition without their prose, one file per served
// version, in the form the catalog reads.

import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts'
import type { FileTree } from '../../manifest/file-tree.ts'
import { locationOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { identityOf } from '../run-rules.ts'
import { customSchemaPath } from './catalog.ts'

/** Files under schemas/ for the kinds that definitions describe; other objects are left out with a diagnostic. */
export function schemaFiles(resources: readonly Resource[]): Result<FileTree> {
  const files = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const resource of resources) {
    const found = definitionFiles(resource)
    if (found.length === 0) diagnostics.push(nothingToAdd(resource))
    for (const [path, text] of found) files.set(path, text)
  }
  return { value: files, diagnostics }
}

function definitionFiles({ apiVersion, kind, object }: Resource): readonly (readonly [string, string])[] {
  if (kind !== 'CustomResourceDefinition' || apiVersion !== 'apiextensions.k8s.io/v1') return []
  const spec = asMap(object['spec'])
  const names = asMap(spec['names'])
  const group = asString(spec['group']) ?? ''
  const customKind = asString(names['kind']) ?? ''
  return asList(spec['versions']).flatMap(version => {
    const entry = asMap(version)
    const schema = asMap(entry['schema'])['openAPIV3Schema']
    const customVersion = `${group}/${asString(entry['name']) ?? ''}`
    const path = customSchemaPath(customVersion, customKind)
    if (entry['served'] !== true || !isMap(schema) || path === undefined) return []
    const file = {
      format: 1,
      apiVersion: customVersion,
      kind: customKind,
      plural: asString(names['plural']) ?? '',
      scope: spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced',
      schema: withoutProse(schema),
    }
    return [[path, `${JSON.stringify(file, undefined, 1)}\n`] as const]
  })
}

const prose: ReadonlySet<string> = new Set(['description', 'title', 'example', 'externalDocs'])

/** A schema without what only people read. Below `properties` the keys are field names, and all of them stay. */
function withoutProse(schema: YamlMap): YamlMap {
  const kept: Record<string, YamlValue> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined || prose.has(keyword)) continue
    kept[keyword] = keyword === 'properties' && isMap(value) ? mapValues(value) : nested(keyword, value)
  }
  return kept
}

function mapValues(properties: YamlMap): YamlMap {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isMap(schema) ? withoutProse(schema) : schema]),
  )
}

const schemaKeywords: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'allOf', 'anyOf', 'oneOf'])

function nested(keyword: string, value: YamlValue): YamlValue {
  if (!schemaKeywords.has(keyword)) return value
  if (isMap(value)) return withoutProse(value)
  return isList(value) ? value.map(branch => (isMap(branch) ? withoutProse(branch) : branch)) : value
}

function nothingToAdd(resource: Resource): Diagnostic {
  return {
    code: 'schema/invalid-definition',
    severity: 'error',
    message: `${resource.kind} "${resource.name}" is not a CustomResourceDefinition of apiextensions.k8s.io/v1 with a served schema`,
    at: locationOf({ resource, pointer: '/kind' }),
    resource: identityOf(resource),
    help: 'Give a file with CustomResourceDefinition objects.',
  }
}
