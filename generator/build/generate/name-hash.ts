// The hash that generated ConfigMaps and Secrets carry in their names, so that a change of content is a change of name.
// Follows api/hasher/hasher.go.

import { sha256 } from '../../manifest/sha256.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { scalarText, textAt } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import { goJson } from '../go-json.ts'

/** The ten characters for an object's content. The name is left out of it. */
export function nameHash(object: YamlMap): string {
  const kind = scalarText(object['kind'])
  if (kind !== 'ConfigMap' && kind !== 'Secret') {
    refuse('kustomize/name-hash', `a generated object became a ${kind}, whose hash only kustomize itself can compute`, {
      help: 'Do not change the kind of generated objects, or set "disableNameSuffixHash: true".',
    })
  }
  return encode(sha256(goJson(contentOf(kind, object), 'compact')))
}

function contentOf(kind: string, object: YamlMap): YamlMap {
  // Kustomize means to put the name in, but looks for a field called "metadata/name" and finds none.
  const content: { [key: string]: YamlValue } = { kind, name: '', data: hashed(object, 'data') }
  if (kind === 'Secret') content['type'] = hashed(object, 'type')
  const more = kind === 'Secret' ? 'stringData' : 'binaryData'
  const value = hashed(object, more)
  if (typeof value !== 'string') content[more] = value
  return content
}

/** What the hash is made of: a map as it is, a scalar as text, nothing of a list. */
function hashed(object: YamlMap, field: string): YamlValue {
  const value = object[field] ?? ''
  if (isMap(value)) return value
  return isList(value) ? null : textAt(object, field)
}

const letters: { readonly [digit: string]: string } = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }

/** Digits and letters that could spell words are exchanged. */
function encode(hex: string): string {
  return hex.slice(0, 10).replaceAll(/[013ae]/g, digit => letters[digit] ?? digit)
}
