// Lays over a version what its client leaves out: enumerations, quantities, list keys, and the few places where the
// server takes more than the published types say.

import { listKeys } from './list-keys.ts'
import type { Facts } from './read-kubernetes-models.ts'
import type { Definition, VersionModel } from './model.ts'

/** Fields published as required that the server fills in by itself, or has never demanded; with the reason. */
const notDemanded: ReadonlyMap<string, string> = new Map([
  ['V1CSIDriver spec', 'every field of it has a default (pkg/apis/storage/v1/defaults.go of kubernetes)'],
  ['V1ControllerRevision revision', 'an integer that may be zero'],
  // Seen from an API server of 1.34, which takes each of these objects without the field.
  ...accepted('a map or list that may be empty', [
    'V1CSINode spec',
    'V1CSINodeSpec drivers',
    'V1LimitRangeSpec limits',
    'V1PodFailurePolicy rules',
    'V1PreferredSchedulingTerm preference',
    'V1ScaleIOVolumeSource secretRef',
    ...['V1', 'V1beta1', 'V1beta2'].flatMap(version => [
      `${version}DeviceClass spec`,
      `${version}ResourceClaim spec`,
      `${version}ResourceClaimTemplate spec`,
      `${version}ResourceClaimTemplateSpec spec`,
    ]),
    'ResourceV1ResourceClaim spec',
  ]),
  ...accepted('a text that may be empty', [
    'StorageV1TokenRequest audience',
    'V1ForZone name',
    'V1HTTPHeader value',
    'V1Sysctl value',
  ]),
  ...accepted('a number that may be zero', [
    'V1ISCSIPersistentVolumeSource lun',
    'V1ISCSIVolumeSource lun',
    'V1SleepAction seconds',
    ...['V1', 'V1beta1', 'V1beta2'].flatMap(version => [`${version}DeviceCapacity value`, `${version}ResourcePool generation`]),
  ]),
  ...accepted('false where it is left out', [
    'V1CustomResourceDefinitionVersion served',
    'V1CustomResourceDefinitionVersion storage',
  ]),
])

function accepted(reason: string, fields: readonly string[]): readonly (readonly [string, string])[] {
  return fields.map(field => [field, reason])
}

/** Quantities that the sources call texts. */
const quantities: ReadonlySet<string> = new Set(['V1CSIStorageCapacity capacity', 'V1CSIStorageCapacity maximumVolumeSize'])

/** Values that are either a schema or something simpler (apiextensions/v1: JSONSchemaPropsOrBool, …OrArray, …OrStringArray). */
const unions: Readonly<Record<string, string>> = {
  'V1JSONSchemaProps additionalProperties': 'boolean-or#V1JSONSchemaProps',
  'V1JSONSchemaProps additionalItems': 'boolean-or#V1JSONSchemaProps',
  'V1JSONSchemaProps items': 'list-or#V1JSONSchemaProps',
}

/** Values of an enumeration that servers do not take, and the first version that does without a feature gate. */
const newerValues: Readonly<Record<string, readonly [since: string, values: readonly string[]]>> = {
  'V1Toleration operator': ['1.37', ['Gt', 'Lt']],
}

/** @param version decides which values of an enumeration there are */
export function refine({ kinds, definitions }: VersionModel, facts: Facts, version: string): VersionModel {
  const refined = new Map<string, Definition>()
  for (const [name, definition] of definitions) {
    const properties = new Map<string, string>()
    for (const [field, expression] of definition.properties) {
      properties.set(field, valuesOf(version, `${name} ${field}`, refineField(name, field, expression, facts)))
    }
    const required = new Set([...definition.required].filter(field => !notDemanded.has(`${name} ${field}`)))
    refined.set(name, { properties, required })
  }
  return { kinds, definitions: refined }
}

function valuesOf(version: string, place: string, expression: string): string {
  const [since, values] = newerValues[place] ?? ['', []]
  if (version >= since) return expression
  return `=${expression.slice(1).split('|').filter(value => !values.includes(value)).join('|')}`
}

function refineField(definition: string, field: string, expression: string, facts: Facts): string {
  const union = unions[`${definition} ${field}`]
  if (union !== undefined) return union
  if (quantities.has(`${definition} ${field}`)) return 'quantity'
  const keys = field === 'conditions' && expression.startsWith('[]#') ? 'type' : listKeys(definition, field)
  const listed = keys === undefined ? expression : expression.replace('[]', `[${keys}]`)
  const leaf = leafOf(definition, field, facts)
  return leaf === undefined ? listed.replace(/number$/, numberLeaf(expression)) : listed.replace(/string$/, leaf)
}

/** Lists of numbers carry no format; all of them hold integers. */
function numberLeaf(expression: string): string {
  return expression === '[]number' ? 'integer' : 'number'
}

/** Looks a field up under its own definition, then under the same kind in another version. */
function leafOf(definition: string, field: string, facts: Facts): string | undefined {
  const bare = definition.replace(/^[A-Z][a-z]+(?=V\d)/, '')
  const kind = bare.replace(/^V\d+(?:(?:alpha|beta)\d+)?/, '')
  return (facts.get(`${bare} ${field}`) ?? facts.get(`${kind} ${field}`))?.leaf
}

/**
 * A field that a later version publishes as optional was never demanded: the server only ever caught up with what it did
 * (RoleRef.apiGroup, StatefulSetSpec.serviceName, EndpointSlice.endpoints).
 * @param models oldest first
 */
export function relaxRequired(models: readonly VersionModel[]): readonly VersionModel[] {
  let later: VersionModel | undefined
  const relaxed: VersionModel[] = []
  for (const model of models.toReversed()) {
    const definitions = new Map<string, Definition>()
    for (const [name, definition] of model.definitions) {
      const next = later?.definitions.get(name)
      const stays = (field: string): boolean => next === undefined || !next.properties.has(field) || next.required.has(field)
      definitions.set(name, { properties: definition.properties, required: new Set([...definition.required].filter(stays)) })
    }
    later = { kinds: model.kinds, definitions }
    relaxed.unshift(later)
  }
  return relaxed
}
