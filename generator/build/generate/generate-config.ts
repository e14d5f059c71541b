// ConfigMaps and Secrets made from literals, files and env files.
// Follows api/internal/generators (configmap.go, secret.go) and kyaml/yaml/datamap.go.

import type { SourceLocation } from '../../diagnostics/diagnostic.ts'
import { encodeFile, isBinary } from '../../manifest/file-tree.ts'
import { unwritable } from '../../manifest/yaml/unescape.ts'
import { newMap, type MutableMap } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { borrowedValues } from '../checks/borrowed-values.ts'
import { BuildResource } from '../build-resource.ts'
import type { FileLoader } from '../file-loader.ts'
import type { GeneratorArgs, GeneratorOptions } from '../kustomization-file.ts'
import { behaviorNamed } from '../notes.ts'
import { requireTextKey } from '../new-key.ts'
import { mapFrom, quotedMapFrom } from '../plain-map.ts'
import { readKeyValues, type KeyValue } from './key-values.ts'

export function generateConfig(
  kind: 'ConfigMap' | 'Secret',
  args: GeneratorArgs,
  loader: FileLoader,
  at: SourceLocation,
): BuildResource {
  const { name = '', namespace = '', options } = args
  if (name === '') {
    refuse('kustomize/generator-source', `a generated ${kind} must have a name`, {
      at,
      help: 'Add "name" to the generator.',
    })
  }
  const pairs = readKeyValues(loader, args, at)
  const object: MutableMap = newMap()
  object['apiVersion'] = 'v1'
  object['kind'] = kind
  object['metadata'] = metadata(name, namespace, options)
  if (kind === 'Secret') object['type'] = args.type === undefined || args.type === '' ? 'Opaque' : args.type
  setData(object, kind, pairs)
  if (options?.immutable === true) object['immutable'] = true
  const resource = new BuildResource(object, { file: at.file, document: at.document, pointer: at.pointer }, false)
  resource.memory.needsHash = options?.disableNameSuffixHash !== true
  resource.memory.generated = true
  resource.memory.behavior = behaviorNamed(args.behavior)
  const borrowed = borrowedValues(pairs)
  if (borrowed.length > 0) resource.silences = borrowed
  return resource
}

/** Global options fill what a generator leaves open; their flags add to its own. */
export function withGlobalOptions(args: GeneratorArgs, global: GeneratorOptions | undefined): GeneratorArgs {
  if (global === undefined) return args
  const own = args.options ?? {}
  return {
    ...args,
    options: {
      labels: { ...global.labels, ...own.labels },
      annotations: { ...global.annotations, ...own.annotations },
      disableNameSuffixHash: own.disableNameSuffixHash === true || global.disableNameSuffixHash === true,
      immutable: own.immutable === true || global.immutable === true,
    },
  }
}

/** Text is written as it is, except in a Secret; bytes that are no text are base64 in a field of their own. */
function setData(object: MutableMap, kind: 'ConfigMap' | 'Secret', pairs: readonly KeyValue[]): void {
  for (const { key, from } of pairs) requireTextKey(key, from)
  const encoded = ({ key, value }: KeyValue): [string, string] => [key, base64Lines(value)]
  if (kind === 'Secret') {
    object['data'] = mapFrom(pairs.map(encoded))
    return
  }
  const texts = pairs.filter(({ value }) => !isBinary(value))
  const binaries = pairs.filter(({ value }) => isBinary(value))
  for (const { value, key, from } of texts) {
    if (unwritable.test(value)) refuseCharacter(key, from)
  }
  if (texts.length > 0) object['data'] = quotedMapFrom(texts.map(({ key, value }) => [key, value]))
  if (binaries.length > 0) object['binaryData'] = mapFrom(binaries.map(encoded))
}

/** The text is UTF-8, so kustomize takes it for data, and then cannot write it (go-yaml: "control characters are not allowed"). */
function refuseCharacter(key: string, at: SourceLocation): never {
  return refuse(
    'kustomize/generator-source',
    `the value of "${key}" holds a control character that cannot be written`,
    {
      at,
      help: 'Save the file as UTF-8: such characters come from texts that were converted twice.',
    },
  )
}

function metadata(name: string, namespace: string, options: GeneratorOptions | undefined): MutableMap {
  const map = newMap()
  map['name'] = name
  if (namespace !== '') map['namespace'] = namespace
  for (const field of ['labels', 'annotations'] as const) {
    const entries = Object.entries(options?.[field] ?? {})
    for (const [key] of entries) requireTextKey(key)
    if (entries.length > 0) map[field] = mapFrom(entries)
  }
  return map
}

const base64LineLength = 70

/** Base64 in lines of 70, each ended by a line feed, as soon as one line might not do. */
function base64Lines(text: string): string {
  const encoded = encodeFile(text).toString('base64')
  if (encoded.length < base64LineLength) return encoded
  const lines: string[] = []
  for (let start = 0; start < encoded.length; start += base64LineLength) {
    lines.push(`${encoded.slice(start, start + base64LineLength)}\n`)
  }
  return lines.join('')
}
