// YAML text to the objects in it, as kustomize takes them: every document has a kind and a name, lists are unrolled, empty documents
// are passed over.
// Follows api/resource/factory.go and kyaml/kio/byteio_reader.go.

import { parseYaml } from '../manifest/parse-yaml.ts'
import { child } from '../manifest/pointer.ts'
import { asMap, isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { scalarText } from '../merge/mutable.ts'
import { BuildFault, refuse } from './build-fault.ts'
import type { ReadFrom } from './build-resource.ts'
import { withSourceText } from './read-source-text.ts'

/** An object as it stands in a file. */
export interface ReadObject {
  readonly object: YamlMap
  readonly readFrom: ReadFrom
}

/** The objects of a text; the first thing kustomize would refuse is thrown. */
export function readObjects(text: string, file: string): readonly ReadObject[] {
  const { value: parsed, diagnostics } = parseYaml(text, file)
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error')
  if (problem !== undefined) {
    throw new BuildFault(problem.code, problem.message, {
      at: problem.at,
      ...(problem.help === undefined ? {} : { help: problem.help }),
    })
  }
  const documents = withSourceText(parsed, text, file)
  const read = documents.flatMap(({ document, value }) => {
    const at = { file, document, pointer: '' }
    return documents.length === 1 && isPlainList(value) ? itemsOf(value, at) : [{ value, at }]
  })
  return unroll(read.flatMap(({ value, at }) => checked(value, at)))
}

interface Read {
  readonly value: YamlValue | undefined
  readonly at: ReadFrom
}

function isPlainList(value: YamlValue): value is YamlMap {
  return isMap(value) && (value['kind'] === 'List' || value['kind'] === 'ResourceList') && Object.hasOwn(value, 'items')
}

function itemsOf(list: YamlMap, at: ReadFrom): readonly Read[] {
  const items = list['items']
  if (isMap(items) && Object.keys(items).length > 0)
    refuse('kustomize/not-an-object', 'the items of a List are a map', { at, help: 'Write a list.' })
  if (!isList(items)) return []
  return items.map((value, index) => ({ value, at: { ...at, pointer: child(at.pointer, 'items', index) } }))
}

/** Nothing for what is empty; refused when it is not an object with kind and name. */
function checked(value: YamlValue | undefined, at: ReadFrom): readonly ReadObject[] {
  if (value === undefined || value === null) return []
  if (isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0) return []
  if (!isMap(value)) {
    return refuse(
      'kustomize/not-an-object',
      `${isList(value) ? 'a list' : `"${scalarText(value)}"`} is not a Kubernetes object`,
      {
        at,
        help: 'Write an object with apiVersion, kind and metadata.name, or remove the document.',
      },
    )
  }
  const kind = scalarText(value['kind'])
  if (kind === '') refuse('kustomize/not-an-object', 'missing kind in object', { at, help: 'Add "kind".' })
  if (!kind.endsWith('List') && scalarText(asMap(value['metadata'])['name']) === '') {
    refuse('kustomize/not-an-object', `missing metadata.name in ${kind}`, { at, help: 'Add "metadata.name".' })
  }
  refuseOddMetadata(value, at)
  return [{ object: value, readFrom: at }]
}

/** Kustomize takes a list for a map where it looks for annotations: it has to be of keys and values. */
function refuseOddMetadata({ metadata = null }: YamlMap, at: ReadFrom): void {
  const place = { at: { ...at, pointer: child(at.pointer, 'metadata') }, help: 'Write it as a map.' }
  if (metadata !== null && !isMap(metadata)) refuse('kustomize/not-an-object', 'the metadata is not a map', place)
  const annotations = asMap(metadata)['annotations']
  if (isList(annotations) && annotations.length % 2 === 1)
    refuse('kustomize/not-an-object', 'the annotations are a list', place)
}

/** The objects inside lists come after everything else. */
function unroll(objects: readonly ReadObject[]): readonly ReadObject[] {
  const queue = [...objects]
  const unrolled: ReadObject[] = []
  for (const next of queue) {
    const { object, readFrom } = next
    if (!scalarText(object['kind']).endsWith('List') || !Object.hasOwn(object, 'items')) {
      unrolled.push(next)
      continue
    }
    const items = object['items'] ?? null
    if (items === null) continue
    if (!isList(items)) {
      refuse('kustomize/not-an-object', `expected a list of items in ${scalarText(object['kind'])}`, {
        at: { ...readFrom, pointer: child(readFrom.pointer, 'items') },
      })
    }
    for (const { value, at } of itemsOf(object, readFrom)) {
      const inner = isMap(value) && isPlainList(value) ? itemsOf(value, at) : [{ value, at }]
      queue.push(...inner.flatMap(item => checked(item.value, item.at)))
    }
  }
  return unrolled
}
