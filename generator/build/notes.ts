// What kustomize remembers of an object it writes among the object's annotations, where patches and replacements can see, copy and
// remove it: an object that loses its notes is no longer followed when it is renamed, and gets no hash. Here the notes are fields;
// they are written out only for a step that reaches for the annotations as a whole, or for the notes themselves.
// Follows api/resource/resource.go (BuildAnnotations) and api/internal/utils/annotations.go.

import { asMap, isMap, type YamlMap } from '../manifest/value.ts'
import { newMap, type MutableMap } from '../merge/mutable.ts'
import { refuse } from './build-fault.ts'
import { mapFrom } from './plain-map.ts'
import type { Behavior, BuildResource, FormerId, Memory } from './build-resource.ts'
import { originAnnotation, originText, transformationsAnnotation, transformationsText } from './origin-annotation.ts'
import { originFrom, transformationsFrom } from './read-origin.ts'

const domain = 'internal.config.kubernetes.io/'

const note = {
  names: `${domain}previousNames`,
  namespaces: `${domain}previousNamespaces`,
  kinds: `${domain}previousKinds`,
  prefixes: `${domain}prefixes`,
  suffixes: `${domain}suffixes`,
  hash: `${domain}needsHashSuffix`,
  behavior: `${domain}generatorBehavior`,
} as const

const reports: ReadonlySet<string> = new Set([originAnnotation, transformationsAnnotation])
const notes: ReadonlySet<string> = new Set([...Object.values(note), ...reports])
const enabled = 'enabled'

/** Whether any of these annotations is a note of kustomize's. */
export function hasWrittenNotes(annotations: unknown): boolean {
  if (!isMap(annotations)) return false
  for (const key in annotations) if (notes.has(key)) return true
  return false
}

/** Whether a path, from the object down, leads to the annotations as a whole, or to a note. */
export function leadsToNotes(path: readonly string[]): boolean {
  const [metadata = 'metadata', annotations = 'annotations', key] = path
  return metadata === 'metadata' && annotations === 'annotations' && (key === undefined || notes.has(key))
}

/** Writes the notes out, into the object. */
export function openNotes(resource: BuildResource): void {
  const entries = writtenNotes(resource.memory)
  if (entries.length === 0) return
  const object = resource.edit()
  const metadata = isMap(object['metadata']) ? (object['metadata'] as MutableMap) : newMap()
  const annotations = isMap(metadata['annotations']) ? (metadata['annotations'] as MutableMap) : newMap()
  for (const [key, text] of entries) annotations[key] = text
  metadata['annotations'] = annotations
  object['metadata'] = metadata
}

/** The metadata as a reader of the notes sees it; the object stays as it is. */
export function withNotes(resource: BuildResource): YamlMap {
  const metadata = asMap(resource.object['metadata'])
  const entries = writtenNotes(resource.memory)
  if (entries.length === 0) return resource.object
  const annotations = { ...asMap(metadata['annotations']), ...Object.fromEntries(entries) }
  return { ...resource.object, metadata: { ...metadata, annotations } }
}

/** Takes notes back out of the object; what the step has changed or removed is changed or forgotten. */
export function closeNotes(resource: BuildResource): void {
  const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
  const text = (key: string): string => {
    const value = annotations[key]
    return typeof value === 'string' ? value : ''
  }
  const list = (key: string): readonly string[] => (text(key) === '' ? [] : text(key).split(','))
  const origin = text(originAnnotation)
  Object.assign(resource.memory, {
    formerIds: formerIds(list(note.names), list(note.namespaces), list(note.kinds), resource),
    prefixes: list(note.prefixes),
    suffixes: list(note.suffixes),
    needsHash: text(note.hash) === enabled,
    generated: text(note.behavior) !== '',
    behavior: behaviorNamed(text(note.behavior)),
    origin: origin === '' ? undefined : originFrom(origin, resource.readFrom),
    transformations: transformationsFrom(text(transformationsAnnotation), resource.readFrom),
  } satisfies Partial<Memory>)
  dropNotes(resource)
}

/** The same for a JSON patch, after which kustomize puts its own notes back: only the reports can be lost. */
export function closeReports(resource: BuildResource): void {
  const kept = { ...resource.memory }
  closeNotes(resource)
  const { origin, transformations } = resource.memory
  Object.assign(resource.memory, kept, { origin, transformations })
}

/** Whoever writes a note writes all annotations anew, as text. */
export function annotationsToText(resource: BuildResource): void {
  const entries = resource.textMap('annotations')
  const object = resource.edit()
  const metadata = isMap(object['metadata']) ? (object['metadata'] as MutableMap) : newMap()
  object['metadata'] = metadata
  if (entries.size === 0) delete metadata['annotations']
  else metadata['annotations'] = mapFrom(entries)
}

/** Takes over notes that the user's own annotations hold. */
export function adoptNotes(resource: BuildResource): BuildResource {
  if (hasWrittenNotes(asMap(resource.object['metadata'])['annotations'])) closeNotes(resource)
  return resource
}

function dropNotes(resource: BuildResource): void {
  if (!hasWrittenNotes(asMap(resource.object['metadata'])['annotations'])) return
  const metadata = resource.edit()['metadata'] as MutableMap
  const annotations = metadata['annotations'] as MutableMap
  for (const key of notes) delete annotations[key]
  if (Object.keys(annotations).length === 0) delete metadata['annotations']
}

function writtenNotes(memory: Memory): readonly (readonly [string, string])[] {
  const { formerIds: ids, prefixes, suffixes, needsHash, generated, behavior, origin, transformations } = memory
  const entries = [
    [note.names, ids.map(({ name }) => name).join(',')],
    [note.namespaces, ids.map(({ namespace }) => namespace).join(',')],
    [note.kinds, ids.map(({ kind }) => kind).join(',')],
    [note.prefixes, prefixes.join(',')],
    [note.suffixes, suffixes.join(',')],
    [note.hash, needsHash ? enabled : ''],
    [note.behavior, generated ? behavior : ''],
    [originAnnotation, origin === undefined ? '' : originText(origin)],
    [transformationsAnnotation, transformations.length === 0 ? '' : transformationsText(transformations)],
  ] as const
  return entries.filter(([, text]) => text !== '')
}

function formerIds(
  names: readonly string[],
  namespaces: readonly string[],
  kinds: readonly string[],
  { readFrom }: BuildResource,
): readonly FormerId[] {
  if (names.length !== namespaces.length || names.length !== kinds.length) {
    refuse('kustomize/not-an-object', `the annotations under "${domain}" contradict each other`, {
      at: readFrom,
      help: 'Remove them: kustomize keeps them for itself while it builds.',
    })
  }
  return names.map((name, index) => ({ name, namespace: namespaces[index] ?? '', kind: kinds[index] ?? '' }))
}

/** Whatever is none of kustomize's words says nothing. */
export function behaviorNamed(text: string | undefined): Behavior {
  return text === 'create' || text === 'merge' || text === 'replace' ? text : 'unspecified'
}
