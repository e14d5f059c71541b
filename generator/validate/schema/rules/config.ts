// ConfigMaps and Secrets: keys, sizes, and what each type of Secret must hold. Values never appear in messages.
// Follows pkg/apis/core/validation/validation.go (ValidateConfigMap, ValidateSecret); stringData is merged over data first
// (pkg/apis/core/v1/conversion.go).

import { byteLength, configKeyFault } from '../../../manifest/names.ts'
import { at, entries, isMistyped, isSet, mapOf, optionalText, text, type Field } from './field.ts'
import { quote, type Inspection } from './inspection.ts'
import { base64Bytes, decodeBase64 } from './base64.ts'

const maxBytes = 1024 * 1024
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Secret type to the keys it must hold: all of a list, or one of them for basic-auth. */
const requiredKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
])

export function inspectConfigMap(inspection: Inspection): void {
  const { root } = inspection
  const binary = at(root, 'binaryData')
  let bytes = 0
  for (const entry of entries(at(root, 'data'))) {
    bytes += byteLength(text(entry))
    refuseKey(inspection, entry)
    if (!isSet(at(binary, String(entry.key)))) continue
    inspection.refuse('duplicate-data-key', {
      at: entry,
      on: 'key',
      message: `key ${quote(entry.key)} stands in data and in binaryData`,
    })
  }
  for (const entry of entries(binary)) {
    bytes += base64Bytes(text(entry))
    refuseKey(inspection, entry)
    refuseEncoding(inspection, entry, 'invalid-data-key')
  }
  refuseSize(inspection, bytes)
}

export function inspectSecret(inspection: Inspection): void {
  const { root } = inspection
  const plain = at(root, 'stringData')
  let bytes = 0
  for (const entry of entries(plain)) {
    bytes += byteLength(text(entry))
    refuseKey(inspection, entry)
  }
  for (const entry of entries(at(root, 'data'))) {
    refuseKey(inspection, entry)
    refuseEncoding(inspection, entry, 'invalid-secret')
    if (!isSet(at(plain, String(entry.key)))) bytes += base64Bytes(text(entry))
  }
  refuseSize(inspection, bytes)
  if (!isMistyped(at(root, 'data'), 'map') && !isMistyped(plain, 'map')) inspectSecretType(inspection)
}

function inspectSecretType(inspection: Inspection): void {
  const { root } = inspection
  const type = text(at(root, 'type'))
  const missing = (requiredKeys.get(type) ?? []).filter(key => !hasKey(root, key))
  if (missing.length > 0) refuseMissing(inspection, type, missing.map(key => quote(key)).join(' and '))
  if (type === 'kubernetes.io/basic-auth' && !hasKey(root, 'username') && !hasKey(root, 'password')) {
    refuseMissing(inspection, type, '"username" or "password"')
  }
  const account = at(root, 'metadata', 'annotations', 'kubernetes.io/service-account.name')
  if (type === 'kubernetes.io/service-account-token' && text(account) === '') {
    inspection.refuse('invalid-secret', {
      at: at(root, 'type'),
      message: `Secret of type ${quote(type)} needs the annotation "kubernetes.io/service-account.name"`,
    })
  }
  for (const key of ['.dockercfg', '.dockerconfigjson']) {
    if ((requiredKeys.get(type) ?? []).includes(key)) inspectJson(inspection, key)
  }
}

function refuseMissing(inspection: Inspection, type: string, keys: string): void {
  inspection.refuse('invalid-secret', {
    at: at(inspection.root, 'type'),
    message: `Secret of type ${quote(type)} has no ${keys}`,
    help: 'Add the keys, or use type "Opaque".',
  })
}

function hasKey(root: Field, key: string): boolean {
  // A key with null is there, with nothing in it.
  const own = ['data', 'stringData'].filter(part => Object.hasOwn(mapOf(at(root, part)) ?? {}, key))
  return own.some(part => key !== 'ssh-privatekey' || text(at(root, part, key)) !== '')
}

function inspectJson(inspection: Inspection, key: string): void {
  const { root } = inspection
  const plain = at(root, 'stringData', key)
  const isNull = (part: string): boolean => mapOf(at(root, part))?.[key] === null
  const empty = ['stringData', 'data'].find(part => isNull(part) && !(part === 'data' && isSet(plain)))
  if (empty !== undefined) {
    const message = `${quote(key)} does not hold a JSON object`
    inspection.refuse('invalid-secret', { at: at(root, empty, key), message })
    return
  }
  const encoded = at(root, 'data', key)
  const field = isSet(plain) ? plain : encoded
  const value = optionalText(field)
  if (value === undefined || (field === encoded && !base64Pattern.test(withoutBreaks(value)))) return
  const json = field === plain ? value : decodeBase64(withoutBreaks(value))
  if (isJsonObject(json)) return
  inspection.refuse('invalid-secret', { at: field, message: `${quote(key)} does not hold a JSON object` })
}

function isJsonObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && !Array.isArray(value)
  } catch {
    return false
  }
}

function refuseKey(inspection: Inspection, entry: Field): void {
  const fault = configKeyFault(String(entry.key))
  if (fault === undefined) return
  inspection.refuse('invalid-data-key', { at: entry, on: 'key', message: `key ${quote(entry.key)} ${fault}` })
}

function refuseEncoding(inspection: Inspection, entry: Field, name: 'invalid-secret' | 'invalid-data-key'): void {
  const value = optionalText(entry)
  if (value === undefined || base64Pattern.test(withoutBreaks(value))) return
  inspection.refuse(name, {
    at: entry,
    message: `value of ${quote(entry.key)} is not base64`,
    help:
      name === 'invalid-secret'
        ? 'Encode the value, or move it to stringData.'
        : 'Encode the value, or move it to data.',
  })
}

/** Go's decoder skips line breaks. */
function withoutBreaks(value: string): string {
  return value.includes('\n') || value.includes('\r') ? value.replaceAll(/[\r\n]/g, '') : value
}

function refuseSize(inspection: Inspection, bytes: number): void {
  if (bytes <= maxBytes) return
  inspection.refuse('data-too-large', {
    at: inspection.root,
    message: `data has ${bytes} bytes, at most ${maxBytes} are allowed`,
    help: 'Split it, or put it in a volume or an image.',
  })
}
