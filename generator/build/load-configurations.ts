// `configurations:` and `crds:`: files that tell the built-in transformers of further fields.
// Follows api/internal/plugins/builtinconfig/loaddefaultconfig.go and api/internal/accumulator/loadconfigfromcrds.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { pointer } from '../manifest/pointer.ts'
import { asMap, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { scalarText } from '../merge/mutable.ts'
import { refuse } from './build-fault.ts'
import { fieldSpec, type FieldSpec } from './field-spec.ts'
import type { FieldSpecArgs } from './kustomization-file.ts'
import { configurationShape } from './kustomization-shape.ts'
import { decode } from './struct-decoder.ts'
import { emptyConfig, mergeConfigs, type NameBackReference, type TransformerConfig } from './transformer-config.ts'

type FieldSpecLists = { readonly [field: string]: readonly FieldSpecArgs[] | undefined }

interface NameReferenceArgs extends FieldSpecArgs {
  readonly fieldSpecs?: readonly FieldSpecArgs[]
}

/** One file of `configurations:`. */
export function readConfiguration(value: YamlValue | undefined, at: SourceLocation): TransformerConfig {
  const { nameReference, ...lists } =
    decode<FieldSpecLists & { readonly nameReference?: readonly NameReferenceArgs[] }>(value, configurationShape, {
      code: 'kustomize/configuration',
      at,
    }) ?? {}
  const config: { [field: string]: unknown } = { ...emptyConfig }
  for (const [field, specs] of Object.entries(lists)) config[field] = fieldSpecs(specs, within(at, field))
  config['nameReference'] = ((nameReference as readonly NameReferenceArgs[] | undefined) ?? []).map(
    (reference, index) => ({
      gvk: fieldSpecFrom(reference),
      referrers: fieldSpecs(reference.fieldSpecs, within(at, 'nameReference', index, 'fieldSpecs')),
    }),
  )
  return config as unknown as TransformerConfig
}

/** @param list where the list of specs stands, where that is known */
export function fieldSpecs(specs: readonly FieldSpecArgs[] | undefined, list?: SourceLocation): readonly FieldSpec[] {
  return (specs ?? []).map((spec, index) => fieldSpecFrom(spec, list === undefined ? undefined : within(list, index)))
}

function fieldSpecFrom(
  { group = '', version = '', kind = '', path = '', create = false }: FieldSpecArgs,
  readFrom?: SourceLocation,
): FieldSpec {
  return fieldSpec({ group, version, kind, path, create, readFrom })
}

function within(at: SourceLocation, ...tokens: readonly (string | number)[]): SourceLocation {
  return { ...at, pointer: `${at.pointer}${pointer(...tokens)}` }
}

/** One file of `crds:`: OpenAPI definitions with kustomize's own extensions. */
export function readCrdConfiguration(value: YamlValue | undefined, at: SourceLocation): TransformerConfig {
  const definitions = asMap(value)
  for (const [name, definition] of Object.entries(definitions)) {
    if (definition === null || isMap(definition)) continue
    refuse('kustomize/configuration', `unable to parse open API definition: "${name}" is not a definition`, {
      at: { ...at, pointer: `/${name}` },
      help: 'List OpenAPI definitions here; CustomResourceDefinition objects belong into "resources".',
    })
  }
  let config = emptyConfig
  for (const [name, definition] of Object.entries(definitions)) {
    const properties = propertiesOf(definition)
    if (!['kind', 'apiVersion', 'metadata'].every(field => Object.hasOwn(properties, field))) continue
    const kind = name.split('.').at(-1) ?? name
    config = mergeConfigs(config, definedFields(definitions, kind, name, [], 0))
  }
  return config
}

function propertiesOf(definition: YamlValue | undefined): YamlMap {
  const map = asMap(definition)
  const schema = Object.keys(map).find(key => key.toLowerCase() === 'schema')
  return asMap(asMap(schema === undefined ? undefined : map[schema])['properties'])
}

/** Definitions that refer to each other in a circle are followed this far. */
const deepest = 16

function definedFields(
  definitions: YamlMap,
  kind: string,
  name: string,
  path: readonly string[],
  depth: number,
): TransformerConfig {
  let config = emptyConfig
  if (depth > deepest) return config
  for (const [field, property] of Object.entries(propertiesOf(definitions[name]))) {
    const schema = asMap(property)
    const at = [...path, field]
    const spec = (tail: readonly string[]): FieldSpec =>
      fieldSpecFrom({ kind, path: [...at, ...tail].join('/'), create: false })
    const added: { [list: string]: readonly (FieldSpec | NameBackReference)[] } = {}
    if (typeof schema['x-kubernetes-annotation'] === 'string') added['commonAnnotations'] = [spec([])]
    if (typeof schema['x-kubernetes-label-selector'] === 'string') added['commonLabels'] = [spec([])]
    if (typeof schema['x-kubernetes-identity'] === 'string') added['namePrefix'] = [spec([])]
    const reference = referenceOf(schema, spec)
    if (reference !== undefined) added['nameReference'] = [reference]
    config = mergeConfigs(config, { ...emptyConfig, ...added } as TransformerConfig)
    if (typeof schema['$ref'] === 'string') {
      config = mergeConfigs(config, definedFields(definitions, kind, schema['$ref'], at, depth + 1))
    }
  }
  return config
}

function referenceOf(schema: YamlMap, spec: (tail: readonly string[]) => FieldSpec): NameBackReference | undefined {
  const version = schema['x-kubernetes-object-ref-api-version']
  const kind = schema['x-kubernetes-object-ref-kind']
  if (typeof version !== 'string' || typeof kind !== 'string') return undefined
  const key = schema['x-kubernetes-object-ref-name-key']
  return {
    gvk: { group: '', version, kind },
    referrers: [spec([typeof key === 'string' ? scalarText(key) : 'name'])],
  }
}
