// The last touches: build metadata in, kustomize's own notes out, annotations as text, blank values as they are printed.
// Follows api/krusty/kustomizer.go and api/resource/resource.go (RemoveBuildAnnotations).

import { asMap, isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { isRefolded, spellingOf } from '../manifest/yaml/spelling.ts'
import type { Resource } from '../manifest/resource.ts'
import { newMap, printedBlank, type MutableList, type MutableMap } from '../merge/mutable.ts'
import type { BuildResource } from './build-resource.ts'
import { fieldSpec } from './field-spec.ts'
import { anyGvk } from './gvk.ts'
import { requireTextKeys } from './new-key.ts'
import { originAnnotation, originText, transformationsAnnotation, transformationsText } from './origin-annotation.ts'
import { mapFrom } from './plain-map.ts'
import { setEntries } from './transform/set-entries.ts'

/** The release whose behaviour the build follows, as the `managed-by` label reports it. */
const release = 'v5.8.1'

export function finishResources(
  resources: readonly BuildResource[],
  buildMetadata: readonly string[],
  directory: string,
): readonly Resource[] {
  if (buildMetadata.includes('managedByLabel')) {
    const labels = fieldSpec({ ...anyGvk, path: 'metadata/labels', create: true })
    setEntries(resources, { 'app.kubernetes.io/managed-by': `kustomize-${release}` }, [labels])
  }
  return resources.map((resource, index) => {
    finishAnnotations(resource, buildMetadata)
    if (hasBlank(resource.object)) printBlanks(resource.edit())
    const { apiVersion, kind, name, namespace, object } = resource
    const source = { file: directory, document: index + 1 }
    return { apiVersion, kind, name, ...(namespace === '' ? {} : { namespace }), object, source }
  })
}

const domain = 'internal.config.kubernetes.io/'

/** Annotations that kustomize, or a function before it, keeps for itself. */
const ownAnnotations: ReadonlySet<string> = new Set([
  ...['previousKinds', 'previousNames', 'previousNamespaces', 'prefixes', 'suffixes', 'refBy'].map(
    name => domain + name,
  ),
  ...['allowNameChange', 'allowKindChange', 'generatorBehavior', 'needsHashSuffix'].map(name => domain + name),
  ...['path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id', 'helm-generated'].map(
    name => domain + name,
  ),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
])

function finishAnnotations(resource: BuildResource, buildMetadata: readonly string[]): void {
  const { origin, transformations } = resource.memory
  const reported: (readonly [string, string])[] = []
  if (origin !== undefined && buildMetadata.includes('originAnnotations'))
    reported.push([originAnnotation, originText(origin)])
  if (transformations.length > 0 && buildMetadata.includes('transformerAnnotations')) {
    reported.push([transformationsAnnotation, transformationsText(transformations)])
  }
  const metadata = asMap(resource.object['metadata'])
  if (reported.length === 0 && !Object.hasOwn(metadata, 'annotations')) return
  // Kustomize writes all annotations anew, with or without something to change.
  requireTextKeys(Object.keys(asMap(metadata['annotations'])), resource.readFrom)
  if (reported.length === 0 && isPlain(metadata['annotations'])) return
  const annotations = [...resource.textMap('annotations')].filter(([key]) => !ownAnnotations.has(key))
  const object = resource.edit()
  const editable = isMap(object['metadata']) ? object['metadata'] : newMap()
  object['metadata'] = editable
  if (annotations.length + reported.length === 0) delete editable['annotations']
  else editable['annotations'] = mapFrom([...annotations, ...reported])
}

/** Whether annotations are already what they become: text, some, and none of kustomize's. */
function isPlain(annotations: unknown): boolean {
  if (!isMap(annotations)) return false
  const keys = Object.keys(annotations)
  return keys.length > 0 && keys.every(key => isText(annotations, key) && !ownAnnotations.has(key))
}

/** A date that is not in quotes is no text yet; a folded block may be printed otherwise than it is written. */
function isText(annotations: YamlMap, key: string): boolean {
  return (
    typeof annotations[key] === 'string' &&
    spellingOf(annotations, key)?.style !== 'plain' &&
    !isRefolded(annotations, key)
  )
}

function hasBlank(value: YamlMap | YamlList): boolean {
  if (isList(value)) return value.some((item, index) => isBlank(value, index, item))
  for (const key in value) if (isBlank(value, key, value[key])) return true
  return false
}

function isBlank(container: object, key: string | number, value: YamlValue | undefined): boolean {
  if (typeof value !== 'object') return value === undefined
  return value === null ? printedBlank(container, key) === '' : hasBlank(value)
}

function printBlanks(value: MutableMap | MutableList): void {
  const map = value as MutableMap
  for (const key in map) {
    const item = map[key] ?? null
    if (item === null) map[key] = printedBlank(map, key)
    else if (typeof item === 'object') printBlanks(item)
  }
}
