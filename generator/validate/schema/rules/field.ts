// A cursor into an object: a value and how it was reached. Pointers are only spelled out for findings, so walking a good
// object allocates little. Reading follows Go's view of a decoded object: null is absent, and a value of the wrong type is
// absent too (the structural check reports it).

import { child } from '../../../manifest/pointer.ts'
import { asString, isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../../manifest/value.ts'

export interface Field {
  readonly value: YamlValue | undefined
  readonly key: string | number
  readonly parent: Field | undefined
}

/** The cursor at a value whose pointer is known. */
export function fieldAt(value: YamlValue | undefined, pointer: string): Field {
  return { value: value ?? undefined, key: pointer, parent: undefined }
}

/** The field under some keys; its value is undefined where any of them is missing. */
export function at(field: Field, ...keys: readonly string[]): Field {
  let current = field
  for (const key of keys) {
    const { value } = current
    const next = isMap(value) ? own(value, key) : undefined
    current = { value: next ?? undefined, key, parent: current }
  }
  return current
}

/** Most fields that are asked for are not there: only what was found is asked whose it is. */
function own(map: YamlMap, key: string): YamlValue | undefined {
  const value = map[key]
  return value !== undefined && Object.hasOwn(map, key) ? value : undefined
}

/** The items of a list; none for anything else. */
export function items(field: Field): readonly Field[] {
  const { value } = field
  if (!isList(value)) return nothing
  return value.map((item, key) => ({ value: item ?? zeroBeside(value, field.key), key, parent: field }))
}

/** Lists of texts that the server looks into: where every entry is null, nothing else tells what they hold. */
const textLists = new Set(
  `accessModes add addresses admissionReviewVersions apiGroups apiVersions args bindingConditions bindingFailureConditions cidrs clusterIPs
  command drop except externalIPs finalizers groups hostnames hosts ipFamilies loadBalancerSourceRanges matchLabelKeys mismatchLabelKeys monitors mountOptions
  nameservers namespaces nonResourceURLs operations podCIDRs policyTypes portals resourceNames resources scopes searches targetWWNs
  topologyKeys usages validationActions values verbs volumeLifecycleModes wwids`.split(/\s+/),
)

/** What Go reads a null entry as: the zero value of what the other entries are, a map where there is no other. */
function zeroBeside(list: YamlList, key: string | number): YamlValue {
  const other = list.find(item => item !== null)
  if (typeof other === 'string' || (other === undefined && textLists.has(String(key)))) return ''
  return typeof other === 'number' ? 0 : {}
}

/** The entries of a map; none for anything else. */
export function entries(field: Field): readonly Field[] {
  const { value } = field
  if (!isMap(value)) return nothing
  return Object.keys(value).map(key => ({ value: value[key] ?? undefined, key, parent: field }))
}

/** How many items a list or a map has; 0 for anything else. */
export function count(field: Field): number {
  const { value } = field
  if (isList(value)) return value.length
  return isMap(value) ? Object.keys(value).length : 0
}

export function isSet(field: Field): boolean {
  return field.value !== undefined
}

/** The text, '' where absent or of another type: as Go's zero value. */
export function text(field: Field): string {
  return asString(field.value) ?? ''
}

/** The text; undefined where absent or of another type. */
export function optionalText(field: Field): string | undefined {
  return asString(field.value)
}

/** The whole number; undefined where absent or of another type. */
export function integer(field: Field): number | undefined {
  const { value } = field
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** Whether the value is `true`. */
export function isTrue(field: Field): boolean {
  return field.value === true
}

/** The map; undefined where absent or of another type. */
export function mapOf(field: Field): YamlMap | undefined {
  return isMap(field.value) ? field.value : undefined
}

/** The texts of a list. */
export function texts(field: Field): readonly string[] {
  const { value } = field
  if (!isList(value)) return []
  return value.map(item => item ?? zeroBeside(value, field.key)).filter(item => typeof item === 'string')
}

/** Whether a required field has the wrong type, so that the structural check speaks and nothing else should. */
export function isMistyped(field: Field, type: 'map' | 'list' | 'string'): boolean {
  const { value } = field
  if (value === undefined) return false
  if (type === 'map') return !isMap(value)
  return type === 'list' ? !isList(value) : typeof value !== 'string'
}

/** The JSON pointer of a field. */
export function pointerOf(field: Field): string {
  const keys: (string | number)[] = []
  let current = field
  while (current.parent !== undefined) {
    keys.push(current.key)
    current = current.parent
  }
  return child(String(current.key), ...keys.reverse())
}

const nothing: readonly Field[] = []
