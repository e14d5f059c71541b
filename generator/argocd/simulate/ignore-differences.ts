// What an Application's ignoreDifferences really match: group and kind by glob, name and namespace exactly, and each path
// only where the object has it (util/argo/normalizers/diff_normalizer.go).

import { valueAt } from '../../manifest/pointer.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isList, type YamlMap } from '../../manifest/value.ts'
import { matchesGlob } from './glob.ts'
import { evaluateJqPath } from './jq-path.ts'
import { destinationOfApplication, listAt, syncOptionsOf } from './read-argocd.ts'

export interface IgnoreEntry {
  /** Pointer inside the Application. */
  readonly pointer: string
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly jsonPointers: readonly string[]
  readonly jqPathExpressions: readonly string[]
  readonly managedFieldsManagers: readonly string[]
}

/** The entries of an Application; what is not written is ''. */
export function ignoreEntriesOf(application: YamlMap): readonly IgnoreEntry[] {
  return (listAt(application, '/spec/ignoreDifferences') ?? []).map((value, index) => {
    const entry = asMap(value)
    return {
      pointer: `/spec/ignoreDifferences/${index}`,
      group: asString(entry['group']) ?? '',
      kind: asString(entry['kind']) ?? '',
      name: asString(entry['name']) ?? '',
      namespace: asString(entry['namespace']) ?? '',
      jsonPointers: strings(entry, 'jsonPointers'),
      jqPathExpressions: strings(entry, 'jqPathExpressions'),
      managedFieldsManagers: strings(entry, 'managedFieldsManagers'),
    }
  })
}

function strings(entry: YamlMap, field: string): readonly string[] {
  return asList(entry[field]).flatMap(value => asString(value) ?? [])
}

/**
 * The objects an entry is about.
 * @param namespace the destination's, where objects land that name none
 */
export function objectsOf(entry: IgnoreEntry, resources: readonly Resource[], namespace = ''): readonly Resource[] {
  return resources.filter(
    resource =>
      matchesGlob(entry.group, groupOf(resource.apiVersion)) &&
      matchesGlob(entry.kind, resource.kind) &&
      (entry.name === '' || entry.name === resource.name) &&
      (entry.namespace === '' || entry.namespace === (resource.namespace ?? namespace)),
  )
}

export interface IgnoredPath {
  readonly path: string
  readonly language: 'jsonPointer' | 'jq'
  /** Pointers of the fields in Git it stands for; undefined where the expression is not evaluated. */
  readonly fields: readonly string[] | undefined
  /** Whether a field is a list, or stands inside one: then RespectIgnoreDifferences takes the whole list from the cluster. */
  readonly insideList: boolean
}

/** What each path of an entry stands for in one object. */
export function ignoredPaths(entry: IgnoreEntry, resource: Resource): readonly IgnoredPath[] {
  const byPointer = entry.jsonPointers.map((path): IgnoredPath => {
    const found = valueAt(resource.object, path) !== undefined
    return {
      path,
      language: 'jsonPointer',
      fields: found ? [path] : [],
      insideList: touchesList(resource.object, path),
    }
  })
  const byExpression = entry.jqPathExpressions.map((path): IgnoredPath => {
    const found = evaluateJqPath(resource.object, path)
    return {
      path,
      language: 'jq',
      fields: found?.map(field => field.pointer),
      insideList: found?.some(field => touchesList(resource.object, field.pointer)) ?? false,
    }
  })
  return [...byPointer, ...byExpression]
}

/** Whether the value at a pointer, or anything on the way to it, is a list. */
function touchesList(object: YamlMap, pointer: string): boolean {
  const ends = [...pointer.matchAll(/\//g)].map(match => match.index).slice(1)
  return [...ends.map(end => pointer.slice(0, end)), pointer].some(at => isList(valueAt(object, at)))
}

/** A field that Argo CD leaves alone both in the comparison and in the sync. */
export interface IgnoredField {
  readonly group: string
  readonly kind: string
  readonly name?: string
  readonly namespace?: string
  readonly jsonPointers: readonly string[]
}

/**
 * The fields an Application leaves to others, for rules that ask whether a field is fought over. Without
 * RespectIgnoreDifferences=true the sync writes them all the same, so then there are none.
 */
export function ignoredFieldsOf(application: YamlMap): readonly IgnoredField[] {
  if (!syncOptionsOf(application).includes('RespectIgnoreDifferences=true')) return []
  return ignoreEntriesOf(application).flatMap(entry => {
    const simple = entry.jqPathExpressions
      .filter(path => /^(\.[A-Za-z_]\w*)+$/.test(path))
      .map(path => path.replaceAll('.', '/'))
    const jsonPointers = [...entry.jsonPointers, ...simple]
    if (jsonPointers.length === 0) return []
    return [
      {
        group: entry.group,
        kind: entry.kind,
        ...(entry.name === '' ? {} : { name: entry.name }),
        ...(entry.namespace === '' ? {} : { namespace: entry.namespace }),
        jsonPointers,
      },
    ]
  })
}

export interface IgnoredPlace {
  readonly entry: IgnoreEntry
  readonly path: string
  /** `all` of the value there, only `part` of it, or not evaluated: then it may be either, or nothing. */
  readonly covers: 'all' | 'part' | 'unknown'
}

/** Which entries of an Application make it ignore differences at a pointer of an object, or below it. */
export function ignoredAt(application: YamlMap, resource: Resource, pointer: string): readonly IgnoredPlace[] {
  const { namespace } = destinationOfApplication(application)
  const entries = ignoreEntriesOf(application).filter(entry => objectsOf(entry, [resource], namespace).length > 0)
  return entries.flatMap(entry => [
    ...ignoredPaths(entry, resource).flatMap(({ path, language, fields }): readonly IgnoredPlace[] => {
      const places = language === 'jsonPointer' ? [path] : fields
      if (places === undefined) return [{ entry, path, covers: 'unknown' }]
      if (places.some(place => isWithin(pointer, place))) return [{ entry, path, covers: 'all' }]
      return places.some(place => isWithin(place, pointer)) ? [{ entry, path, covers: 'part' }] : []
    }),
    ...entry.managedFieldsManagers.map((manager): IgnoredPlace => ({ entry, path: manager, covers: 'unknown' })),
  ])
}

function isWithin(pointer: string, other: string): boolean {
  return other === '' || pointer === other || pointer.startsWith(`${other}/`)
}
