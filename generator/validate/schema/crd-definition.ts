// Whether the server takes a CustomResourceDefinition: names, versions, columns and subresources. Its schemas are looked into by
// crd-structure.ts. Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.

import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { withBlankFields } from './blank-fields.ts'
import { conversionProblems, optionalNameProblems } from './crd-names.ts'
import { defaultRuleProblems } from './crd-defaults.ts'
import { ruleFindings } from './crd-rules.ts'
import type { Problem } from './crd-problem.ts'
import { statusProblems } from './crd-status.ts'
import { structureProblems } from './crd-structure.ts'
import { withoutNulls } from '../../manifest/without-nulls.ts'
import type { VersionSchemas } from './version-schemas.ts'
import type { RawFinding } from './walk.ts'

/** What the server would refuse in a CustomResourceDefinition whose fields are of the right type. */
export function definitionFindings(resource: Resource, version: VersionSchemas): readonly RawFinding[] {
  const spec = withoutNulls(asMap(withBlankFields(resource.object['spec'])))
  const problems = [
    ...nameProblems(resource, spec),
    ...optionalNameProblems(spec),
    ...versionProblems(spec),
    ...conversionProblems(spec),
    ...asList(spec['versions']).flatMap((entry, index) =>
      isMap(entry) ? [...versionEntryProblems(entry, index, version)] : [],
    ),
  ]
  const found = problems.map(({ at, message, help }): RawFinding => ({
    code: 'schema/invalid-definition',
    pointer: at,
    message,
    help,
  }))
  // Under a schema that is not structural, types would be guesses.
  return found.length > 0 ? found : ruleFindings(spec, version)
}

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const versionLabel = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/
const domain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/

function* nameProblems(resource: Resource, spec: YamlMap): Generator<Problem> {
  const names = asMap(spec['names'])
  const group = asString(spec['group']) ?? ''
  const plural = asString(names['plural']) ?? ''
  const kind = asString(names['kind']) ?? ''
  const wanted = `${plural}.${group}`
  if (group !== '' && plural !== '' && resource.name !== wanted) {
    yield {
      at: '/metadata/name',
      message: `the name "${resource.name}" is not plural and group, "${wanted}"`,
      help: `Name the definition "${wanted}".`,
    }
  }
  yield* emptyProblems({ '/spec/group': group, '/spec/names/plural': plural, '/spec/names/kind': kind })
  if (plural !== '' && !label.test(plural)) yield notLabel('/spec/names/plural', plural)
  if (kind !== '' && !versionLabel.test(kind.toLowerCase())) yield notLabel('/spec/names/kind', kind)
  yield* groupProblems(resource, group)
}

function* emptyProblems(values: Readonly<Record<string, string>>): Generator<Problem> {
  for (const [at, value] of Object.entries(values)) {
    if (value === '') yield { at, message: `${at.split('/').at(-1) ?? ''} must not be empty`, help: 'Write a name.' }
  }
}

function* groupProblems(resource: Resource, group: string): Generator<Problem> {
  if (group === '') return
  if (!domain.test(group)) {
    yield {
      at: '/spec/group',
      message: `the group "${group}" is not a domain with at least one dot`,
      help: 'Write a domain in lower case, such as example.com.',
    }
  }
  yield* approvalProblem(resource, group)
}

function notLabel(at: string, value: string): Problem {
  return { at, message: `"${value}" is not a name of letters, digits and dashes`, help: 'Write a DNS label.' }
}

/** Groups of the Kubernetes community need an approval: https://github.com/kubernetes/enhancements/pull/1111. */
function* approvalProblem(resource: Resource, group: string): Generator<Problem> {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(group)) return
  const annotation = 'api-approved.kubernetes.io'
  const value = asString(asMap(asMap(resource.object['metadata'])['annotations'])[annotation]) ?? ''
  if (/^(https?:\/\/|unapproved)/.test(value)) return
  yield {
    at: '/metadata/annotations',
    message: `the group "${group}" is protected, and annotation "${annotation}" is ${value === '' ? 'missing' : 'neither a URL nor unapproved'}`,
    help: 'Use a group of your own domain, or name the pull request that approved the API.',
  }
}

function* versionProblems(spec: YamlMap): Generator<Problem> {
  const versions = asList(spec['versions']).map(asMap)
  const storage = versions.filter(version => version['storage'] === true).length
  if (storage !== 1) {
    yield {
      at: '/spec/versions',
      message: `${storage === 0 ? 'no version is' : `${storage} versions are`} marked as the storage version`,
      help: 'Set storage: true in exactly one version.',
    }
  }
  const seen = new Set<string>()
  for (const [index, version] of versions.entries()) {
    const name = asString(version['name'])
    if (name === undefined) continue
    const at = pointer('spec', 'versions', index, 'name')
    if (!versionLabel.test(name)) yield notLabel(at, name)
    if (seen.has(name)) yield { at, message: `version "${name}" is listed twice`, help: 'Keep one of the two.' }
    seen.add(name)
  }
  if (spec['preserveUnknownFields'] === true) {
    yield {
      at: '/spec/preserveUnknownFields',
      message: 'preserveUnknownFields cannot be true in apiextensions.k8s.io/v1',
      help: 'Remove it, and set x-kubernetes-preserve-unknown-fields where unknown fields are meant to stay.',
    }
  }
}

function* versionEntryProblems(entry: YamlMap, index: number, version: VersionSchemas): Generator<Problem> {
  const at = pointer('spec', 'versions', index)
  const schema = asMap(entry['schema'])['openAPIV3Schema']
  if (isMap(schema)) yield* schemaProblems(schema, `${at}/schema/openAPIV3Schema`, version)
  else {
    yield {
      at,
      message: `version "${asString(entry['name']) ?? ''}" has no schema`,
      help: 'Add schema.openAPIV3Schema, at least with type: object and x-kubernetes-preserve-unknown-fields: true.',
    }
  }
  for (const [column, value] of asList(entry['additionalPrinterColumns']).entries()) {
    yield* columnProblems(asMap(value), `${at}${pointer('additionalPrinterColumns', column)}`)
  }
  yield* statusProblems(entry, at)
  yield* scaleProblems(asMap(asMap(entry['subresources'])['scale']), `${at}/subresources/scale`)
  if (Number(version.version.split('.')[1]) >= selectableSince) yield* selectableProblems(entry, at)
  yield* warningProblems(entry, at)
}

/** Rules are asked about the defaults of a schema that is right as it is. */
function* schemaProblems(schema: YamlMap, at: string, version: VersionSchemas): Generator<Problem> {
  const found = structureProblems(schema, at, version)
  yield* found.length > 0 ? found : defaultRuleProblems(schema, at, version)
}

function* warningProblems(entry: YamlMap, at: string): Generator<Problem> {
  const warning = asString(entry['deprecationWarning']) ?? ''
  if (entry['deprecationWarning'] !== undefined && entry['deprecated'] !== true) {
    yield {
      at: `${at}/deprecationWarning`,
      message: 'the version has a deprecationWarning, but is not deprecated',
      help: 'Set deprecated: true, or remove the warning.',
    }
  }
  if (entry['deprecationWarning'] === '') {
    yield {
      at: `${at}/deprecationWarning`,
      message: 'the warning is empty',
      help: 'Say what to use instead, or leave it out.',
    }
  }
  if (warning.length <= longestWarning && !/\p{Cc}/u.test(warning)) return
  yield {
    at: `${at}/deprecationWarning`,
    message: `the warning has ${warning.length} characters; ${longestWarning} on one line are allowed`,
    help: 'Shorten the warning.',
  }
}

const longestWarning = 256
/** Before, the server drops selectableFields (gate CustomResourceFieldSelectors). */
const selectableSince = 31

/** Fields that selectors may name: simple paths to texts, numbers and booleans of the schema, once each. */
function* selectableProblems(entry: YamlMap, at: string): Generator<Problem> {
  const seen = new Set<string>()
  for (const [index, field] of asList(entry['selectableFields']).entries()) {
    const path = asString(asMap(field)['jsonPath'])
    const place = `${at}${pointer('selectableFields', index, 'jsonPath')}`
    if (path === undefined) continue
    if (seen.has(path)) yield { at: place, message: `the path "${path}" is listed twice`, help: 'Keep one of the two.' }
    seen.add(path)
    if (isSelectable(path, asMap(asMap(entry['schema'])['openAPIV3Schema']))) continue
    yield {
      at: place,
      message: `the path "${path}" leads to no text, number or boolean of the schema`,
      help: 'Write a path to a field of the schema, such as .spec.color.',
    }
  }
}

function isSelectable(path: string, schema: YamlMap): boolean {
  if (!path.startsWith('.') || path.startsWith('.metadata')) return false
  const node = path
    .slice(1)
    .split('.')
    .reduce<YamlMap>((level, name) => asMap(asMap(level['properties'])[name]), schema)
  return ['string', 'boolean', 'integer'].includes(asString(node['type']) ?? '')
}

const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password']
const columnTypes = ['boolean', 'date', 'integer', 'number', 'string']

function* columnProblems(column: YamlMap, at: string): Generator<Problem> {
  const { type, format, jsonPath } = column
  if (typeof type === 'string' && !columnTypes.includes(type)) {
    yield {
      at: `${at}/type`,
      message: `"${type}" is not allowed here, allowed: ${columnTypes.join(', ')}`,
      help: 'Write one of the types.',
    }
  }
  if (typeof format === 'string' && format !== '' && !columnFormats.includes(format)) {
    yield {
      at: `${at}/format`,
      message: `"${format}" is not allowed here, allowed: ${columnFormats.join(', ')}`,
      help: 'Write one of the formats.',
    }
  }
  yield* pathProblem(jsonPath, '.', `${at}/jsonPath`)
  if (column['name'] === '')
    yield { at: `${at}/name`, message: 'the name of the column is empty', help: 'Name the column.' }
}

function* scaleProblems(scale: YamlMap, at: string): Generator<Problem> {
  yield* pathProblem(scale['specReplicasPath'], '.spec.', `${at}/specReplicasPath`)
  yield* pathProblem(scale['statusReplicasPath'], '.status.', `${at}/statusReplicasPath`)
  const selector = scale['labelSelectorPath']
  if (selector !== '') yield* pathProblem(selector, ['.status.', '.spec.'], `${at}/labelSelectorPath`)
}

function* pathProblem(
  value: YamlValue | undefined,
  starts: string | readonly string[],
  at: string,
): Generator<Problem> {
  const wanted = [starts].flat()
  if (typeof value !== 'string' || wanted.some(start => value.startsWith(start))) return
  const shown = wanted.join('" or "')
  yield {
    at,
    message: `the path "${value}" does not start with "${shown}"`,
    help: `Write a JSON path under "${shown}".`,
  }
}
